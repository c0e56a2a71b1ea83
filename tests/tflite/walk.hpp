// Reads at run time all that Import reads of a model in constant expressions.
#pragma once

#include <algorithm>

#include "mote/tflite/verify.hpp"

namespace walk {

using mote::tflite::Builtin;
using mote::tflite::Model;
using mote::tflite::OperatorInfo;
using mote::tflite::TensorInfo;

/// `length` fields of the options, the first at `slot`.
inline uint64_t options(Model& model, const OperatorInfo& info, int slot, int length) {
    uint64_t sum = 0;
    for (int i = slot; i < slot + length && info.options != 0; ++i) {
        const uint32_t at = model.reader.field(info.options, i);
        if (at != 0) sum += model.reader.u8(at);
    }
    return sum;
}

/// As mote::tflite::FileWeights reads them: so many bytes from the first one on.
inline uint64_t weights(Model& model, const OperatorInfo& info, int64_t outputs, int bias = 2) {
    const TensorInfo values = model.tensor(info.inputs[1]);
    uint64_t sum = 0;
    for (int64_t i = 0; i < values.held; ++i) sum += values.values[i];
    for (int64_t channel = 0; channel < outputs; ++channel) {
        const uint32_t at = 4 * static_cast<uint32_t>(channel);
        sum += model.reader.u32(values.scales.at + (values.scales.length == 1 ? 0 : at));
        if (info.inputs[bias] >= 0)
            sum += static_cast<uint64_t>(
                model.number(model.tensor(info.inputs[bias]), static_cast<uint32_t>(channel)));
    }
    return sum;
}

/// All bytes of the constants from input `first` to before `last`.
inline uint64_t constants(Model& model, const OperatorInfo& info, int first, int last) {
    uint64_t sum = 0;
    for (int i = first; i < last && i < info.input_count; ++i) {
        const TensorInfo constant = model.tensor(model.operand(info, i));
        for (uint32_t k = 0; k < constant.held; ++k) sum += constant.values[k];
    }
    return sum;
}

/// The constants and options of one operator.
inline uint64_t operation(Model& model, const OperatorInfo& info) {
    namespace op = mote::tflite::op;
    switch (info.code) {
        case Builtin::CONV_2D:
            return weights(model, info, model.tensor(info.output).channels()) +
                   options(model, info, 0, 6);
        case Builtin::DEPTHWISE_CONV_2D:
            return weights(model, info, model.tensor(info.output).channels()) +
                   options(model, info, 0, 3) + options(model, info, 4, 3);
        case Builtin::TRANSPOSE_CONV:
            return weights(model, info, model.tensor(info.output).channels(), 3) +
                   options(model, info, 0, 4);
        case Builtin::FULLY_CONNECTED:
            return weights(model, info, model.tensor(info.output).channels()) +
                   options(model, info, 0, 2);
        case Builtin::AVERAGE_POOL_2D:
        case Builtin::MAX_POOL_2D:
            return options(model, info, 0, 6);
        case Builtin::ADD:
        case Builtin::SOFTMAX:
        case Builtin::LEAKY_RELU:
            return options(model, info, 0, 1);
        case Builtin::CUMSUM:
        case Builtin::MEAN:
        case Builtin::SUM:
        case Builtin::REDUCE_MAX:
        case Builtin::REDUCE_MIN:
            return options(model, info, 0, 2) +
                   mote::tflite::axes_in(model.tensor(info.inputs[1]),
                                         model.tensor(info.inputs[0]).rank)
                       .bits;
        case Builtin::ARG_MAX:
        case Builtin::ARG_MIN:
        case Builtin::TRANSPOSE:
        case Builtin::SLICE:
        case Builtin::REVERSE_V2:
        case Builtin::TILE:
        case Builtin::BROADCAST_TO:
        case Builtin::GATHER_ND:
        case Builtin::SPACE_TO_BATCH_ND:
        case Builtin::BATCH_TO_SPACE_ND:
        case Builtin::PAD:
        case Builtin::PADV2:
            return constants(model, info, 1, 3);
        case Builtin::EQUAL:
        case Builtin::NOT_EQUAL:
        case Builtin::GREATER:
        case Builtin::GREATER_EQUAL:
        case Builtin::LESS:
        case Builtin::LESS_EQUAL:
        case Builtin::LOGICAL_AND:
        case Builtin::LOGICAL_OR:
        case Builtin::SELECT_V2:
            return constants(model, info, 0, 3);
        case Builtin::SPACE_TO_DEPTH:
        case Builtin::DEPTH_TO_SPACE:
            return options(model, info, 0, 1);
        case Builtin::CONCATENATION:
        case Builtin::PACK:
            return constants(model, info, 0, info.input_count) + options(model, info, 0, 2);
        case Builtin::SPLIT:
        case Builtin::SPLIT_V:
        case Builtin::UNPACK:
            return constants(model, info, 0, 3) + options(model, info, 0, 2);
        case Builtin::STRIDED_SLICE:
            return constants(model, info, 1, 4) + options(model, info, 0, 6);
        case Builtin::GATHER:
        case Builtin::MIRROR_PAD:
            return constants(model, info, 1, 2) + options(model, info, 0, 2);
        case Builtin::RESIZE_BILINEAR:
            return constants(model, info, 1, 2) + options(model, info, 2, 2);
        case Builtin::RESIZE_NEAREST_NEIGHBOR:
            return constants(model, info, 1, 2) + options(model, info, 0, 2);
        default:
            return 0;
    }
}

/// Takes the sum of everything that was read, so that no read is optimized away.
inline volatile uint64_t sink;

/// Whether a window of `kernel` cells gives what the file says, as mote::Sliding computes it.
inline bool slides(Model& model, const OperatorInfo& info, int first, int64_t kernel_height,
                   int64_t kernel_width, int dilations) {
    namespace tflite = mote::tflite;
    const auto number = [&](int slot, int32_t otherwise) {
        return slot < 0 ? 1 : model.reader.i32_field(info.options, slot, otherwise);
    };
    const TensorInfo in = model.tensor(info.inputs[0]);
    const TensorInfo out = model.tensor(info.output);
    const bool same = model.reader.u8_field(info.options, 0, 0) == 0;
    const auto fits = [&](int64_t size, int64_t kernel, int32_t stride, int32_t dilation,
                          int64_t outputs) {
        if (stride < 1 || dilation < 1 || kernel < 1) return false;
        const int64_t extent = (kernel - 1) * dilation + 1;
        const int64_t covered = (outputs - 1) * stride + extent;
        if (extent > 0x7fffffff || covered > 0x7fffffff) return false;
        const int found = same ? mote::Same::outputs(int(size), int(extent), stride)
                               : mote::Valid::outputs(int(size), int(extent), stride);
        return found == outputs && found > 0;
    };
    return in.rank == 4 && in.of_four(0) == out.of_four(0) &&
           fits(in.of_four(1), kernel_height, number(first + 1, 1),
                number(dilations < 0 ? -1 : dilations + 1, 1), out.of_four(1)) &&
           fits(in.of_four(2), kernel_width, number(first, 1), number(dilations, 1),
                out.of_four(2));
}

inline int first_map(Builtin code) {
    return mote::tflite::verify::first_map_of(code, mote::tflite::Operators{});
}

/// Behind the last operand that is a map.
inline int last_map(Builtin code, int inputs) {
    return std::min(mote::tflite::verify::maps_of(code, mote::tflite::Operators{}), inputs);
}

template <class Function>
bool tabulated(const TensorInfo& in, const TensorInfo& out) {
    return in.size() == out.size() && Function::template Of<mote::rounding::Double>::possible(
                                          mote::tflite::op::scales_of(in, out));
}

/// Operands as layer/pairwise.hpp wants them: an output element for each of them together, whose
/// rows are repeated as the file's dimensions say.
template <class Operator>
bool together(Model& model, const OperatorInfo& info) {
    using Rows = mote::tflite::op::RepeatedRows;
    const TensorInfo out = model.tensor(info.output);
    int64_t most[] = {1, 1, 1};
    for (int i = 0; i < Operator::maps; ++i) {
        const TensorInfo each = model.tensor(info.inputs[i]);
        const auto seen = Operator::sees(each, out);
        const Rows rows = Rows::of(each, out);
        const int64_t extents[] = {seen.height, seen.width, seen.channels};
        const int64_t whole[] = {out.height(), out.width(), out.channels()};
        if (seen.height * seen.width * seen.channels != each.size()) return false;
        if (each.data.length != 0 && each.data.length != static_cast<uint64_t>(each.bytes()))
            return false;
        if (rows.period != seen.height || out.height() % (rows.repeat * rows.period) != 0)
            return false;
        for (int axis = 0; axis < 3; ++axis) {
            if (axis > 0 && extents[axis] != whole[axis] && extents[axis] != 1) return false;
            most[axis] = most[axis] > extents[axis] ? most[axis] : extents[axis];
        }
    }
    return most[1] == out.width() && most[2] == out.channels();
}

template <class Operator>
bool pairs(Model& model, const OperatorInfo& info) {
    const TensorInfo in[] = {model.tensor(info.inputs[0]), model.tensor(info.inputs[1])};
    const TensorInfo out = model.tensor(info.output);
    for (const TensorInfo& each : in) {
        const bool same = each.scale_bits == out.scale_bits && each.zero_point == out.zero_point;
        if (Operator::Function::moves && !same) return false;
        if (each.zero_point < -128 || each.zero_point > 127) return false;
    }
    return together<Operator>(model, info) &&
           Operator::Function::possible({in[0].scale_bits, in[1].scale_bits, out.scale_bits});
}

inline bool compares(Model& model, const OperatorInfo& info) {
    using Less = mote::tflite::op::Less;
    const TensorInfo left = model.tensor(info.inputs[0]);
    return Less::possible(left, model.tensor(info.inputs[1])) && together<Less>(model, info);
}

/// What the layer of an operator asserts of its operands, and that its output is the file's.
inline bool possible(Model& model, const OperatorInfo& info) {
    namespace tflite = mote::tflite;
    const TensorInfo in = model.tensor(info.inputs[first_map(info.code)]);
    const TensorInfo out = model.tensor(info.output);
    const auto zero_fits = [](const TensorInfo& map) {
        return map.zero_point >= -128 && map.zero_point <= 127;
    };
    const auto same_quantization = [&] {
        return in.type == out.type && (!in.scaled() || (in.scale_bits == out.scale_bits &&
                                                        in.zero_point == out.zero_point));
    };
    if (!zero_fits(in) || !zero_fits(out)) return false;
    switch (info.code) {
        case Builtin::CONV_2D: {
            const TensorInfo w = model.tensor(info.inputs[1]);
            return mote::check::channel_groups(in.of_four(3), w.of_four(3), w.of_four(0)) > 0 &&
                   out.channels() == w.of_four(0) &&
                   slides(model, info, 1, w.of_four(1), w.of_four(2), 4);
        }
        case Builtin::DEPTHWISE_CONV_2D: {
            const TensorInfo w = model.tensor(info.inputs[1]);
            return w.of_four(3) % in.of_four(3) == 0 && out.channels() == w.of_four(3) &&
                   slides(model, info, 1, w.of_four(1), w.of_four(2), 5);
        }
        case Builtin::AVERAGE_POOL_2D:
        case Builtin::MAX_POOL_2D:
            return same_quantization() && in.channels() == out.channels() &&
                   slides(model, info, 1, model.reader.i32_field(info.options, 4, 1),
                          model.reader.i32_field(info.options, 3, 1), -1);
        case Builtin::TRANSPOSE_CONV: {
            const TensorInfo w = model.tensor(info.inputs[1]);
            return in.rank == 4 && out.rank == 4 && w.rank == 4 &&
                   in.of_four(0) == out.of_four(0) && w.of_four(3) == in.of_four(3) &&
                   w.of_four(0) == out.of_four(3) &&
                   model.reader.i32_field(info.options, 1, 0) > 0 &&
                   model.reader.i32_field(info.options, 2, 0) > 0;
        }
        case Builtin::FULLY_CONNECTED: {
            const int64_t depth = model.tensor(info.inputs[1]).of_four(3);
            return in.size() % depth == 0 && in.size() / depth == out.size() / out.channels();
        }
        case Builtin::ADD:
            return pairs<tflite::op::Add>(model, info);
        case Builtin::SUB:
            return pairs<tflite::op::Sub>(model, info);
        case Builtin::MUL:
            return pairs<tflite::op::Mul>(model, info);
        case Builtin::DIV:
            return pairs<tflite::op::Div>(model, info);
        case Builtin::MAXIMUM:
            return pairs<tflite::op::Maximum>(model, info);
        case Builtin::MINIMUM:
            return pairs<tflite::op::Minimum>(model, info);
        case Builtin::SQUARED_DIFFERENCE:
            return pairs<tflite::op::SquaredDifference>(model, info);
        case Builtin::EQUAL:
        case Builtin::NOT_EQUAL:
        case Builtin::GREATER:
        case Builtin::GREATER_EQUAL:
        case Builtin::LESS:
        case Builtin::LESS_EQUAL:
        case Builtin::LOGICAL_AND:
        case Builtin::LOGICAL_OR:
            return compares(model, info);
        case Builtin::SELECT_V2:
            return together<tflite::op::Select>(model, info) &&
                   model.tensor(info.inputs[1]).type == out.type &&
                   model.tensor(info.inputs[2]).type == out.type;
        case Builtin::ARG_MAX:
        case Builtin::ARG_MIN:
            return in.size() % out.size() == 0 && model.tensor(info.inputs[1]).data.length == 4;
        case Builtin::SOFTMAX:
            return in.size() == out.size() && in.channels() == out.channels() &&
                   out.scale_bits == 0x3b800000U && out.zero_point == -128 &&
                   mote::SoftmaxScale<mote::rounding::Double>{
                       tflite::op::Softmax::beta(model.reader, info.options), in.scale_bits}
                       .possible();
        case Builtin::L2_NORMALIZATION:
            return in.size() == out.size() && in.channels() == out.channels() &&
                   out.scale_bits == 0x3c000000U && out.zero_point == 0;
        case Builtin::LOG_SOFTMAX:
            return in.size() == out.size() && in.channels() == out.channels() &&
                   out.scale_bits == 0x3d800000U && out.zero_point == 127 &&
                   mote::LogSoftmaxScale{in.scale_bits}.possible();
        case Builtin::BATCH_MATMUL: {
            const auto size = [](const TensorInfo& map) {
                return int64_t{map.dims[1]} * map.dims[2] * map.dims[3];
            };
            const TensorInfo right = model.tensor(info.inputs[1]);
            const uint32_t turned =
                info.options == 0 ? 0 : model.reader.u8_field(info.options, 0, 0);
            return size(out) % size(in) == 0 && size(out) % size(right) == 0 &&
                   out.dims[4] == in.dims[turned != 0 ? 5 : 4] &&
                   mote::MatrixScale{in.scale_bits, right.scale_bits, out.scale_bits}.possible();
        }
        case Builtin::CUMSUM:
            return in.same_dims(out) && model.tensor(info.inputs[1]).data.length == 4 &&
                   mote::CumulativeScale{in.scale_bits, out.scale_bits}.possible();
        case Builtin::PAD:
        case Builtin::PADV2:
        case Builtin::MIRROR_PAD: {
            tflite::Inspection at{model, info, tflite::Fault::none, 0, 0};
            const auto form = tflite::op::pad_form(at);
            for (int axis = 0; axis < in.rank; ++axis) {
                const int32_t before = form.before[axis], after = form.after[axis];
                if (before < 0 || after < 0 || before + in.dim(axis) + after != out.dim(axis))
                    return false;
            }
            return same_quantization() && in.rank == out.rank;
        }
        case Builtin::SLICE:
        case Builtin::STRIDED_SLICE:
        case Builtin::REVERSE_V2: {
            tflite::Inspection at{model, info, tflite::Fault::none, 0, 0};
            const auto form = info.code == Builtin::SLICE ? tflite::op::Slice::form(at)
                              : info.code == Builtin::REVERSE_V2
                                  ? tflite::op::Reverse::form(at)
                                  : tflite::op::StridedSlice::form(at);
            int64_t size = 1;
            for (int axis = 0; axis < in.rank; ++axis) {
                const int64_t last =
                    form.starts[axis] + int64_t{form.steps[axis]} * (form.counts[axis] - 1);
                if (form.starts[axis] < 0 || form.starts[axis] >= in.dim(axis) || last < 0 ||
                    last >= in.dim(axis))
                    return false;
                size *= form.counts[axis];
            }
            return same_quantization() && size == out.size();
        }
        case Builtin::TILE:
        case Builtin::BROADCAST_TO:
            return same_quantization() && out.size() % in.size() == 0;
        case Builtin::GATHER:
        case Builtin::GATHER_ND: {
            tflite::Inspection at{model, info, tflite::Fault::none, 0, 0};
            const bool nd = info.code == Builtin::GATHER_ND;
            const auto form = nd ? tflite::op::GatherNd::form(at) : tflite::op::Gather::form(at);
            const int32_t* parts = form.parts;
            const int64_t lists = int64_t{parts[0]} * parts[1] * parts[4] * parts[5];
            for (int i = 0; i < int(lists); ++i) {
                const int32_t index = nd ? tflite::op::GatherNd::index(at, form, i)
                                         : tflite::op::Gather::index(at, form, i);
                if (index < 0 || index >= form.extent) return false;
            }
            return same_quantization() &&
                   lists * parts[2] * parts[3] * parts[6] * parts[7] == out.size();
        }
        case Builtin::CONCATENATION:
        case Builtin::PACK: {
            int64_t sum = 0;
            for (int i = 0; i < info.input_count; ++i) {
                const TensorInfo part = model.tensor(model.operand(info, i));
                if (part.scale_bits != out.scale_bits || part.zero_point != out.zero_point)
                    return false;
                sum += part.size();
            }
            tflite::Inspection at{model, info, tflite::Fault::none, 0, 0};
            const bool packs = info.code == Builtin::PACK;
            const auto form =
                packs ? tflite::op::Pack::form(at) : tflite::op::Concatenation::form(at);
            for (int i = 0; i < info.input_count; ++i) {
                const TensorInfo part = model.tensor(model.operand(info, i));
                const int64_t shared =
                    int64_t{form.outer} * (form.rows ? out.width() * out.channels() : out.height());
                if (part.size() % shared != 0) return false;
            }
            return sum == out.size();
        }
        case Builtin::SPLIT:
        case Builtin::SPLIT_V:
        case Builtin::UNPACK: {
            tflite::Inspection at{model, info, tflite::Fault::none, 0, 0};
            const TensorInfo map = model.tensor(info.inputs[first_map(info.code)]);
            int64_t sum = 0;
            for (int i = 0; i < info.output_count; ++i) {
                const TensorInfo part = at.output(i);
                const auto form = info.code == Builtin::SPLIT     ? tflite::op::Split::form(at, i)
                                  : info.code == Builtin::SPLIT_V ? tflite::op::SplitV::form(at, i)
                                                                  : tflite::op::Unpack::form(at, i);
                int64_t size = 1;
                for (int axis = 0; axis < map.rank; ++axis) {
                    if (form.starts[axis] < 0 || form.counts[axis] < 1 ||
                        form.starts[axis] + form.counts[axis] > map.dim(axis))
                        return false;
                    size *= form.counts[axis];
                }
                if (part.scale_bits != map.scale_bits || part.zero_point != map.zero_point ||
                    part.size() != size)
                    return false;
                sum += size;
            }
            return sum == map.size();
        }
        case Builtin::SPACE_TO_BATCH_ND:
        case Builtin::BATCH_TO_SPACE_ND:
            return same_quantization() && in.rank == out.rank && in.channels() == out.channels();
        case Builtin::MEAN:
        case Builtin::SUM:
        case Builtin::REDUCE_MAX:
        case Builtin::REDUCE_MIN: {
            const bool adds = info.code == Builtin::MEAN || info.code == Builtin::SUM;
            const auto axes = tflite::axes_in(model.tensor(info.inputs[1]), in.rank);
            int64_t reduced = 1;
            for (int axis = 0; axis < in.rank; ++axis)
                if ((axes.bits >> axis & 1) != 0) reduced *= in.dim(axis);
            return axes.inside && in.size() == out.size() * reduced &&
                   (adds ? reduced <= int64_t{1} << 23 : same_quantization());
        }
        case Builtin::RESIZE_BILINEAR:
        case Builtin::RESIZE_NEAREST_NEIGHBOR:
            return same_quantization() && in.rank == 4 && out.rank == 4 &&
                   in.channels() == out.channels() && in.batch() == out.batch();
        case Builtin::ABS:
            return tabulated<mote::function::Abs>(in, out);
        case Builtin::ELU:
            return tabulated<mote::function::Elu>(in, out);
        case Builtin::HARD_SWISH:
            return tabulated<mote::function::HardSwish>(in, out);
        case Builtin::LEAKY_RELU:
            return in.size() == out.size() &&
                   mote::function::Leaky<mote::rounding::Double>::possible(
                       tflite::op::scales_of(in, out),
                       tflite::op::LeakyRelu::alpha(model.reader, info.options));
        case Builtin::LOGISTIC:
            return tabulated<mote::function::Sigmoid>(in, out);
        case Builtin::RELU:
            return tabulated<mote::function::Relu>(in, out);
        case Builtin::RELU6:
            return tabulated<mote::function::Relu6>(in, out);
        case Builtin::RSQRT:
            return tabulated<mote::function::Rsqrt>(in, out);
        case Builtin::TANH:
            return tabulated<mote::function::Tanh>(in, out);
        case Builtin::SPACE_TO_DEPTH:
        case Builtin::DEPTH_TO_SPACE:
        case Builtin::TRANSPOSE:
        case Builtin::RESHAPE:
        case Builtin::EXPAND_DIMS:
        case Builtin::SQUEEZE:
            return same_quantization() && in.size() == out.size();
        default:
            return in.size() == out.size();
    }
}

/// Whether all that Import reads of a model that has passed check() lies inside and makes sense.
inline bool all(const unsigned char* data, uint32_t size) {
    Model model = mote::tflite::open(data, size);
    mote::tflite::Folded folded{};
    folded.find(model);
    const mote::tflite::TensorSet needed = mote::tflite::verify::needed(model);
    uint64_t sum = 0;
    int last = -1;
    for (int index = 0; index < model.operator_count(); ++index) {
        if (!model.computes(index, needed)) continue;
        const OperatorInfo info = model.operation(index);
        if (mote::tflite::is_of_variables(info.code)) continue;
        const TensorInfo output = model.tensor(info.output);
        // What mote::Shape and mote::Quantization ask for.
        if (output.height() < 1 || output.width() < 1 || output.channels() < 1) return false;
        if (output.size() > mote::tflite::most_elements) return false;
        // Every map comes from the input or from an operator before.
        for (int i = first_map(info.code); i < last_map(info.code, info.input_count); ++i) {
            const int map = model.operand(info, i);
            if (!model.is_input(map) && model.producer(map, index) < 0 &&
                model.tensor(map).data.length == 0)
                return false;
        }
        if (!possible(model, info)) return false;
        sum += operation(model, info);
        last = index;
    }
    const mote::tflite::Variables variables = mote::tflite::find_variables(model);
    for (int i = 0; i < variables.count; ++i) {
        const mote::tflite::Variable& variable = variables.all[i];
        if (variable.read < 0) continue;
        const TensorInfo held = model.tensor(variable.read);
        if (held.dynamic || held.size() > mote::tflite::most_elements) return false;
        if (variable.initial.length != 0 && variable.initial.length != uint64_t(held.size()))
            return false;
        for (uint32_t k = 0; k < variable.initial.length; ++k)
            sum += model.reader.data[variable.initial.at + k];
    }
    sink = sum;
    // The graph's output is its last operator's, where it has one output and keeps nothing.
    return last >= 0 &&
           (model.outputs.length > 1 || variables.count > 0 ||
            model.result_number(model.operation(last), model.output()) >= 0) &&
           !model.reader.fault;
}

}  // namespace walk
