// out[i] = clamp(function(left[i], right[i])), element by element
//
// Affine    the output's scale and zero point; of Maximum and Minimum the inputs' own.
// Shape     two inputs, each of whose height, width and channels equals the other's or is 1, and
//           is repeated then. `out` may take the place of an input of its shape.
// Formula   that of the function
//
//   Keras                  layer                             tensorflow/lite/kernels/internal/
//   Subtract               Subtract<Affine, Activation>      reference/sub.h
//   Multiply               Multiply<Affine, Activation>      reference/integer_ops/mul.h
//   tf.divide              Divide<Affine, Activation>        reference/div.h
//   Maximum                Maximum<Affine>                   reference/maximum_minimum.h
//   Minimum                Minimum<Affine>                   the same
//   tf.squared_difference  SquaredDifference<Affine>         reference/binary_function.h,
//   TensorFlow
//                                                            Lite Micro's squared_difference.cc
//   Add                    Add<Affine, Activation>           see add.hpp
//   tf.equal, ...          Equal<>, ...                      see compare.hpp
//
// Either input may be a constant: Multiply<Affine>::With<Constant<Shape<1, 1, 8>,
// Quantization<...>, values>, 1> reads one tensor, and the constant as its second input.
#pragma once

#include "../kernel/kernel.hpp"
#include "activation.hpp"
#include "constant.hpp"
#include "lookup.hpp"
#include "window.hpp"

namespace mote {

/// Row r of the output is computed from row r / Repeat % Period of an input.
template <int Repeat, int Period>
struct RowsOf {
    static constexpr int repeat = Repeat;
    static constexpr int period = Period;
};

/// Inputs have the output's height, or 1.
struct ByHeight {
    template <class Left, class Right>
    static constexpr int height = detail::larger(Left::height, Right::height);
    template <class Shape, bool IsLeft>
    using Rows = RowsOf<1, Shape::height>;
    static constexpr bool goes(int own, int whole) { return own == whole || own == 1; }
};
/// Batches below each other: `Height` rows, from those of `Left` and `Right`.
template <int Height, class Left, class Right>
struct ByBatch {
    template <class, class>
    static constexpr int height = Height;
    template <class, bool IsLeft>
    using Rows = detail::conditional_t<IsLeft, Left, Right>;
    static constexpr bool goes(int own, int whole) { return whole % own == 0; }
};

namespace check {

template <class Left, class Right, bool Fit>
struct broadcasts {
    static_assert(Fit,
                  "two inputs of an element-by-element layer have shapes that do not go together; "
                  "height, width and channels have to be equal, or 1 in one of them");
};

template <class Left, class Right, bool Same>
struct one_quantization {
    static_assert(
        Same,
        "Maximum, Minimum: the inputs and the output have different quantizations; values "
        "are compared as they are: give all the same");
};

template <class Left, class Right, class Output, bool Possible>
struct pair_scale {
    static_assert(
        Possible,
        "an element-by-element layer has an output scale that is far from what its inputs "
        "lead to; the reference's arithmetic leaves 32 bits there: retrain or widen the "
        "output's range");
};

}  // namespace check

/// How an operand is read for an output of `Shape`: see kernel/portable/pairwise.hpp.
template <class Operand, class Shape, class FunctionType, class RowsType, bool IsLeft,
          bool Prepares>
struct OperandSide {
    using Constant = Operand;
    using Function = FunctionType;
    using Rows = RowsType;
    static constexpr bool is_left = IsLeft;
    /// A constant of a few values is prepared as a table holds it.
    static constexpr bool prepared = Prepares && Operand::Shape::size <= Shape::channels;
    static constexpr bool same_rows = Rows::repeat == 1 && Rows::period == Shape::height;
    static constexpr bool same_pixels = same_rows && Operand::Shape::width == Shape::width;
    static constexpr int pixel_step =
        Operand::Shape::width == 1 && !same_pixels ? 0 : Operand::Shape::channels;
    static constexpr int channel_step =
        Operand::Shape::channels == Shape::channels && (Shape::channels > 1 || pixel_step > 0) ? 1
                                                                                               : 0;
    static constexpr RowWindow window = same_rows ? same_row() : all_rows(Operand::Shape::height);
    /// Pixels of several rows may be computed as of one.
    static constexpr bool runs_on =
        same_pixels || (Operand::Shape::height == 1 && Operand::Shape::width == 1);
    static_assert(Rows::period == Operand::Shape::height, "rows of another height");

    static MOTE_INLINE constexpr int row(int index) {
        return same_rows ? index : index / Rows::repeat % Rows::period;
    }
};

/// The core of all: see above. `Heights`: ByHeight or ByBatch.
template <class FunctionTag, class Affine, class Activation = Linear,
          class RoundingPolicy = rounding::Double, class Heights = ByHeight>
struct Pairwise {
    static MOTE_INLINE constexpr const char* name() { return FunctionTag::name(); }

    template <int Low, int High>
    using Clamped =
        Pairwise<FunctionTag, Affine, Within<Activation, Low, High>, RoundingPolicy, Heights>;

    /// What the layer is for two inputs; those that are constant have no tensor.
    template <class ArchType, class Left, class Right>
    struct Of : Rowwise {
       private:
        static constexpr int height =
            Heights::template height<typename Left::Shape, typename Right::Shape>;
        static constexpr int width = detail::larger(Left::Shape::width, Right::Shape::width);
        static constexpr int channels =
            detail::larger(Left::Shape::channels, Right::Shape::channels);

        static constexpr bool goes(int own, int whole) { return own == whole || own == 1; }
        template <class Shape>
        static constexpr bool fits = Heights::goes(Shape::height, height) &&
                                     goes(Shape::width, width) && goes(Shape::channels, channels);

       public:
        using Arch = ArchType;
        using Rounding = RoundingPolicy;
        using Element = typename FunctionTag::template Element<typename Left::Element>;
        using Output =
            Tensor<Element, Shape<height, width, channels>, typename Quantized<Affine>::type>;
        using Function = typename FunctionTag::template Of<typename Left::Quantization,
                                                           typename Right::Quantization,
                                                           typename Output::Quantization, Rounding>;
        static constexpr Range range = Activation::template range<typename Output::Quantization>();
        static constexpr int32_t macs = 0;
        static constexpr bool in_place = sizeof(Element) == sizeof(typename Left::Element);

        static constexpr int8_t value(int8_t left, int8_t right) {
            return kernel::clamp(Function::result(Function::left(left), Function::right(right)),
                                 range.low, range.high);
        }

        template <class Operand, bool IsLeft>
        using Side = OperandSide<Operand, typename Output::Shape, Function,
                                 typename Heights::template Rows<typename Operand::Shape, IsLeft>,
                                 IsLeft, FunctionTag::prepares>;
        using LeftSide = Side<Left, true>;
        using RightSide = Side<Right, false>;

       private:
        static constexpr bool fit = fits<typename Left::Shape> && fits<typename Right::Shape>;
        static constexpr bool same =
            detail::is_same<typename Left::Quantization, typename Right::Quantization>::value &&
            detail::is_same<typename Left::Quantization, typename Output::Quantization>::value;
        static constexpr bool possible =
            FunctionTag::possible({Left::Quantization::scale_bits, Right::Quantization::scale_bits,
                                   Output::Quantization::scale_bits});
        static constexpr bool checked =
            sizeof(check::broadcasts<typename Left::Shape, typename Right::Shape, fit>) != 0 &&
            sizeof(check::one_quantization < typename Left::Quantization,
                   typename Right::Quantization, same || !FunctionTag::moves >) != 0 &&
            sizeof(check::pair_scale<typename Left::Quantization, typename Right::Quantization,
                                     typename Output::Quantization, possible>) != 0;
        static_assert(checked, "the reason stands above");

       protected:
        static constexpr bool runs_on = LeftSide::runs_on && RightSide::runs_on;
    };

    template <class ArchType, class... Inputs>
    struct On;
    template <class ArchType, class Left, class Right>
    struct On<ArchType, Left, Right> : Of<ArchType, Left, Right> {
        using Base = Of<ArchType, Left, Right>;
        using LeftSide = typename Base::LeftSide;
        using RightSide = typename Base::RightSide;
        using Output = typename Base::Output;

        static constexpr RowWindow windows[2] = {LeftSide::window, RightSide::window};
        static constexpr bool elementwise =
            detail::is_same<typename Left::Shape, typename Right::Shape>::value &&
            LeftSide::same_rows && RightSide::same_rows;

        /// The call that picks the kernel: see kernel/serving.hpp.
        template <class Tag>
        static auto pick(Tag tag)
            -> decltype(kernel::combine<On>(kernel::MapOperand<LeftSide>{nullptr},
                                            kernel::MapOperand<RightSide>{nullptr},
                                            static_cast<typename Base::Element*>(nullptr), 0, tag));

        static constexpr int32_t table_bytes() { return 0; }

        template <class Out, class First, class Second>
        static void rows(int first, int last, Out out, First left, Second right) {
            const bool whole = Base::runs_on && (First::whole || !LeftSide::same_rows) &&
                               (Second::whole || !RightSide::same_rows) && Out::whole;
            const int run = whole ? last - first : 1;
            for (int row = first; row < last; row += run)
                kernel::combine<On>(kernel::MapOperand<LeftSide>{left.row(LeftSide::row(row))},
                                    kernel::MapOperand<RightSide>{right.row(RightSide::row(row))},
                                    out.row(row), static_cast<int32_t>(run) * Output::Shape::width,
                                    ArchType{});
        }
    };

    /// With a constant in the place of input `Position`: 0 or 1.
    template <class Constant, int Position>
    struct With {
        static MOTE_INLINE constexpr const char* name() { return FunctionTag::name(); }

        template <int Low, int High>
        using Clamped =
            typename Pairwise::template Clamped<Low, High>::template With<Constant, Position>;

        template <class Arch, class Input>
        using Between = Of<Arch, detail::conditional_t<Position == 0, Constant, Input>,
                           detail::conditional_t<Position == 0, Input, Constant>>;

        template <class Arch, class Input>
        static constexpr bool one_value =
            Constant::Shape::size == 1 &&
            detail::is_same<typename Input::Element, int8_t>::value&&
                detail::is_same<typename Between<Arch, Input>::Element, int8_t>::value;

        template <class ArchType, class Input, bool OneValue = one_value<ArchType, Input>>
        struct On : Between<ArchType, Input> {
            using Base = Between<ArchType, Input>;
            using LeftSide = typename Base::LeftSide;
            using RightSide = typename Base::RightSide;
            using Output = typename Base::Output;
            using MapSide = detail::conditional_t<Position == 0, RightSide, LeftSide>;
            using ConstantSide = detail::conditional_t<Position == 0, LeftSide, RightSide>;

            static constexpr RowWindow window = MapSide::window;

            template <class Unused = void>
            struct Kernel {
                static inline constexpr auto table MOTE_FLASH =
                    kernel::pack_operand<ConstantSide>(ArchType{});
            };

           private:
            using FromMap = kernel::MapOperand<MapSide>;
            using FromTable =
                kernel::ConstantOperand<ConstantSide, kernel::OperandTable<ConstantSide>>;
            using LeftOperand = detail::conditional_t<Position == 0, FromTable, FromMap>;
            using RightOperand = detail::conditional_t<Position == 0, FromMap, FromTable>;

           public:
            /// The call that picks the kernel: see kernel/serving.hpp.
            template <class Tag>
            static auto pick(Tag tag)
                -> decltype(kernel::combine<On>(detail::declared<LeftOperand>(),
                                                detail::declared<RightOperand>(),
                                                static_cast<typename Base::Element*>(nullptr), 0,
                                                tag));

            static constexpr int32_t table_bytes() { return sizeof(Kernel<>::table); }

            template <class Out, class In>
            static void rows(int first, int last, Out out, In in) {
                const bool whole =
                    Base::runs_on && (In::whole || !MapSide::same_rows) && Out::whole;
                const int run = whole ? last - first : 1;
                for (int row = first; row < last; row += run)
                    combine(in.row(MapSide::row(row)), ConstantSide::row(row), out.row(row),
                            static_cast<int32_t>(run) * Output::Shape::width,
                            detail::constant<Position>{});
            }

           private:
            using Table = detail::remove_reference_t<decltype(table::of<Kernel<>>())>;
            static MOTE_INLINE kernel::ConstantOperand<ConstantSide, Table> constant(int row) {
                return {table::of<Kernel<>>(), int32_t{row} * Constant::Shape::row_size};
            }
            using Element = typename Base::Element;
            static MOTE_INLINE void combine(const typename Input::Element* values, int row,
                                            Element* out, int32_t pixels, detail::constant<0>) {
                kernel::combine<On>(constant(row), kernel::MapOperand<RightSide>{values}, out,
                                    pixels, ArchType{});
            }
            static MOTE_INLINE void combine(const typename Input::Element* values, int row,
                                            Element* out, int32_t pixels, detail::constant<1>) {
                kernel::combine<On>(kernel::MapOperand<LeftSide>{values}, constant(row), out,
                                    pixels, ArchType{});
            }
        };

       private:
        /// One value for all makes it a function of the other input.
        template <class Both>
        struct OfOne {
            static constexpr int8_t constant = Constant::at(0);
            constexpr int32_t operator()(int32_t value) const {
                return Position == 0 ? Both::value(constant, static_cast<int8_t>(value))
                                     : Both::value(static_cast<int8_t>(value), constant);
            }
        };
        template <class Both>
        struct Tabulated {
            static inline constexpr kernel::LookupTable table MOTE_FLASH =
                kernel::tabulate(OfOne<Both>{}, 0);
        };

       public:
        template <class Arch, class Input>
        struct On<Arch, Input, true> : LookedUp<Arch, Input, typename Between<Arch, Input>::Output,
                                                Tabulated<Between<Arch, Input>>> {};
    };
};

template <class Affine, class Activation = Linear, class Rounding = rounding::Double>
using Subtract = Pairwise<pairwise::Difference, Affine, Activation, Rounding>;
template <class Affine, class Activation = Linear, class Rounding = rounding::Double>
using Multiply = Pairwise<pairwise::Product, Affine, Activation, Rounding>;
template <class Affine, class Activation = Linear, class Rounding = rounding::Double>
using Divide = Pairwise<pairwise::Quotient, Affine, Activation, Rounding>;
template <class Affine, class Rounding = rounding::Double>
using Maximum = Pairwise<pairwise::Larger, Affine, Linear, Rounding>;
template <class Affine, class Rounding = rounding::Double>
using Minimum = Pairwise<pairwise::Smaller, Affine, Linear, Rounding>;
template <class Affine, class Rounding = rounding::Double>
using SquaredDifference = Pairwise<pairwise::SquaredDifference, Affine, Linear, Rounding>;

}  // namespace mote
