#pragma once

#include "config.hpp"
#include "quantization.hpp"
#include "shape.hpp"

namespace mote {

/// The range of an integer type.
template <class Element>
struct limits {
    static constexpr bool is_signed = static_cast<Element>(-1) < static_cast<Element>(0);
    static constexpr int32_t span = (int32_t{1} << (8 * sizeof(Element) - 1));
    static constexpr int32_t lowest = is_signed ? -span : 0;
    static constexpr int32_t highest = is_signed ? span - 1 : 2 * span - 1;
    static_assert(sizeof(Element) <= 2, "limits: of integers up to 16 bits");
};

/// The type of a feature map: element, shape and quantization. Holds no data.
template <class ElementType, class ShapeType, class QuantizationType>
struct Tensor {
    using Element = ElementType;
    using Shape = ShapeType;
    using Quantization = QuantizationType;

    static constexpr int32_t size = Shape::size;
    static constexpr int32_t bytes = size * static_cast<int32_t>(sizeof(Element));
    static constexpr int row_bytes = Shape::row_size * static_cast<int>(sizeof(Element));

    static MOTE_INLINE constexpr float dequantize(Element value) {
        return Quantization::scale *
               static_cast<float>(static_cast<int32_t>(value) - Quantization::zero_point);
    }

    /// The nearest element, halves away from zero; values out of range saturate.
    static MOTE_INLINE constexpr Element quantize(float value) {
        const float scaled = value / Quantization::scale;
        const float lowest = static_cast<float>(limits<Element>::lowest - Quantization::zero_point);
        const float highest =
            static_cast<float>(limits<Element>::highest - Quantization::zero_point);
        if (!(scaled > lowest)) return static_cast<Element>(limits<Element>::lowest);
        if (scaled > highest) return static_cast<Element>(limits<Element>::highest);
        // scaled + 0.5f would round the number below a half up.
        const int32_t whole = static_cast<int32_t>(scaled);
        const float rest = scaled - static_cast<float>(whole);
        const int32_t nearest = whole + (rest >= 0.5f ? 1 : 0) - (rest <= -0.5f ? 1 : 0);
        return static_cast<Element>(nearest + Quantization::zero_point);
    }
};

/// A tensor's data in memory, read-only.
template <class TensorType>
class View {
   public:
    using Tensor = TensorType;
    using Element = typename TensorType::Element;

    MOTE_INLINE constexpr explicit View(const Element* data) : data_(data) {}

    MOTE_INLINE constexpr const Element* data() const { return data_; }
    static MOTE_INLINE constexpr int32_t size() { return TensorType::size; }
    /// Any integer type: an exact match comes before the conversion to a pointer.
    template <class Index>
    MOTE_INLINE constexpr Element operator[](Index index) const {
        return data_[index];
    }
    MOTE_INLINE constexpr const Element* begin() const { return data_; }
    MOTE_INLINE constexpr const Element* end() const { return data_ + TensorType::size; }
    MOTE_INLINE constexpr operator const Element*() const { return data_; }

    MOTE_INLINE constexpr float dequantized(int32_t index) const {
        return TensorType::dequantize(data_[index]);
    }

    /// Index of the largest element; the first of equals.
    MOTE_INLINE constexpr int32_t argmax() const {
        int32_t best = 0;
        for (int32_t index = 1; index < TensorType::size; ++index)
            if (data_[index] > data_[best]) best = index;
        return best;
    }

   private:
    const Element* data_;
};

}  // namespace mote
