#include "mote/layer/softmax.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "kernel/softmax_reference.hpp"
#include "mote.hpp"

namespace {

using Values = std::vector<int8_t>;

/// Inputs that make sums of every size: all equal, one above the others, two levels, noise.
Values values(int count, int variant) {
    Values in(size_t(count), int8_t(-128));
    uint32_t state = uint32_t(count + variant);
    for (int8_t& value : in) {
        state = state * 1664525U + 1013904223U;
        if (variant == 0) value = 7;
        if (variant == 2) value = (state >> 24) < 16 ? 100 : 90;
        if (variant == 3) value = int8_t(int(state >> 24) - 128);
        if (variant == 4) value = 100;
    }
    if (variant == 1) in[in.size() / 2] = 127;
    if (variant == 4) in.back() = 127;
    return in;
}

/// `Exponent`: of the input's scale, a power of two.
template <int Count, int Exponent>
void agrees() {
    CAPTURE(Count);
    CAPTURE(Exponent);
    constexpr uint32_t scale = (uint32_t{127} << 23) + (uint32_t(Exponent) << 23);
    using Input = mote::Tensor<int8_t, mote::Shape<1, 1, Count>, mote::Quantization<scale, 0>>;
    using On = typename mote::Softmax<>::template On<mote::arch::portable, Input>;
    const mote::Multiplier multiplier =
        mote::nearest_multiplier(mote::detail::real{1, 26 + Exponent}, mote::rounding::Double{});
    for (int variant = 0; variant < 5; ++variant) {
        CAPTURE(variant);
        Values in = values(Count, variant), out(in.size()), wanted(in.size());
        reference::softmax(multiplier, in.data(), wanted.data(), Count);
        On::rows(0, 1, mote::Rows<typename On::Output>(out.data()), mote::Rows<Input>(in.data()));
        CHECK(out == wanted);

        // The formula's own error: sums of many small exponentials, each rounded to 19 bits.
        double sum = 0;
        const auto real = [&](int8_t value) { return std::exp(std::ldexp(value, Exponent)); };
        for (const int8_t value : in) sum += real(value);
        double worst = 0;
        for (size_t i = 0; i < in.size(); ++i)
            worst =
                std::max(worst, std::fabs(std::min(256 * real(in[i]) / sum, 255.0) - 128 - out[i]));
        CHECK(worst < 1.2);
    }
}

template <int Power>
void agrees_around() {
    agrees<(1 << Power) - 1, -4>();
    agrees<(1 << Power), -4>();
    agrees<(1 << Power) + 1, -4>();
    agrees<(1 << Power), -12>();
    agrees<(1 << Power) + 1, 1>();
}

template <int... Powers>
void agrees_around(mote::detail::sequence<Powers...>) {
    (agrees_around<Powers + 1>(), ...);
}

}  // namespace

TEST_CASE("softmax over any number of classes is the formula in wide arithmetic") {
    agrees_around(mote::detail::make_sequence_t<16>{});
    agrees<4097, -4>();
    agrees<70000, -4>();
    agrees<70000, -26 + 1>();
}
