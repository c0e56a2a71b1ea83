#include "kernel/windows.hpp"

namespace {

template <int Number>
struct Depthwise : kernels::WindowCase<Number, true> {};

}  // namespace

TEST_CASE("depthwise convolutions: a sweep over all parameters") { kernels::sweep<Depthwise, 60>(); }
