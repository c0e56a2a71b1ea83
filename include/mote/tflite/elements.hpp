// Element types: in sets, and in C++.
#pragma once

#include <stdint.h>

#include "schema.hpp"

namespace mote {
namespace tflite {

/// Some element types.
struct Elements {
    uint32_t bits;

    constexpr bool has(Type type) const {
        return static_cast<uint32_t>(type) < 32 && (bits >> static_cast<uint32_t>(type) & 1) != 0;
    }
};
template <class... Types>
constexpr Elements elements(Types... types) {
    return {(uint32_t{0} | ... | (uint32_t{1} << static_cast<uint32_t>(types)))};
}

/// Those that maps may have.
constexpr Elements map_elements = elements(Type::INT8, Type::INT16, Type::INT32, Type::BOOL);

/// Bytes of one; of other types that constants may have as well.
constexpr int bytes_of(Type type) {
    switch (type) {
        case Type::INT16:
        case Type::UINT16:
        case Type::FLOAT16:
            return 2;
        case Type::INT32:
        case Type::UINT32:
        case Type::FLOAT32:
            return 4;
        case Type::INT64:
        case Type::UINT64:
        case Type::FLOAT64:
            return 8;
        default:
            return 1;
    }
}

/// An element in C++.
template <Type Element>
struct ElementOf {
    using type = int8_t;
};
template <>
struct ElementOf<Type::INT16> {
    using type = int16_t;
};
template <>
struct ElementOf<Type::INT32> {
    using type = int32_t;
};
template <>
struct ElementOf<Type::BOOL> {
    using type = bool;
};

}  // namespace tflite
}  // namespace mote
