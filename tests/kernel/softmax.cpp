#include "mote/kernel/softmax.hpp"

#include "kernel/cases.hpp"

// gemmlowp's fixedpoint.h and TensorFlow Lite's reference/softmax.h, in 64 bits throughout and
// without a table.
namespace {

using namespace kernels;

int64_t saturated(int64_t value) {
    return value > 0x7fffffff ? 0x7fffffff
                              : (value < -int64_t{0x80000000} ? -int64_t{0x80000000} : value);
}
int64_t product(int64_t left, int64_t right) {
    const int64_t exact = left * right;
    return saturated((exact + (exact >= 0 ? int64_t{1} << 30 : 1 - (int64_t{1} << 30))) /
                     (int64_t{1} << 31));
}
int64_t divided(int64_t value, int exponent) {
    const int64_t half = exponent == 0 ? 0 : int64_t{1} << (exponent - 1);
    return value < 0 ? -((-value + half) >> exponent) : (value + half) >> exponent;
}

int64_t slow_exponential(int64_t value) {
    constexpr int64_t quarter = int64_t{1} << 24;
    if (value == 0) return 0x7fffffff;
    const int64_t part = (value & (quarter - 1)) - quarter;
    const int64_t x = saturated(part * 32) + (int64_t{1} << 28);
    const int64_t x2 = product(x, x);
    const int64_t x3 = product(x2, x);
    const int64_t x4 = product(x2, x2);
    const int64_t terms = divided(product(divided(x4, 2) + x3, 715827883) + x2, 1);
    int64_t result = 1895147668 + product(1895147668, x + terms);
    const int64_t remainder = part - value;
    const int64_t factors[] = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};
    for (int i = 0; i < 7; ++i)
        if ((remainder >> (24 + i) & 1) != 0) result = product(result, factors[i]);
    return result;
}

int64_t slow_reciprocal(int64_t value) {
    const int64_t half = (value + 0x7fffffff + 1) / 2;
    int64_t x = 1515870810 + product(half, -1010580540);
    for (int step = 0; step < 3; ++step)
        x += saturated(product(x, (int64_t{1} << 29) - product(half, x)) * 4);
    return saturated(x * 2);
}

void slow_softmax(mote::Multiplier multiplier, const int8_t* in, int8_t* out, int depth) {
    int largest = -128;
    for (int i = 0; i < depth; ++i) largest = in[i] > largest ? in[i] : largest;
    const auto exponential = [&](int i) {
        const int64_t difference = in[i] - largest;
        if (-difference > (int64_t{31} << 26) >> multiplier.shift) return int64_t{0};
        return slow_exponential(
            product(difference * (int64_t{1} << multiplier.shift), multiplier.value));
    };
    int64_t sum = 0;
    for (int i = 0; i < depth; ++i) sum += divided(exponential(i), 12);
    int headroom = 0;
    while ((sum << headroom & int64_t{0x80000000}) == 0) ++headroom;
    const int64_t inverse = slow_reciprocal((sum << headroom) - int64_t{0x80000000});
    for (int i = 0; i < depth; ++i) {
        const int64_t value =
            divided(product(inverse, exponential(i)), 12 - headroom + 31 - 8) - 128;
        out[i] = static_cast<int8_t>(value > 127 ? 127 : value);
    }
}

/// `Shift`: of a multiplier that stands for beta times the input's scale.
template <int Shift>
struct Exponentials {
    static constexpr mote::Multiplier multiplier{0x5a82799a, Shift};
    static constexpr int reach = static_cast<int>((int64_t{31} << 26) >> Shift);
    static constexpr auto table =
        mote::kernel::pack_exponentials<(reach > 255 ? 256 : reach + 1)>(multiplier);
};

template <int Shift>
void softmax() {
    constexpr mote::Multiplier multiplier = Exponentials<Shift>::multiplier;
    const auto& table = Exponentials<Shift>::table;
    constexpr int points = 3;
    for (int depth = 1; depth <= 40; depth += depth < 12 ? 1 : 7)
        for (int variant = 0; variant < variants; ++variant) {
            int8_t in[points * 40];
            fill(in, points * 40, variant);
            if (variant == 2) in[depth] = 127;
            int8_t wanted[points * 40];
            for (int i = 0; i < points * 40; ++i) wanted[i] = 99;
            for (int point = 0; point < points; ++point)
                slow_softmax(multiplier, in + point * depth, wanted + point * depth, depth);
            for_each_arch([&](auto tag) {
                Fenced<points * 40> found;
                mote::kernel::softmax(table, in, found.data(), points, depth, tag);
                expect(found, wanted, Shift * 100 + depth, variant, tag.name());
                mote::kernel::softmax(table, in, in, points, depth, tag);
                Fenced<points * 40> there;
                for (int i = 0; i < points * depth; ++i) there.data()[i] = in[i];
                expect(there, wanted, Shift * 100 + depth, variant, tag.name());
                fill(in, points * 40, variant);
                if (variant == 2) in[depth] = 127;
            });
        }
}

}  // namespace

TEST_CASE("softmax is gemmlowp's formula in wide arithmetic") {
    softmax<19>();
    softmax<22>();
    softmax<23>();
    softmax<25>();
    softmax<28>();
    softmax<31>();
}
