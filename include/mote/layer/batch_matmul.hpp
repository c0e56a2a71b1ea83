// out[b][i][j] = saturate(zero + scale_left * scale_right / scale_out *
//                (sum over k of (left[b][i][k] - left_zero) * (right[b][k][j] - right_zero)))
//
// Affine   the output's scale and zero point.
// Left     MatrixOf<transposed, dimensions...>: up to three batches, then rows and columns; of a
//          transposed operand columns and rows. A batch of 1 serves all of the other operand.
// Right    the same.
// To       the output's shape, of batches * i * j values.
// Formula  tensorflow/lite/kernels/internal/reference/batch_matmul.h
#pragma once

#include "../kernel/kernel.hpp"
#include "window.hpp"

namespace mote {

/// An operand's dimensions, the missing ones in front 1.
struct MatrixDims {
    int32_t sizes[5];
    bool transposed;

    constexpr int32_t rows() const { return sizes[transposed ? 4 : 3]; }
    constexpr int32_t columns() const { return sizes[transposed ? 3 : 4]; }
    constexpr int32_t row_step() const { return transposed ? 1 : sizes[4]; }
    constexpr int32_t column_step() const { return transposed ? sizes[4] : 1; }
    /// From one batch to the next along axis 0 to 2; one that serves all stays.
    constexpr int32_t batch_step(int axis) const {
        int32_t step = sizes[axis] == 1 ? 0 : 1;
        for (int i = axis + 1; i < 5; ++i) step *= sizes[i];
        return step;
    }
};

template <bool Transposed, int32_t... Sizes>
struct MatrixOf {
    static_assert(sizeof...(Sizes) >= 2 && sizeof...(Sizes) <= 5,
                  "BatchMatMul: an operand has two to five dimensions");
    static constexpr MatrixDims dims() {
        constexpr int rank = static_cast<int>(sizeof...(Sizes));
        const int32_t given[] = {Sizes...};
        MatrixDims result{{1, 1, 1, 1, 1}, Transposed};
        for (int i = 0; i < rank; ++i) result.sizes[5 - rank + i] = given[i];
        return result;
    }
};

/// The reference multiplies the two scales in single precision.
struct MatrixScale {
    uint32_t left_bits;
    uint32_t right_bits;
    uint32_t output_bits;

    constexpr detail::real product() const {
        return detail::shorten(
            detail::multiply(detail::real_of(left_bits), detail::real_of(right_bits)), 24);
    }
    constexpr Multiplier multiplier() const {
        return nearest_multiplier(detail::divide(product(), detail::real_of(output_bits)),
                                  rounding::Double{});
    }
    /// Whether the product is a normal number.
    constexpr bool possible() const {
        const detail::real value = product();
        const int top = value.exponent + detail::bit_length(value.mantissa);
        return top <= 128 && top > -126;
    }
};

template <class Affine, class LeftMatrix, class RightMatrix, class To>
struct BatchMatMul {
    static MOTE_INLINE constexpr const char* name() { return "BatchMatMul"; }

    template <class ArchType, class Left, class Right>
    struct On : Rowwise {
        using Arch = ArchType;
        using Rounding = rounding::Double;
        using Output = Tensor<int8_t, To, typename Quantized<Affine>::type>;

       private:
        static constexpr MatrixDims a = LeftMatrix::dims();
        static constexpr MatrixDims b = RightMatrix::dims();
        static constexpr bool fit() {
            bool fits = a.columns() == b.rows();
            for (int i = 0; i < 3; ++i)
                fits = fits && (a.sizes[i] == b.sizes[i] || a.sizes[i] == 1 || b.sizes[i] == 1);
            return fits;
        }
        static_assert(fit(),
                      "BatchMatMul: the left operand's columns are not the right one's rows, "
                      "or batches differ and are not 1");

       public:
        static constexpr int32_t batches(int axis) {
            return detail::larger(a.sizes[axis], b.sizes[axis]);
        }
        static constexpr int32_t depth = a.columns();
        static constexpr int32_t lines = a.rows();
        static constexpr int32_t columns = b.columns();
        static_assert(Output::size == batches(0) * batches(1) * batches(2) * lines * columns,
                      "BatchMatMul: the output's shape holds another number of values");
        static_assert(Output::Shape::row_size % columns == 0,
                      "BatchMatMul: a row of the output holds whole lines of the product");
        static constexpr bool sums_fit = depth <= 33000;

        static constexpr kernel::MatrixSteps left_steps{
            {a.batch_step(0), a.batch_step(1), a.batch_step(2)}, a.row_step(), a.column_step()};
        static constexpr kernel::MatrixSteps right_steps{
            {b.batch_step(0), b.batch_step(1), b.batch_step(2)}, b.column_step(), b.row_step()};

        static constexpr int32_t left_zero = Left::Quantization::zero_point;
        static constexpr int32_t right_zero = Right::Quantization::zero_point;
        static constexpr MatrixScale scales{Left::Quantization::scale_bits,
                                            Right::Quantization::scale_bits,
                                            Output::Quantization::scale_bits};
        static_assert(scales.possible(),
                      "BatchMatMul: the product of the inputs' scales is no normal number");
        static constexpr Multiplier multiplier = scales.multiplier();

        static constexpr RowWindow windows[2] = {all_rows(Left::Shape::height),
                                                 all_rows(Right::Shape::height)};
        static constexpr int32_t macs = Output::size * depth;

        /// The call that picks the kernel: see kernel/serving.hpp.
        template <class Tag>
        static auto pick(Tag tag)
            -> decltype(kernel::multiply_matrices<On>(nullptr, nullptr, nullptr, 0, 0, tag));

        static constexpr int32_t table_bytes() { return 0; }

        template <class Out, class First, class Second>
        static void rows(int first, int last, Out out, First left, Second right) {
            constexpr int32_t count = Output::Shape::row_size / columns;
            for (int row = first; row < last; ++row)
                kernel::multiply_matrices<On>(left.row(0), right.row(0), out.row(row), row * count,
                                              count, Arch{});
        }
    };
};

}  // namespace mote
