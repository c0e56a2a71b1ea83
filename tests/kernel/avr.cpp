// The kernels of an 8-bit AVR against the plain ones, on an emulated ATmega328P: see avr.cmake.
// Flash holds a few layers at a time; PART says which.

#include "device/serial.hpp"
#include "kernel/bands.hpp"
#include "mote.hpp"

#if MOTE_HAS_AVR

#ifndef PART
#define PART 1
#endif

namespace {

using serial::print;

int passed = 0;
int failed = 0;

// What the layers of a test have as constants.

enum class Kind { mixed, uniform, extreme, left };

/// `mixed`: scales from one that shifts by 0 to one that is always 0; `extreme`: all weights are
/// -128 or 127; `left`: some sums are shifted to the left.
template <int Outputs, int Height, int Width, int Depth, Kind Of>
struct Weights {
    static constexpr int outputs = Outputs;
    static constexpr int height = Height;
    static constexpr int width = Width;
    static constexpr int32_t depth = Depth;
    static constexpr int32_t count = int32_t{Outputs} * Height * Width * Depth;

    struct Values {
        int8_t values[count] = {};
        constexpr Values() {
            uint32_t state = 20261122U + count;
            for (int i = 0; i < count; ++i) {
                state = state * 1664525U + 1013904223U;
                const int noise = static_cast<int>(state >> 24) - 128;
                values[i] =
                    static_cast<int8_t>(Of == Kind::extreme ? (i % 97 == 5 ? 127 : -128) : noise);
            }
        }
    };
    static constexpr Values constants{};

    static constexpr const int8_t* values() { return constants.values; }
    static constexpr int32_t bias(int channel) {
        return channel % 3 == 2 ? int32_t{channel} * -70001 : int32_t{channel} * 977 % 4001 - 2000;
    }
    static constexpr uint32_t scale_bits(int channel) {
        return mote::detail::bits_of(Of == Kind::extreme || Of == Kind::uniform ? 0.002f
                                     : channel % 7 == 3                         ? 0.00000001f
                                     : channel % 5 == 4 ? (Of == Kind::left ? 3.0f : 0.9f)
                                     : channel % 5 == 2 ? 0.1f
                                                        : 0.004f + 0.0007f * float(channel % 11));
    }
};

struct Output {
    static constexpr float scale = 0.07f;
    static constexpr int zero_point = -20;
};

template <int Height, int Width, int Channels, int ZeroPoint>
using Map = mote::Tensor<int8_t, mote::Shape<Height, Width, Channels>,
                         mote::Quantization<0x3d4ccccdU, ZeroPoint>>;

template <class Spec, class Arch>
struct Convolution {
    static inline constexpr auto table MOTE_FLASH = mote::kernel::pack_convolution<Spec>(Arch{});
    static void row(const int8_t* const* rows, int8_t* out) {
        mote::kernel::convolve_row<Spec>(mote::table::of<Convolution>(), rows, out, Arch{});
    }
};
template <class Spec, class Arch>
struct Depthwise {
    static inline constexpr auto table MOTE_FLASH = mote::kernel::pack_depthwise<Spec>(Arch{});
    static void row(const int8_t* const* rows, int8_t* out) {
        mote::kernel::depthwise_row<Spec>(mote::table::of<Depthwise>(), rows, out, Arch{});
    }
};
template <class Spec, class Arch>
struct Matrix {
    static inline constexpr auto table MOTE_FLASH = mote::kernel::pack_matrix<Spec>(Arch{});
    static void row(const int8_t* const* rows, int8_t* out) {
        mote::kernel::multiply_matrix<Spec>(mote::table::of<Matrix>(), rows[0], out,
                                            Spec::Output::Shape::width, Arch{});
    }
};
/// A dense layer fed with its input in two pieces.
template <class Spec, class Arch>
struct Products {
    static inline constexpr auto table MOTE_FLASH = mote::kernel::pack_products<Spec>(Arch{});
    static void row(const int8_t* const* rows, int8_t* out) {
        constexpr int outputs = Spec::Weights::outputs;
        constexpr int32_t first = Spec::Weights::depth / 3;
        int32_t sums[outputs];
        for (int o = 0; o < outputs; ++o)
            sums[o] = mote::table::read(mote::table::of<Products>(), &table.bias[o]);
        mote::kernel::add_products<Spec>(mote::table::of<Products>(), rows[0], 0, first, sums,
                                         Arch{});
        mote::kernel::add_products<Spec>(mote::table::of<Products>(), rows[0] + first, first,
                                         Spec::Weights::depth - first, sums, Arch{});
        for (int o = 0; o < outputs; ++o) {
            out[o] = mote::kernel::requantized<Spec>(mote::table::of<Products>(), sums[o], o);
        }
    }
};
template <class Spec, class Arch>
struct Maximum {
    static void row(const int8_t* const* rows, int8_t* out) {
        mote::kernel::maximum_row<Spec>(rows, out, Arch{});
    }
};

int8_t in[640];
int8_t wanted[192];
int8_t found[192];

/// Outputs over inputs that no later row needs, as close as kernel.hpp allows: what a row is to be
/// is known before its inputs are gone.
template <class Spec, template <class, class> class Kernel>
void compare_over_inputs() {
    using In = typename Spec::Input;
    using Out = typename Spec::Output;
    constexpr kernels::Bands bands = kernels::bands_of<Spec>();
    constexpr int before = -bands.closest();
    static_assert(In::size + before <= sizeof in, "too large for RAM");
    uint32_t state = 7;
    for (int8_t& value : in) {
        state = state * 1664525U + 1013904223U;
        value = static_cast<int8_t>(state >> 24);
    }
    bool equal = true;
    for (int y = 0; y < Out::Shape::height; ++y) {
        const auto under = Spec::under(mote::Rows<In>{in + before}, y);
        int8_t* const out = in + y * Out::Shape::row_size;
        Kernel<Spec, mote::arch::portable>::row(under.rows, wanted);
        Kernel<Spec, mote::arch::avr>::row(under.rows, out);
        for (int i = 0; i < Out::Shape::row_size; ++i) equal = equal && wanted[i] == out[i];
    }
    equal ? ++passed : ++failed;
    print(equal ? '.' : 'F');
}

/// Compares rows of random and of extreme values, and what stands to the left and right of them.
template <class Spec, template <class, class> class Kernel>
void compare() {
    using In = typename Spec::Input;
    using Out = typename Spec::Output;
    constexpr int size = Out::Shape::row_size;
    constexpr int margin = 4;
    static_assert(In::size <= sizeof in && size + 2 * margin <= sizeof found, "too large for RAM");
    for (uint8_t variant = 0; variant < 3; ++variant) {
        uint32_t state = 7;
        for (int i = 0; i < In::size; ++i) {
            state = state * 1664525U + 1013904223U;
            in[i] = static_cast<int8_t>(variant == 0 ? state >> 24 : (variant == 1 ? 127 : 128));
        }
        bool equal = true;
        for (int y = 0; y < Out::Shape::height; ++y) {
            for (int i = 0; i < size + 2 * margin; ++i) wanted[i] = found[i] = 99;
            const auto under = Spec::under(mote::Rows<In>{in}, y);
            Kernel<Spec, mote::arch::portable>::row(under.rows, wanted + margin);
            Kernel<Spec, mote::arch::avr>::row(under.rows, found + margin);
            for (int i = 0; i < size + 2 * margin; ++i) equal = equal && wanted[i] == found[i];
        }
        equal ? ++passed : ++failed;
        print(equal ? '.' : 'F');
    }
    compare_over_inputs<Spec, Kernel>();
}

using namespace mote;
using rounding::Double;
using rounding::Single;

template <int Height, int Width, int Channels, int Outputs, int KernelHeight, int KernelWidth,
          class Strides = Strides<1>, class Padding = Same, int ZeroPoint = -128,
          Kind Of = Kind::mixed, class Rounding = Double, class Activation = Linear,
          class Dilation = Dilation<1>>
void convolution() {
    using Layer = Conv2D<Weights<Outputs, KernelHeight, KernelWidth, Channels, Of>, Output, Strides,
                         Padding, Activation, Dilation, Rounding>;
    using Spec = typename Layer::template On<arch::avr, Map<Height, Width, Channels, ZeroPoint>>;
    compare<Spec, Convolution>();
    if constexpr (KernelHeight == 1 && KernelWidth == 1) compare<Spec, Matrix>();
}

template <int Height, int Width, int Channels, int Outputs, int KernelHeight, int KernelWidth,
          class Strides = Strides<1>, class Padding = Same, int ZeroPoint = -128,
          Kind Of = Kind::mixed, class Rounding = Double, class Activation = Linear,
          class Dilation = Dilation<1>>
void depthwise() {
    using Layer = DepthwiseConv2D<Weights<Outputs, KernelHeight, KernelWidth, 1, Of>, Output,
                                  Strides, Padding, Activation, Dilation, Rounding>;
    using Spec = typename Layer::template On<arch::avr, Map<Height, Width, Channels, ZeroPoint>>;
    compare<Spec, Depthwise>();
}

template <int Inputs, int Outputs, int ZeroPoint, Kind Of, class Rounding = Double,
          class Activation = Linear, template <class, class> class Kernel = Matrix>
void dense() {
    using Layer = Conv2D<Weights<Outputs, 1, 1, Inputs, Of>, Output, Strides<1>, Same, Activation,
                         Dilation<1>, Rounding>;
    compare<typename Layer::template On<arch::avr, Map<1, 1, Inputs, ZeroPoint>>, Kernel>();
}

template <int Height, int Width, int Channels, class Window, class Strides, class Padding,
          class Activation = Linear>
void maximum() {
    using Layer = MaxPool2D<Window, Strides, Padding, Activation>;
    compare<typename Layer::template On<arch::avr, Map<Height, Width, Channels, 3>>, Maximum>();
}

struct SomeWeights {
    int8_t values[64];
};
struct Some {
    static inline constexpr SomeWeights table MOTE_FLASH = {
        {17,  -3, 120, -128, 5,  66,  -71, 9,  100, -99, 1,   0,  -1,  127, 33,  -64,
         -17, 3,  -12, -128, 51, -6,  7,   91, -10, 98,  11,  20, -19, 12,  -3,  64,
         7,   -3, 12,  -28,  5,  6,   -1,  79, 10,  -9,  101, 50, -51, 27,  3,   -4,
         -7,  31, -1,  -12,  15, -60, 70,  9,  -1,  8,   110, 25, -9,  112, -33, 4}};
};

[[maybe_unused]] void high_multiply() {
    uint32_t state = 20261124;
    bool equal = true;
    for (int round = 0; round < 2000; ++round) {
        int32_t factors[2];
        for (int32_t& factor : factors) {
            state = state * 1664525U + 1013904223U;
            const uint8_t kind = state >> 13 & 15;
            factor = kind == 0   ? 0x7fffffff
                     : kind == 1 ? -0x7fffffff
                     : kind == 2 ? (int32_t{1} << (round % 31))
                     : kind < 8  ? static_cast<int32_t>(state) >> (round % 25)
                                 : static_cast<int32_t>(state);
        }
        const int64_t product = static_cast<int64_t>(factors[0]) * factors[1];
        equal = equal && kernel::avr::high_multiply(factors[0], factors[1]) ==
                             static_cast<int32_t>((product + (int64_t{1} << 30)) >> 31);
    }
    equal ? ++passed : ++failed;
    print(equal ? '.' : 'F');
}

// Sums that go where their values were: a register that serves for both pointers moves on before
// the sums are written.
MOTE_NOINLINE void sum_one_in_place(int32_t* both, int taps) {
    kernel::avr::sum_one(both, reinterpret_cast<const int8_t*>(both), taps,
                         table::at(table::of<Some>(), Some::table.values));
}
MOTE_NOINLINE void sum_four_in_place(int32_t* both, int taps) {
    kernel::avr::sum_four(both, reinterpret_cast<const int8_t*>(both), taps,
                          table::at(table::of<Some>(), Some::table.values));
}

/// The average of a map that has more pixels than an int counts.
[[maybe_unused]] void whole_average() {
    using Layer = AveragePool2D<Pool<200>, Strides<200>, Valid>;
    const int32_t sum = int32_t{200} * 200 * 100;
    int8_t average = 0;
    Layer::On<arch::avr, Map<200, 200, 1, 0>>::finish(&sum, &average);
    average == 100 ? ++passed : ++failed;
    print(average == 100 ? '.' : 'F');
}

[[maybe_unused]] void sums_in_place() {
    constexpr int taps = 16;
    bool equal = true;
    for (int outputs = 1; outputs <= 4; outputs += 3) {
        int32_t sums[4];
        int32_t expected[4] = {};
        int8_t* const values = reinterpret_cast<int8_t*>(sums);
        for (int tap = 0; tap < taps; ++tap) {
            values[tap] = static_cast<int8_t>(tap * 37 - 100);
            for (int o = 0; o < outputs; ++o)
                expected[o] +=
                    (values[tap] + 128) *
                    int32_t{table::read(table::of<Some>(), &Some::table.values[outputs * tap + o])};
        }
        outputs == 1 ? sum_one_in_place(sums, taps) : sum_four_in_place(sums, taps);
        for (int o = 0; o < outputs; ++o) equal = equal && sums[o] == expected[o];
    }
    equal ? ++passed : ++failed;
    print(equal ? '.' : 'F');
}

/// A sum whose output is almost a tie, a little less or a little more, after one rounding (the
/// first ten) or after two.
struct Tie {
    int32_t multiplier;
    int shift;
    int32_t sum;
};
constexpr Tie ties[] = {
    {1744830464, 3, 320},        {1610612736, 3, -688},       {1634651732, 3, 268},
    {1794651649, 3, -493},       {1246307214, 9, 73665},      {1365729740, 9, -72054},
    {1332867132, 9, 68881},      {1176106440, 9, -78062},     {1303758933, 17, 16947754},
    {1179179749, 17, -20886604}, {1118352874, 3, 698},        {1736049865, 3, -321},
    {1288267882, 3, 966},        {1095521577, 3, -493},       {1317470082, 9, 73858},
    {1435956203, 9, -66998},     {1300737744, 9, 68891},      {1236594539, 9, -69797},
    {1141989989, 17, 19594970},  {1207033856, 17, -19005440}, {1355602842, 17, 17753068},
    {1317033878, 17, -19127837},
};
constexpr int tie_count = sizeof ties / sizeof ties[0];

constexpr int multipliers = 5;
constexpr int channels = 32 * multipliers + tie_count;

struct Scales {
    int32_t bias[channels];
    kernel::avr::Scale scale[channels];
};

/// A channel for each shift and each multiplier, of which the first makes ties; and for each tie.
constexpr auto make_scales() {
    constexpr uint32_t values[multipliers] = {0x40000000, 0x40000001, 0x55555555, 0x6000ff80,
                                              0x7fffffff};
    Scales table{};
    for (int channel = 0; channel < 32 * multipliers; ++channel)
        table.scale[channel] = {2 * values[channel % multipliers],
                                static_cast<uint8_t>(channel / multipliers)};
    for (int tie = 0; tie < tie_count; ++tie)
        table.scale[32 * multipliers + tie] = {2 * static_cast<uint32_t>(ties[tie].multiplier),
                                               static_cast<uint8_t>(ties[tie].shift)};
    return table;
}
struct AllScales {
    static inline constexpr auto table MOTE_FLASH = make_scales();
};

/// From sums to outputs: most of them in range, some close to a tie, some large.
template <class Rounding>
void requantization(int16_t zero, int16_t low, int16_t high) {
    uint32_t state = 20261124;
    for (int round = 0; round < 40; ++round) {
        bool equal = true;
        const auto& scales = table::of<AllScales>();
        kernel::avr::Outputs outputs{table::at(scales, &scales.bias[0]),
                                     table::at(scales, &scales.scale[0]),
                                     found,
                                     5,
                                     low >= zero,
                                     zero,
                                     low,
                                     high};
        for (int channel = 0; channel < channels; ++channel) {
            const auto scale = outputs.scale;
            const int32_t multiplier = static_cast<int32_t>(
                static_cast<uint32_t>(table::read(table::cast<int32_t>(scale))) >> 1);
            const int shift =
                table::read(table::cast<int8_t>(scale) + int{offsetof(kernel::avr::Scale, right)});
            state = state * 1664525U + 1013904223U;
            int32_t sum = static_cast<int32_t>(state);
            if (round < 30 && shift < 23) sum >>= 23 - shift;
            if (round >= 30) sum >>= round - 30;
            if (round < 20) sum = sum / 64 * 64 + (round - 10);
            if (channel >= 32 * multipliers) sum = ties[channel - 32 * multipliers].sum;
            kernel::avr::finish(&outputs, &sum, 1, Rounding{});
            const int32_t scaled = kernel::scale(sum, multiplier, -shift, Rounding{});
            equal = equal && found[channel] == kernel::clamp(scaled + zero, low, high);
        }
        equal = equal && outputs.out == found + channels;
        equal ? ++passed : ++failed;
        if (!equal) print('F');
    }
    print('.');
}

void run() {
#if PART == 1  // every remainder of channels
    convolution<1, 1, 1, 1, 1, 1>();
    convolution<1, 2, 3, 5, 1, 1>();
    convolution<1, 3, 4, 8, 1, 1, Strides<1>, Same, 7>();
    convolution<2, 3, 5, 6, 1, 1>();
    convolution<1, 7, 17, 3, 1, 1, Strides<2>>();
    convolution<1, 2, 33, 18, 1, 1, Strides<1>, Same, 127, Kind::uniform, Double, Relu6>();
#elif PART == 2  // windows
    convolution<5, 5, 3, 8, 3, 3>();
    convolution<6, 4, 3, 5, 3, 3, Strides<2>>();
    convolution<5, 7, 4, 6, 3, 3, Strides<2>, Valid, 3, Kind::uniform, Double, Relu>();
    convolution<5, 2, 1, 9, 4, 5, Strides<1>, Same, 83>();
    convolution<3, 1, 2, 4, 3, 7>();
#elif PART == 3  // windows with dilation, and of one row
    convolution<7, 7, 2, 4, 3, 2, Strides<1>, Same, -128, Kind::mixed, Double, Linear,
                Dilation<2>>();
    convolution<6, 6, 4, 3, 2, 3, Strides<1>, Valid, 0, Kind::mixed, Double, Relu6,
                Dilation<1, 2>>();
    convolution<1, 9, 6, 7, 1, 4, Strides<2>, Same, 5>();
    convolution<3, 3, 16, 6, 3, 3, Strides<1>, Same, 127, Kind::extreme>();
#elif PART == 4  // as many products as three bytes hold, and more
    dense<256, 5, -128, Kind::extreme>();
    dense<257, 5, -3, Kind::uniform>();
    dense<600, 4, 127, Kind::extreme, Double, Relu>();
#elif PART == 5  // depthwise
    depthwise<5, 5, 8, 8, 3, 3>();
    depthwise<5, 7, 5, 5, 3, 3, Strides<2>, Same, 11, Kind::uniform>();
    depthwise<6, 3, 7, 7, 3, 3, Strides<1>, Valid>();
    depthwise<7, 1, 4, 4, 5, 1, Strides<1>, Valid, -3, Kind::extreme>();
    depthwise<5, 5, 4, 4, 3, 3, Strides<1>, Same, -128, Kind::mixed, Double, Relu6, Dilation<2>>();
#elif PART == 6  // depthwise with a multiplier, extreme
    depthwise<5, 4, 1, 7, 4, 3, Strides<2>>();
    depthwise<4, 5, 3, 6, 3, 3, Strides<2>>();
    depthwise<2, 2, 65, 65, 2, 2>();
    depthwise<3, 3, 2, 10, 2, 2, Strides<1>, Same, 9, Kind::left>();
    depthwise<4, 4, 9, 9, 3, 3, Strides<1>, Same, 127, Kind::extreme, Double, Relu>();
#elif PART == 7  // one rounding
    convolution<3, 5, 5, 6, 3, 3, Strides<1>, Same, 5, Kind::mixed, Single, Relu6>();
    convolution<1, 3, 17, 7, 1, 1, Strides<1>, Same, 5, Kind::mixed, Single>();
    depthwise<4, 5, 9, 9, 3, 3, Strides<1>, Same, -7, Kind::mixed, Single>();
    dense<20, 9, 4, Kind::uniform, Single, Relu>();
#elif PART == 8  // shifts to the left; dense by rows; pools
    convolution<2, 3, 4, 10, 1, 1, Strides<1>, Same, 5, Kind::left>();
    dense<20, 9, 4, Kind::left, Single>();
    dense<20, 9, 4, Kind::mixed, Double, Linear, Products>();
    dense<530, 3, 4, Kind::extreme, Double, Relu, Products>();
    maximum<6, 4, 5, Pool<2>, Strides<2>, Valid>();
    maximum<5, 5, 3, Pool<3>, Strides<2>, Same>();
    maximum<4, 7, 8, Pool<3, 2>, Strides<1, 3>, Same, Relu6>();
    whole_average();
#elif PART == 9  // all shifts and both roundings
    dense<3, 2, 4, Kind::mixed>();
    high_multiply();
    sums_in_place();
    requantization<Double>(-20, -128, 127);
    requantization<Single>(-20, -128, 127);
    requantization<Double>(127, -128, 127);
    requantization<Double>(-128, -128, 100);
    requantization<Single>(-128, -120, 100);
    requantization<Single>(5, 5, 127);
#endif
}

}  // namespace

int main() {
    run();
    print(" ");
    print(passed);
    print(" passed, ");
    print(failed);
    print(" failed\n");
    serial::end();
}

#endif
