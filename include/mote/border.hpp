// What a network takes and gives where that is not what it computes with: real numbers, or integers
// of another quantization. They are converted one by one as they are written and read; no map of
// them is in RAM.
#pragma once

#include "kernel/requantize.hpp"
#include "tensor.hpp"

namespace mote {
namespace border {
inline namespace MOTE_TARGET {

/// The values that the network computes with.
struct Same {
    template <class TensorType>
    using Outer = TensorType;
};

/// Real numbers: quantized as Tensor::quantize() does, which is TensorFlow Lite's QUANTIZE.
struct Real {
    template <class TensorType>
    using Outer = Tensor<float, typename TensorType::Shape, typename TensorType::Quantization>;

    template <class TensorType>
    static MOTE_INLINE typename TensorType::Element in(float value) {
        return TensorType::quantize(value);
    }
    template <class TensorType>
    static MOTE_INLINE float out(typename TensorType::Element value) {
        return TensorType::dequantize(value);
    }
};

/// Integers of another type or quantization; formula of
/// tensorflow/lite/kernels/internal/reference/requantize.h.
template <class ElementType, class Affine>
struct Integer {
    template <class TensorType>
    using Outer = Tensor<ElementType, typename TensorType::Shape, Affine>;

    template <class TensorType>
    static MOTE_INLINE typename TensorType::Element in(ElementType value) {
        return rescaled<typename TensorType::Element, Affine, typename TensorType::Quantization>(
            value);
    }
    template <class TensorType>
    static MOTE_INLINE ElementType out(typename TensorType::Element value) {
        return rescaled<ElementType, typename TensorType::Quantization, Affine>(value);
    }

   private:
    template <class To, class From, class Onto>
    static MOTE_INLINE To rescaled(int32_t value) {
        constexpr Multiplier by = rescaling<From, Onto>(rounding::Double{});
        const int32_t sum =
            kernel::scale(value - From::zero_point, by.value, by.shift, rounding::Double{}) +
            Onto::zero_point;
        constexpr int32_t lowest = limits<To>::lowest;
        constexpr int32_t highest = limits<To>::highest;
        return static_cast<To>(sum < lowest ? lowest : sum > highest ? highest : sum);
    }
};

/// A place that converts what is written to it.
template <class TensorType, class Border>
class Place {
   public:
    using Element = typename Border::template Outer<TensorType>::Element;

    MOTE_INLINE explicit Place(typename TensorType::Element* place) : place_(place) {}
    MOTE_INLINE const Place& operator=(Element value) const {
        *place_ = Border::template in<TensorType>(value);
        return *this;
    }

   private:
    typename TensorType::Element* place_;
};

/// Places of a map in memory, to be written.
template <class TensorType, class Border>
class Places {
   public:
    using Element = typename Place<TensorType, Border>::Element;

    MOTE_INLINE explicit Places(typename TensorType::Element* stored) : stored_(stored) {}
    template <class Index>
    MOTE_INLINE Place<TensorType, Border> operator[](Index index) const {
        return Place<TensorType, Border>(stored_ + index);
    }
    static MOTE_INLINE constexpr int32_t size() { return TensorType::size; }
    /// What the network computes with.
    MOTE_INLINE typename TensorType::Element* stored() const { return stored_; }

   private:
    typename TensorType::Element* stored_;
};

/// The input of a network: where to write it.
template <class TensorType, class Border>
struct Access {
    using In = Places<TensorType, Border>;
    static MOTE_INLINE In in(typename TensorType::Element* stored) { return In(stored); }

    /// Converts `count` values.
    static void copy(const typename In::Element* from, typename TensorType::Element* to,
                     int32_t count) {
        for (int32_t i = 0; i < count; ++i) to[i] = Border::template in<TensorType>(from[i]);
    }
};
template <class TensorType>
struct Access<TensorType, Same> {
    using In = typename TensorType::Element*;
    static MOTE_INLINE In in(In stored) { return stored; }

    /// Values may lie where they go to.
    static void copy(const typename TensorType::Element* from, In to, int32_t count) {
        if (reinterpret_cast<uintptr_t>(from) < reinterpret_cast<uintptr_t>(to))
            while (count-- > 0) to[count] = from[count];
        else
            for (int32_t i = 0; i < count; ++i) to[i] = from[i];
    }
};

}  // namespace MOTE_TARGET
}  // namespace border

/// What a network gives: a map in memory, read as what its border makes of it.
template <class TensorType, class Border = border::Same>
class Result {
   public:
    using Tensor = typename Border::template Outer<TensorType>;
    using Element = typename Tensor::Element;

    MOTE_INLINE constexpr explicit Result(const typename TensorType::Element* stored)
        : stored_(stored) {}

    static MOTE_INLINE constexpr int32_t size() { return TensorType::size; }
    template <class Index>
    MOTE_INLINE Element operator[](Index index) const {
        return Border::template out<TensorType>(stored_[index]);
    }

    class Iterator {
       public:
        MOTE_INLINE explicit Iterator(const typename TensorType::Element* at) : at_(at) {}
        MOTE_INLINE Element operator*() const { return Border::template out<TensorType>(*at_); }
        MOTE_INLINE Iterator& operator++() {
            ++at_;
            return *this;
        }
        MOTE_INLINE bool operator!=(const Iterator& other) const { return at_ != other.at_; }

       private:
        const typename TensorType::Element* at_;
    };
    MOTE_INLINE Iterator begin() const { return Iterator(stored_); }
    MOTE_INLINE Iterator end() const { return Iterator(stored_ + TensorType::size); }

    /// What the network computed: the quantized values.
    MOTE_INLINE View<TensorType> stored() const { return View<TensorType>(stored_); }
    MOTE_INLINE float dequantized(int32_t index) const {
        return TensorType::dequantize(stored_[index]);
    }
    /// Index of the largest element; the first of equals.
    MOTE_INLINE int32_t argmax() const { return stored().argmax(); }

   private:
    const typename TensorType::Element* stored_;
};
template <class TensorType>
class Result<TensorType, border::Same> : public View<TensorType> {
   public:
    using View<TensorType>::View;
};

}  // namespace mote
