#include "kernel/overlap.hpp"

namespace {

using namespace kernels;

template <uint32_t ScaleBits, int Zero>
using Vector = mote::Tensor<int8_t, mote::Shape<1, 1, 256>, mote::Quantization<ScaleBits, Zero>>;

constexpr uint32_t tenth = 0x3dcccccdU;
constexpr uint32_t one = 0x3f800000U;

/// All 256 values, from -128.
void fill_all(int8_t* values) {
    for (int i = 0; i < 256; ++i) values[i] = static_cast<int8_t>(i - 128);
}

constexpr int row_sizes[] = {1, 2, 4, 16, 32};

int8_t clamped(int64_t value, mote::Range range) {
    return static_cast<int8_t>(value < range.low ? range.low
                                                 : (value > range.high ? range.high : value));
}

template <class Spec>
int8_t slow_add(int left, int right) {
    const typename Spec::Rounding rounding{};
    const auto scaled = [&](int32_t value, mote::Multiplier by) {
        return mote::kernel::scale(value, by.value, by.shift, rounding);
    };
    const int32_t sum =
        scaled((left - Spec::left_zero) * (int32_t{1} << 20), Spec::left_multiplier) +
        scaled((right - Spec::right_zero) * (int32_t{1} << 20), Spec::right_multiplier);
    return clamped(
        int64_t{scaled(sum, Spec::sum_multiplier)} + Spec::Output::Quantization::zero_point,
        Spec::range);
}

/// Sums with another map, the first or the second one, and with themselves.
template <class Spec, class Tag>
struct Sums {
    static int8_t* other() {
        static int8_t values[256];
        return values;
    }
    static void over_first(int8_t* in, int8_t* out) {
        mote::kernel::add<Spec>(in, other(), out, 256, Tag{});
    }
    static void over_second(int8_t* in, int8_t* out) {
        mote::kernel::add<Spec>(other(), in, out, 256, Tag{});
    }
    static void over_both(int8_t* in, int8_t* out) {
        mote::kernel::add<Spec>(in, in, out, 256, Tag{});
    }
};
template <class Spec, class Tag>
MOTE_NOINLINE void expect_sums_over_inputs(int number) {
    using Over = Sums<Spec, Tag>;
    int8_t noise[256];
    int8_t first[256];
    int8_t second[256];
    int8_t both[256];
    fill(noise, 256, 0);
    fill_all(Over::other());
    for (int i = 0; i < 256; ++i) {
        first[i] = slow_add<Spec>(noise[i], i - 128);
        second[i] = slow_add<Spec>(i - 128, noise[i]);
        both[i] = slow_add<Spec>(noise[i], noise[i]);
    }
    for (const int row : row_sizes) {
        expect_over_rows<256>(row, noise, first, Over::over_first, number, Tag::name());
        expect_over_rows<256>(row, noise, second, Over::over_second, number, Tag::name());
        expect_over_rows<256>(row, noise, both, Over::over_both, number, Tag::name());
    }
}

/// All pairs of values, in runs of every length below 5 and of 251; then in the place of each
/// input.
template <class Left, class Right, class Affine, class Activation = mote::Linear,
          class Rounding = mote::rounding::Double>
MOTE_NOINLINE void add(int number) {
    using Spec = On<mote::Add<Affine, Activation, Rounding>, Left, Right>;
    int8_t all[256];
    fill_all(all);
    for_each_arch([&](auto tag) {
        for (int first = -128; first < 128; ++first) {
            int8_t left[256];
            int8_t wanted[256];
            for (int i = 0; i < 256; ++i) {
                left[i] = static_cast<int8_t>(first);
                wanted[i] = slow_add<Spec>(first, i - 128);
            }
            Fenced<256> found;
            int8_t* const out = found.data();
            const int cuts[] = {0, 1, 3, 5, 8, 12, 5 + 251 - 8, 256};
            for (int run = 0; run < 7; ++run)
                mote::kernel::add<Spec>(left + cuts[run], all + cuts[run], out + cuts[run],
                                        cuts[run + 1] - cuts[run], tag);
            expect(found, wanted, number, first, tag.name());
            Fenced<256> over;
            mote::kernel::copy(all, over.data(), 256, mote::arch::portable{});
            mote::kernel::add<Spec>(left, over.data(), over.data(), 256, tag);
            expect(over, wanted, number, first, tag.name());
            mote::kernel::add<Spec>(left, all, left, 256, tag);
            Fenced<256> there;
            mote::kernel::copy(left, there.data(), 256, mote::arch::portable{});
            expect(there, wanted, number, first, tag.name());
        }
        expect_sums_over_inputs<Spec, decltype(tag)>(number);
    });
}

template <class Input, class Affine, class Activation = mote::Linear,
          class Rounding = mote::rounding::Double>
MOTE_NOINLINE void rescale(int number) {
    using Spec = On<mote::Quantize<Affine, Activation, Rounding>, Input>;
    int8_t all[256];
    int8_t wanted[256];
    fill_all(all);
    for (int i = 0; i < 256; ++i)
        wanted[i] = clamped(int64_t{mote::kernel::scale(
                                all[i] - int32_t{Input::Quantization::zero_point},
                                Spec::multiplier.value, Spec::multiplier.shift, Rounding{})} +
                                Spec::Output::Quantization::zero_point,
                            Spec::range);
    for_each_arch([&](auto tag) {
        for (int cut = 0; cut < 40; ++cut) {
            Fenced<256> found;
            mote::kernel::rescale<Spec>(all, found.data(), cut, tag);
            mote::kernel::rescale<Spec>(all + cut, found.data() + cut, 256 - cut, tag);
            expect(found, wanted, number, cut, tag.name());
        }
        mote::kernel::rescale<Spec>(all, all, 256, tag);
        Fenced<256> there;
        mote::kernel::copy(all, there.data(), 256, mote::arch::portable{});
        expect(there, wanted, number, -1, tag.name());
        fill_all(all);
        const auto compute = [](int8_t* in, int8_t* out) {
            mote::kernel::rescale<Spec>(in, out, 256, decltype(tag){});
        };
        for (const int row : row_sizes)
            expect_over_rows<256>(row, all, wanted, compute, number, tag.name());
    });
}

}  // namespace

TEST_CASE("add") {
    using mote::Quantization;
    add<Vector<tenth, 0>, Vector<tenth, 0>, Quantization<tenth, 0>>(0);
    add<Vector<tenth, -128>, Vector<0x3d800001U, 127>, Quantization<0x3e123456U, -1>>(1);
    add<Vector<one, 127>, Vector<tenth, -128>, Quantization<one, -128>, mote::Relu>(2);
    add<Vector<0x3a000123U, -1>, Vector<one, 5>, Quantization<0x40000000U, 127>>(3);
    add<Vector<one, 127>, Vector<one, -128>, Quantization<0x3d000000U, 0>, mote::Relu6>(4);
    add<Vector<one, 3>, Vector<0x35000000U, -128>, Quantization<0x45000000U, 0>>(5);
    add<Vector<one, 127>, Vector<tenth, -128>, Quantization<0x38000000U, -128>>(6);
    add<Vector<tenth, 127>, Vector<0x3d800001U, -1>, Quantization<tenth, 83>, mote::Linear,
        mote::rounding::Single>(7);
    add<Vector<one, -128>, Vector<one, -128>, Quantization<one, -128>, mote::Relu6,
        mote::rounding::Single>(8);
}

TEST_CASE("rescale") {
    using mote::Quantization;
    rescale<Vector<tenth, 0>, Quantization<tenth, 0>>(0);
    rescale<Vector<tenth, -128>, Quantization<0x3d800001U, 127>>(1);
    rescale<Vector<tenth, 127>, Quantization<one, -1>>(2);
    rescale<Vector<one, -1>, Quantization<0x40000000U, 0>>(3);
    rescale<Vector<one, 83>, Quantization<0x3a000123U, -128>, mote::Relu>(4);
    rescale<Vector<0x3a000123U, 83>, Quantization<one, 83>, mote::Relu6>(5);
    rescale<Vector<0x32000123U, 0>, Quantization<one, -77>>(6);
    rescale<Vector<tenth, 127>, Quantization<0x3d800001U, 0>, mote::Linear, mote::rounding::Single>(
        7);
    rescale<Vector<tenth, -128>, Quantization<0x3e4ccccdU, 0>, mote::Relu6, mote::rounding::Single>(
        8);
}

TEST_CASE("copy and fill: every length and place") {
    int8_t from[80];
    fill(from, 80, 0);
    for_each_arch([&](auto tag) {
        for (int count = 0; count < 70; ++count)
            for (int place = 0; place < 5; ++place) {
                int8_t wanted[75];
                for (int i = 0; i < 75; ++i)
                    wanted[i] = i >= place && i < place + count ? from[i - place + 3] : int8_t{99};
                Fenced<75> copied;
                mote::kernel::copy(from + 3, copied.data() + place, count, tag);
                expect(copied, wanted, count, place, tag.name());
                for (int i = place; i < place + count; ++i) wanted[i] = -128;
                Fenced<75> filled;
                mote::kernel::fill(filled.data() + place, -128, count, tag);
                expect(filled, wanted, count, place, tag.name());
            }
    });
}
