#include "mote/rows.hpp"

#include <doctest/doctest.h>

namespace {

using Map = mote::Tensor<int8_t, mote::Shape<7, 3, 2>, mote::Quantization<0x3f800000U, 0>>;

template <int Capacity>
void check_ring() {
    int8_t memory[42] = {};
    const mote::Rows<Map, Capacity> ring{memory};
    for (int row = 0; row < 7; ++row) {
        CHECK(ring.row(row) == memory + row % Capacity * 6);
        if (row >= Capacity) CHECK(ring.row(row) == ring.row(row - Capacity));
    }
    CHECK(ring.whole == (Capacity >= 7));
}

}  // namespace

TEST_CASE("row r of a ring takes the place of row r - capacity") {
    check_ring<1>();
    check_ring<2>();
    check_ring<3>();
    check_ring<6>();
    check_ring<7>();
}

TEST_CASE("rows lie behind one another in whole maps only") {
    using Whole = mote::Rows<Map>;
    using Ring = mote::Rows<Map, 3>;
    static_assert(Whole::whole && Whole::capacity == 7 && !Ring::whole, "");
    CHECK(mote::adjacent<Whole>(5) == 5);
    CHECK(mote::adjacent<Whole, Whole>(5) == 5);
    CHECK(mote::adjacent<Whole, Ring>(5) == 1);
    CHECK(mote::adjacent<Ring>(5) == 1);
}
