// The inputs one after the other along an axis, maps and constants.
//
// ShapeType  the output's
// Joins      rows: all of an input's rows stand below those of the one before;
//            columns: a row is made of a part of each input
// Outer      how often they take turns in the map (rows) or in a row (columns)
// Operands   for each input FromMap, or a constant's size in bytes and at(i)
// Formula    tensorflow/lite/kernels/internal/reference/concatenation.h: all of one quantization
#pragma once

#include "../detail/integer.hpp"
#include "../kernel/kernel.hpp"
#include "../table.hpp"
#include "window.hpp"

namespace mote {

enum class Joins : int { rows, columns };

/// The next of the layer's inputs.
struct FromMap {};

/// A constant's bytes in flash.
template <class Bytes>
struct ConstantTable {
    struct Values {
        int8_t values[static_cast<size_t>(Bytes::size)];
    };
    static constexpr Values make() {
        Values made{};
        for (int32_t i = 0; i < Bytes::size; ++i) made.values[i] = Bytes::at(i);
        return made;
    }
    static inline constexpr Values table MOTE_FLASH = make();
};

template <class ShapeType, Joins Kind, int32_t Outer, class... Operands>
struct Concatenate {
    static MOTE_INLINE constexpr const char* name() { return "Concatenate"; }

    template <class ArchType, class... Inputs>
    struct On : Rowwise {
        using Arch = ArchType;
        using First = detail::element<0, Inputs...>;
        using Output = Tensor<typename First::Element, ShapeType, typename First::Quantization>;
        static_assert(
            (detail::is_same<typename Inputs::Quantization, typename First::Quantization>::value &&
             ...),
            "Concatenate: inputs of different scales or zero points; quantize them alike before");

        static constexpr int32_t macs = 0;

       private:
        static constexpr int count = static_cast<int>(sizeof...(Operands));
        static constexpr bool by_rows = Kind == Joins::rows;
        using All = detail::list<Operands...>;

        /// How much of a turn each operand is, in rows or bytes, and what is before it.
        struct Turn {
            int32_t sizes[static_cast<size_t>(count + 1)];
            int32_t before[static_cast<size_t>(count + 1)];
            bool maps[static_cast<size_t>(count + 1)];
        };
        static constexpr int32_t share(int32_t size) {
            return size / (Outer * (by_rows ? Output::row_bytes : ShapeType::height));
        }
        template <class... Rest, class Input, class... More>
        static constexpr void find(Turn& all, int k, detail::list<FromMap, Rest...>,
                                   detail::list<Input, More...>) {
            all.sizes[k] = share(Input::bytes);
            all.maps[k] = true;
            all.before[k + 1] = all.before[k] + all.sizes[k];
            find(all, k + 1, detail::list<Rest...>{}, detail::list<More...>{});
        }
        template <class Bytes, class... Rest, class... Maps>
        static constexpr void find(Turn& all, int k, detail::list<Bytes, Rest...>,
                                   detail::list<Maps...> maps) {
            all.sizes[k] = share(Bytes::size);
            all.before[k + 1] = all.before[k] + all.sizes[k];
            find(all, k + 1, detail::list<Rest...>{}, maps);
        }
        static constexpr void find(Turn&, int, detail::list<>, detail::list<>) {}
        static constexpr Turn find_turn() {
            Turn found{};
            find(found, 0, All{}, detail::list<Inputs...>{});
            return found;
        }
        static constexpr Turn turn = find_turn();
        static_assert(turn.before[count] * Outer ==
                          (by_rows ? ShapeType::height : Output::row_bytes),
                      "Concatenate: the inputs have another size than the output");

        using Windows = detail::array<RowWindow, static_cast<int>(sizeof...(Inputs))>;
        static constexpr Windows find_windows() {
            Windows found{};
            int map = 0;
            for (int k = 0; k < count; ++k) {
                if (turn.maps[k]) {
                    const int before = detail::as_int(turn.before[k]);
                    found[map++] = !by_rows     ? same_row()
                                   : Outer == 1 ? RowWindow{1, 1, 1, before}
                                                : all_rows(detail::as_int(turn.sizes[k] * Outer));
                }
            }
            return found;
        }

        template <class Bytes>
        static void put_constant(int32_t from, int8_t* out, int32_t values) {
            const auto& constant = table::of<ConstantTable<Bytes>>();
            for (int32_t i = 0; i < values; ++i)
                out[i] = table::read(constant, &constant.values[from + i]);
        }

        // Output row `row` if it is of operand `Index`, else that of those after it.
        template <int Index, class... Rest, class In, class... More>
        static void put_row(detail::list<FromMap, Rest...>, int32_t row, int8_t* out, In in,
                            More... more) {
            const int32_t at = row % turn.before[count] - turn.before[Index];
            if (at < turn.sizes[Index])
                kernel::copy(bytes_at(in.row(static_cast<int>(
                                 row / turn.before[count] * turn.sizes[Index] + at))),
                             out, Output::row_bytes, Arch{});
            else
                put_row<Index + 1>(detail::list<Rest...>{}, row, out, more...);
        }
        template <int Index, class Bytes, class... Rest, class... Ins>
        static void put_row(detail::list<Bytes, Rest...>, int32_t row, int8_t* out, Ins... ins) {
            const int32_t at = row % turn.before[count] - turn.before[Index];
            if (at < turn.sizes[Index])
                put_constant<Bytes>(
                    (row / turn.before[count] * turn.sizes[Index] + at) * Output::row_bytes, out,
                    Output::row_bytes);
            else
                put_row<Index + 1>(detail::list<Rest...>{}, row, out, ins...);
        }
        template <int Index>
        static void put_row(detail::list<>, int32_t, int8_t*) {}

        // The parts of row `row` that are of operand `Index` and those after it.
        template <int Index, class... Rest, class In, class... More>
        static void put_parts(detail::list<FromMap, Rest...>, int row, int8_t* out, In in,
                              More... more) {
            const int8_t* from = bytes_at(in.row(row));
            for (int32_t o = 0; o < Outer; ++o)
                kernel::copy(from + o * turn.sizes[Index],
                             out + o * turn.before[count] + turn.before[Index], turn.sizes[Index],
                             Arch{});
            put_parts<Index + 1>(detail::list<Rest...>{}, row, out, more...);
        }
        template <int Index, class Bytes, class... Rest, class... Ins>
        static void put_parts(detail::list<Bytes, Rest...>, int row, int8_t* out, Ins... ins) {
            for (int32_t o = 0; o < Outer; ++o)
                put_constant<Bytes>((row * Outer + o) * turn.sizes[Index],
                                    out + o * turn.before[count] + turn.before[Index],
                                    turn.sizes[Index]);
            put_parts<Index + 1>(detail::list<Rest...>{}, row, out, ins...);
        }
        template <int Index>
        static void put_parts(detail::list<>, int, int8_t*) {}

        template <class Operand, class Unused = void>
        struct Flash {
            static constexpr int32_t bytes = Operand::size;
        };
        template <class Unused>
        struct Flash<FromMap, Unused> {
            static constexpr int32_t bytes = 0;
        };

       public:
        static constexpr Windows windows = find_windows();

        /// The call that picks the kernel: see kernel/serving.hpp.
        template <class Tag>
        static auto pick(Tag tag) -> decltype(kernel::copy(nullptr, nullptr, 0, tag));

        static constexpr int32_t table_bytes() { return (Flash<Operands>::bytes + ...); }

        template <class Out, class... Ins>
        static void rows(int first, int last, Out out, Ins... ins) {
            for (int row = first; row < last; ++row) {
                if (by_rows)
                    put_row<0>(All{}, row, bytes_at(out.row(row)), ins...);
                else
                    put_parts<0>(All{}, row, bytes_at(out.row(row)), ins...);
            }
        }
    };
};

}  // namespace mote
