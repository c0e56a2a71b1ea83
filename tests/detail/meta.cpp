#include "mote/detail/meta.hpp"

#include <doctest/doctest.h>

#include "mote/detail/array.hpp"

namespace {

using namespace mote::detail;

template <class Found, class Wanted>
constexpr bool same = is_same<Found, Wanted>::value;

template <int Length>
struct Letter {};

}  // namespace

TEST_CASE("type tools") {
    static_assert(same<make_sequence_t<0>, sequence<>>, "");
    static_assert(same<make_sequence_t<1>, sequence<0>>, "");
    static_assert(same<make_sequence_t<5>, sequence<0, 1, 2, 3, 4>>, "");
    static_assert(make_sequence_t<3000>::size == 3000, "");
    static_assert(same<element<0, int, char>, int>, "");
    static_assert(same<element<2, Letter<1>, Letter<1>, Letter<3>, Letter<1>>, Letter<3>>, "");
    static_assert(same<conditional_t<true, int, char>, int>, "");
    static_assert(same<conditional_t<false, int, char>, char>, "");
    static_assert(same<remove_reference_t<const int&>, const int>, "");
    static_assert(!is_same<int, const int>::value, "");
    CHECK(list<int, char>::size == 2);
}

TEST_CASE("an array may have no elements") {
    static_assert(array<int, 0>::size() == 0, "");
    array<int, 3> values{{4, 5, 6}};
    values[1] = 7;
    CHECK(values[0] + values[1] + values[2] == 17);
    CHECK(smaller(3, -4) == -4);
    CHECK(larger(3, -4) == 3);
}
