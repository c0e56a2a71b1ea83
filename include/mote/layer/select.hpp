// out[i] = condition[i] ? yes[i] : no[i]; tf.where
//
// ShapeType  the output's
// Condition, Yes, No  for each input Operand<Rows, FromMap> or Operand<Rows, a constant>; `Rows`:
// as
//            RowsOf in pairwise.hpp. The condition is bool; the others have one element and one
//            quantization, the output's. Height, width and channels are the output's, or 1.
// Formula    tensorflow/lite/kernels/internal/reference/select.h
#pragma once

#include "../kernel/kernel.hpp"
#include "concatenate.hpp"
#include "pairwise.hpp"

namespace mote {

template <class RowsType, class From>
struct Operand {};

/// 1 for a map, else 0.
template <class Operand>
struct FromMaps {
    static constexpr int count = 0;
};
template <class Rows>
struct FromMaps<Operand<Rows, FromMap>> {
    static constexpr int count = 1;
};

template <class ShapeType, class Condition, class Yes, class No>
struct Select {
    static MOTE_INLINE constexpr const char* name() { return "Select"; }

    template <class ArchType, class... Inputs>
    struct On : Rowwise {
       private:
        static constexpr int count = static_cast<int>(sizeof...(Inputs));

        /// How input `Input` of the layer, or a constant, is read.
        template <class Operand, int Input>
        struct SideOf;
        template <class Rows, int Input>
        struct SideOf<Operand<Rows, FromMap>, Input> {
            static constexpr int input = Input;
            using type = OperandSide<detail::element<Input, Inputs...>, ShapeType, pairwise::Plain,
                                     Rows, true, false>;
        };
        template <class Rows, class Constant, int Input>
        struct SideOf<Operand<Rows, Constant>, Input> {
            static constexpr int input = -1;
            using type = OperandSide<Constant, ShapeType, pairwise::Plain, Rows, true, false>;
        };
        using First = SideOf<Condition, 0>;
        using Second = SideOf<Yes, FromMaps<Condition>::count>;
        using Third = SideOf<No, FromMaps<Condition>::count + FromMaps<Yes>::count>;

        using Chosen = typename Second::type::Constant;
        static_assert(
            detail::is_same<typename Chosen::Quantization,
                            typename Third::type::Constant::Quantization>::value &&
                detail::is_same<typename Chosen::Element,
                                typename Third::type::Constant::Element>::value,
            "Select: inputs of different elements, scales or zero points; quantize them alike "
            "before");

        template <class Side>
        struct Kernel {
            static inline constexpr auto table MOTE_FLASH = kernel::pack_operand<Side>(ArchType{});
        };

        using Windows = detail::array<RowWindow, count>;
        static constexpr Windows find_windows() {
            Windows found{};
            const RowWindow each[] = {First::type::window, Second::type::window,
                                      Third::type::window};
            const int inputs[] = {First::input, Second::input, Third::input};
            for (int i = 0; i < 3; ++i)
                if (inputs[i] >= 0) found.values[inputs[i]] = each[i];
            return found;
        }

        template <class Of, class... Ins>
        static MOTE_INLINE auto operand(int row, Ins... ins) {
            using Side = typename Of::type;
            if constexpr (Of::input < 0) {
                using Table = detail::remove_reference_t<decltype(table::of<Kernel<Side>>())>;
                return kernel::ConstantOperand<Side, Table>{
                    table::of<Kernel<Side>>(),
                    int32_t{Side::row(row)} * Side::Constant::Shape::row_size};
            } else {
                return kernel::MapOperand<Side>{nth<Of::input>(ins...).row(Side::row(row))};
            }
        }
        template <int Index, class In, class... More>
        static MOTE_INLINE auto nth(In in, More... more) {
            if constexpr (Index == 0)
                return in;
            else
                return nth<Index - 1>(more...);
        }
        template <class Of>
        static constexpr int32_t flash() {
            if constexpr (Of::input < 0)
                return sizeof(Kernel<typename Of::type>::table);
            else
                return 0;
        }

       public:
        using Arch = ArchType;
        using Element = typename Chosen::Element;
        using Output = Tensor<Element, ShapeType, typename Chosen::Quantization>;

        static constexpr Windows windows = find_windows();
        static constexpr int32_t macs = 0;
        static constexpr bool in_place =
            ((sizeof(typename Inputs::Element) == sizeof(Element)) && ...);

        /// The call that picks the kernel: see kernel/serving.hpp.
        template <class Tag>
        static auto pick(Tag tag)
            -> decltype(kernel::select<On>(kernel::MapOperand<typename First::type>{nullptr},
                                           kernel::MapOperand<typename Second::type>{nullptr},
                                           kernel::MapOperand<typename Third::type>{nullptr},
                                           static_cast<Element*>(nullptr), 0, tag));

        static constexpr int32_t table_bytes() {
            return flash<First>() + flash<Second>() + flash<Third>();
        }

        template <class Out, class... Ins>
        static void rows(int first, int last, Out out, Ins... ins) {
            for (int row = first; row < last; ++row)
                kernel::select<On>(operand<First>(row, ins...), operand<Second>(row, ins...),
                                   operand<Third>(row, ins...), out.row(row), ShapeType::width,
                                   Arch{});
        }
    };
};

}  // namespace mote
