#include "kernel/windows.hpp"

namespace {

template <int Number>
struct Convolution : kernels::WindowCase<Number, false> {};

}  // namespace

TEST_CASE("convolutions: a sweep over all parameters") { kernels::sweep<Convolution, 60>(); }
