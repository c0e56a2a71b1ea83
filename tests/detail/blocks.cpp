#include <doctest/doctest.h>

#include <mote.hpp>

namespace {

using namespace mote;

/// Squares of 0, 1, ..., some at a time.
template <int32_t Count, int32_t AtOnce>
struct Squares : detail::OneByOne<Squares<Count, AtOnce>, int32_t, Count, AtOnce> {
    static constexpr int32_t at(int32_t index) { return index * index; }
};

template <int32_t Count, int32_t AtOnce>
void check_squares() {
    using Made = detail::Assembled<Squares<Count, AtOnce>>;
    static constexpr auto table = Made::value;
    static_assert(sizeof(table) == Count * sizeof(int32_t), "no more than an array");
    const int32_t* const values = table;
    for (int32_t i = 0; i < Count; ++i) {
        CHECK(values[i] == i * i);
        CHECK(table[i] == i * i);
        CHECK(table.at(i) == i * i);
    }
}

}  // namespace

TEST_CASE("arrays in blocks: one, some, some and a rest") {
    check_squares<1, 8>();
    check_squares<8, 8>();
    check_squares<7, 8>();
    check_squares<24, 8>();
    check_squares<27, 8>();
    check_squares<5, 1>();
}
