// The size of a constexpr array that is only known by a pointer to its first element.
#pragma once

#include "../detail/meta.hpp"

namespace mote {
namespace tflite {
namespace array_size {

template <int Byte>
struct sink {};

/// Whether File[At] is a constant expression: whether the array reaches so far.
template <const unsigned char* File, uint32_t At, class = void>
struct reaches {
    static constexpr bool value = false;
};
template <const unsigned char* File, uint32_t At>
struct reaches<File, At, decltype(static_cast<void>(sink<static_cast<int>(File[At])>{}))> {
    static constexpr bool value = true;
};

/// The size, by bisection: it is at least Low and less than High.
template <const unsigned char* File, uint32_t Low, uint32_t High, bool Found = Low + 1 == High>
struct between {
    static constexpr uint32_t middle = Low + (High - Low) / 2;
    static constexpr uint32_t value =
        detail::conditional_t<reaches<File, middle - 1>::value, between<File, middle, High>,
                              between<File, Low, middle>>::value;
};
template <const unsigned char* File, uint32_t Low, uint32_t High>
struct between<File, Low, High, true> {
    static constexpr uint32_t value = Low;
};

/// Doubles `High` until the array does not reach it.
template <const unsigned char* File, uint32_t High = 1024,
          bool Enough = !reaches<File, High - 1>::value>
struct of : between<File, 0, High> {};
template <const unsigned char* File, uint32_t High>
struct of<File, High, false> : of<File, High * 2> {};

}  // namespace array_size
}  // namespace tflite
}  // namespace mote
