#include "kernel/windows.hpp"

namespace {

using namespace kernels;

/// Each input value lands in a window of sums.
template <class Spec>
MOTE_NOINLINE void slow_transposed(const int8_t* in, int8_t* out) {
    using From = typename Spec::Input::Shape;
    using To = typename Spec::Output::Shape;
    using Weights = typename Spec::Weights;
    static const Finish finish = finish_of<Spec>();
    int64_t sums[To::size];
    for (int32_t i = 0; i < To::size; ++i)
        sums[i] = Weights::bias(static_cast<int>(i % To::channels));
    for (int y = 0; y < From::height; ++y)
        for (int x = 0; x < From::width; ++x)
            for (int ky = 0; ky < Spec::kernel_height; ++ky)
                for (int kx = 0; kx < Spec::kernel_width; ++kx) {
                    const int row = y * Spec::stride_height - Spec::top + ky;
                    const int column = x * Spec::stride_width - Spec::left + kx;
                    if (row < 0 || row >= To::height || column < 0 || column >= To::width) continue;
                    for (int o = 0; o < To::channels; ++o)
                        for (int i = 0; i < From::channels; ++i)
                            sums[(row * To::width + column) * To::channels + o] +=
                                (in[(y * From::width + x) * From::channels + i] -
                                 Spec::Input::Quantization::zero_point) *
                                Weights::values()
                                    [((o * Spec::kernel_height + ky) * Spec::kernel_width + kx) *
                                         From::channels +
                                     i];
                }
    for (int32_t i = 0; i < To::size; ++i)
        out[i] = finish(sums[i], static_cast<int>(i % To::channels));
}

template <class Spec>
MOTE_NOINLINE void test_transposed(int number) {
    for (int variant = 0; variant < variants; ++variant) {
        alignas(4) int8_t in[Spec::Input::size];
        int8_t wanted[Spec::Output::size];
        fill(in, Spec::Input::size, variant);
        slow_transposed<Spec>(in, wanted);
        const auto test = [&](auto tag) {
            static constexpr auto table = mote::kernel::pack_transposed<Spec>(decltype(tag){});
            Fenced<Spec::Output::size> found;
            for (int row = 0; row < Spec::Output::Shape::height; ++row)
                mote::kernel::convolve_transposed<Spec>(
                    table, in, row, found.data() + row * Spec::Output::Shape::row_size, tag);
            expect(found, wanted, number, variant, tag.name());
        };
        test(mote::arch::portable{});
        for_each_arch(test);
    }
}

template <int Number>
struct Transposed {
    static constexpr Choice make() {
        Choices choices{static_cast<uint32_t>(Number)};
        Choice made{};
        made.kernel_height = choices.range(1, 5);
        made.kernel_width = choices.range(1, 5);
        made.stride_height = choices.range(1, 3);
        made.stride_width = choices.range(1, 3);
        made.same = choices.toss();
        made.height = choices.range(1, 4);
        made.width = choices.range(1, 5);
        made.channels = choices.range(1, 9);
        made.zero_point = choices.among(zero_points);
        made.activation = choices.range(0, 2);
        return made;
    }
    static constexpr Choice c = make();
    static constexpr int outputs = 1 + Number * 5 % 11;

    static void run() {
        using Input = Map<c.height, c.width, c.channels, c.zero_point>;
        using WeightsType =
            Weights<outputs, c.kernel_height, c.kernel_width, c.channels, Number % 4, Number % 3>;
        using Strides = mote::Strides<c.stride_height, c.stride_width>;
        using Padding = mote::detail::conditional_t<c.same, mote::Same, mote::Valid>;
        using Activation = typename ActivationOf<c.activation>::type;
        // Rows and columns that no input reaches, or the last ones cut off.
        using Size =
            mote::OutputSize<c.height * c.stride_height + (c.same ? -(c.stride_height > 1) : 2),
                             c.width * c.stride_width + (c.same ? -(c.stride_width > 2) : 1)>;
        using Rounding = mote::detail::conditional_t<Number % 8 == 7, mote::rounding::Single,
                                                     mote::rounding::Double>;
        test_transposed<On<mote::Conv2DTranspose<WeightsType, Affine<-9>, Strides, Padding,
                                                 Activation, Size, Rounding>,
                           Input>>(Number);
    }
};

}  // namespace

TEST_CASE("transposed convolutions: a sweep over all parameters") { sweep<Transposed, 12>(); }
