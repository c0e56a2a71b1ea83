#include "kernel/cases.hpp"

namespace {

using namespace kernels;

/// A map inside a border; it is also what was wrong at -O3 with AVX-512 by GCC 12.
template <class Border, class Map>
void pad() {
    using Spec = On<mote::Pad<Border>, Map>;
    using From = typename Map::Shape;
    using To = typename Spec::Output::Shape;
    static int8_t in[Map::size];
    fill(in, Map::size, 0);
    Fenced<Spec::Output::size> found;
    Spec::rows(0, To::height, mote::Rows<typename Spec::Output>{found.data()}, mote::Rows<Map>{in});
    int8_t wanted[Spec::Output::size];
    for (int32_t i = 0; i < Spec::Output::size; ++i) {
        const int y = static_cast<int>(i / To::row_size) - Border::top;
        const int x = static_cast<int>(i % To::row_size / To::channels) - Border::left;
        const int c = static_cast<int>(i % To::channels) - Border::front;
        const bool inside =
            y >= 0 && y < From::height && x >= 0 && x < From::width && c >= 0 && c < From::channels;
        wanted[i] = inside ? in[(y * From::width + x) * From::channels + c] : Spec::fill;
    }
    expect(found, wanted, To::row_size, 0, "pad");
}

}  // namespace

TEST_CASE("pads of small maps") {
    using mote::Border;
    pad<Border<1, 1>, Map<7, 2, 3, 6>>();
    pad<Border<1, 1>, Map<9, 2, 4, 6>>();
    pad<Border<0, 2>, Map<8, 3, 2, 6>>();
    pad<Border<2, 0, 1, 3>, Map<12, 5, 1, -128>>();
    pad<Border<1, 1, 0, 1>, Map<16, 1, 7, 3>>();
    pad<Border<0, 0, 1, 1, 1, 2>, Map<5, 9, 3, 6>>();
    pad<Border<0, 0, 0, 0, 0, 3>, Map<8, 8, 5, 6>>();
    pad<Border<1, 1>, Map<6, 11, 16, 6>>();
}
