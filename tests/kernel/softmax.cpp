#include "mote/kernel/kernel.hpp"

#include "kernel/overlap.hpp"
#include "kernel/softmax_reference.hpp"

namespace {

using namespace kernels;

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
                reference::softmax(multiplier, in + point * depth, wanted + point * depth, depth);
            for_each_arch([&](auto tag) {
                Fenced<points * 40> found;
                mote::kernel::softmax<uint32_t>(table, in, found.data(), points, depth, tag);
                expect(found, wanted, Shift * 100 + depth, variant, tag.name());
                mote::kernel::softmax<uint32_t>(table, in, in, points, depth, tag);
                Fenced<points * 40> there;
                for (int i = 0; i < points * depth; ++i) there.data()[i] = in[i];
                expect(there, wanted, Shift * 100 + depth, variant, tag.name());
                fill(in, points * 40, variant);
                if (variant == 2) in[depth] = 127;
            });
        }
}

/// Points of `Depth` values, which are rows.
template <int Depth>
void over_inputs() {
    static constexpr int shift = 25;
    static constexpr int points = 7;
    int8_t in[points * Depth];
    int8_t wanted[points * Depth];
    fill(in, points * Depth, 0);
    for (int point = 0; point < points; ++point)
        reference::softmax(Exponentials<shift>::multiplier, in + point * Depth,
                           wanted + point * Depth, Depth);
    for_each_arch([&](auto tag) {
        const auto compute = [](int8_t* from, int8_t* to) {
            mote::kernel::softmax<uint32_t>(Exponentials<shift>::table, from, to, points, Depth,
                                            decltype(tag){});
        };
        expect_over_rows<points * Depth>(Depth, in, wanted, compute, Depth, tag.name());
    });
}

}  // namespace

TEST_CASE("softmax over inputs") {
    over_inputs<1>();
    over_inputs<2>();
    over_inputs<10>();
    over_inputs<33>();
}

TEST_CASE("softmax is gemmlowp's formula in wide arithmetic") {
    softmax<19>();
    softmax<22>();
    softmax<23>();
    softmax<25>();
    softmax<28>();
    softmax<31>();
}
