#include "mote/kernel/serving.hpp"

#include <doctest/doctest.h>

namespace {

struct lesser : mote::arch::portable {
    using Base = mote::arch::portable;
};
struct better : lesser {
    using Base = lesser;
};

template <int Channels>
void compute(mote::arch::portable) {}
template <int Channels, class = mote::detail::enable_if_t<Channels % 4 == 0>>
void compute(lesser) {}
template <int Channels, class = mote::detail::enable_if_t<Channels == 16>>
void compute(better) {}

template <int Channels>
struct On {
    template <class Tag>
    static auto pick(Tag tag) -> decltype(compute<Channels>(tag));
};

template <int Channels, class Best>
using Serving = typename mote::kernel::serving<On<Channels>, Best>::type;

}  // namespace

TEST_CASE("serving names the CPU whose overload a call gets") {
    using mote::detail::is_same;
    CHECK(is_same<Serving<16, better>, better>::value);
    CHECK(is_same<Serving<16, lesser>, lesser>::value);
    CHECK(is_same<Serving<8, better>, lesser>::value);
    CHECK(is_same<Serving<3, better>, mote::arch::portable>::value);
    CHECK(is_same<Serving<16, mote::arch::portable>, mote::arch::portable>::value);
}
