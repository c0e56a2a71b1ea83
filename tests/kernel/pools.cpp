#include "kernel/windows.hpp"

namespace {

using namespace kernels;

/// The mean, halves away from zero, or the largest of the cells that lie inside the map.
void slow_pool(const Window& w, bool average, int low, int high, const int8_t* in, int8_t* out) {
    for (int y = 0; y < w.output_height; ++y)
        for (int x = 0; x < w.output_width; ++x)
            for (int c = 0; c < w.channels; ++c) {
                int32_t sum = 0;
                int32_t count = 0;
                int32_t largest = -128;
                for (int ky = 0; ky < w.kernel_height; ++ky)
                    for (int kx = 0; kx < w.kernel_width; ++kx) {
                        const int row = y * w.stride_height - w.top + ky;
                        const int column = x * w.stride_width - w.left + kx;
                        if (row < 0 || row >= w.height || column < 0 || column >= w.width) continue;
                        const int8_t value = in[(row * w.width + column) * w.channels + c];
                        sum += value;
                        ++count;
                        if (value > largest) largest = value;
                    }
                const int32_t magnitude = ((sum < 0 ? -sum : sum) * 2 + count) / (2 * count);
                const int32_t value = average ? (sum < 0 ? -magnitude : magnitude) : largest;
                *out++ = static_cast<int8_t>(value < low ? low : (value > high ? high : value));
            }
}

constexpr Choice choose_pool(int number) {
    Choices choices{static_cast<uint32_t>(number)};
    Choice c{};
    c.kernel_height = choices.range(1, 5);
    c.kernel_width = choices.range(1, 5);
    c.stride_height = choices.range(1, 3);
    c.stride_width = choices.range(1, 3);
    c.same = choices.toss();
    c.height = c.same ? choices.range(1, 6) : c.kernel_height + choices.range(0, 3);
    c.width = c.same ? choices.range(1, 9) : c.kernel_width + choices.range(0, 5);
    c.channels = choices.among(channel_counts);
    c.zero_point = choices.among(zero_points);
    c.activation = choices.range(0, 2);
    return c;
}

template <class Spec, bool Average, class Tag>
MOTE_NOINLINE void run_pool(int8_t* in, int8_t* out) {
    const mote::Rows<typename Spec::Input> rows{in};
    for (int y = 0; y < Spec::Output::Shape::height; ++y) {
        const auto under = Spec::under(rows, y);
        if constexpr (Average)
            mote::kernel::average_row<Spec>(under.rows, out, Tag{});
        else
            mote::kernel::maximum_row<Spec>(under.rows, out, Tag{});
        out += Spec::Output::Shape::row_size;
    }
}

template <class Spec, bool Average>
MOTE_NOINLINE void test_pool(int number) {
    for (int variant = 0; variant < variants; ++variant) {
        Maps<Spec> maps;
        fill(maps.input(), Spec::Input::size, variant);
        slow_pool(window_of<Spec>(), Average, Spec::range.low, Spec::range.high, maps.input(),
                  maps.wanted);
        for_each_arch([&](auto tag) {
            constexpr Compute compute = run_pool<Spec, Average, decltype(tag)>;
            expect_apart<Spec>(maps, compute, number, variant, tag.name());
            if (variant == 0)
                expect_over_inputs<Spec>(maps.input(), maps.wanted, compute, number, tag.name());
        });
    }
}

template <int Number>
struct Pool {
    static constexpr Choice c = choose_pool(Number);
    static void run() {
        using Input = Map<c.height, c.width, c.channels, c.zero_point>;
        using Window = mote::Pool<c.kernel_height, c.kernel_width>;
        using Strides = mote::Strides<c.stride_height, c.stride_width>;
        using Padding = mote::detail::conditional_t<c.same, mote::Same, mote::Valid>;
        using Activation = typename ActivationOf<c.activation>::type;
        using Average = mote::AveragePool2D<Window, Strides, Padding, Activation>;
        using Largest = mote::MaxPool2D<Window, Strides, Padding, Activation>;
        test_pool<On<Average, Input>, true>(Number);
        test_pool<On<Largest, Input>, false>(Number);
    }
};

}  // namespace

TEST_CASE("pools: a sweep over all parameters") { sweep<Pool, cases(45)>(); }
