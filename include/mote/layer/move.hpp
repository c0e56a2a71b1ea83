// out[i0][i1]... = in[sum over the axes k of Map::from(k, ik)], or a fill: layers that move values
// and change none.
//
// ShapeType  the output's; as many values as the axes of the map have together.
// Map        axes()            how many axes the output has; the first of them make up its rows
//            count(axis)       its extent
//            from(axis, i)     what index i adds to where in the input a value is from;
//                              kernel::outside: there is none, and the output is the fill
// Fill       as in Pad.
#pragma once

#include "../kernel/kernel.hpp"
#include "pad.hpp"
#include "standing.hpp"

namespace mote {

/// Numbers as a type: dimensions, axes, indices.
template <int32_t... Values>
struct Numbers {
    static constexpr int size = sizeof...(Values);
    static constexpr int32_t at(int index) {
        const int32_t values[] = {Values..., 0};
        return values[index];
    }
    /// The product of the numbers from `first` to before `last`.
    static constexpr int32_t product(int first, int last) {
        const int32_t values[] = {Values..., 0};
        int32_t result = 1;
        for (int i = first; i < last; ++i) result *= values[i];
        return result;
    }
    /// Of dimensions: how far apart indices of `axis` lie.
    static constexpr int32_t step(int axis) { return product(axis + 1, size); }
};

/// What holds for most maps: no axis depends on another one.
struct SeparateAxes {
    static constexpr int on(int) { return -1; }
    static constexpr int32_t from(int, int32_t, int32_t) { return 0; }
};

/// What a map comes to: axes of one index left out, neighbours that go on in equal steps as one.
template <class Map>
struct MoveOf {
    using Plan = kernel::MovePlan;

   private:
    static constexpr bool affine(int axis) {
        if (Map::on(axis) >= 0) return false;
        const int32_t count = Map::count(axis), first = Map::from(axis, 0, 0);
        if (first == kernel::outside) return false;
        const int32_t step = step_of(axis);
        bool holds = true;
        for (int32_t i = 1; i < count && holds; ++i) {
            const int32_t found = Map::from(axis, 0, i);
            holds = found != kernel::outside && found - first == i * step;
        }
        return holds;
    }
    static constexpr int32_t step_of(int axis) {
        if (Map::count(axis) < 2) return 0;
        const int32_t second = Map::from(axis, 0, 1);
        return second == kernel::outside ? 0 : second - Map::from(axis, 0, 0);
    }
    static constexpr bool is_asked_for(int axis) {
        bool found = false;
        for (int k = 0; k < Map::axes(); ++k) found = found || Map::on(k) == axis;
        return found;
    }

    static constexpr void add(Plan& plan, int axis, int first_of_row) {
        const int32_t count = Map::count(axis);
        const bool kept = is_asked_for(axis);
        if (!affine(axis)) {
            const int on = Map::on(axis);
            plan.axes[plan.count] = {count, 0, plan.entries, on};
            plan.entries += count * (on < 0 ? 1 : Map::count(on));
            ++plan.count;
            return;
        }
        plan.base += Map::from(axis, 0, 0);
        if (count == 1 && !kept) return;
        const int32_t step = step_of(axis);
        if (plan.count > first_of_row && !kept && plan.axes[plan.count - 1].affine() &&
            plan.axes[plan.count - 1].on == -1 && plan.axes[plan.count - 1].step == count * step) {
            plan.axes[plan.count - 1].count *= count;
            plan.axes[plan.count - 1].step = step;
            return;
        }
        // Only axes that another one depends on say so here, until all are found.
        plan.axes[plan.count] = {count, step, -1, kept ? -2 - axis : -1};
        ++plan.count;
    }

    static constexpr Plan make(int32_t height) {
        Plan plan{};
        plan.run = 1;
        int axis = 0;
        for (int32_t rows = 1; axis < Map::axes() && (rows < height || Map::count(axis) == 1);
             ++axis) {
            rows *= Map::count(axis);
            add(plan, axis, 0);
        }
        plan.rows = plan.count;
        const int first = plan.count;
        for (; axis < Map::axes(); ++axis) add(plan, axis, first);
        if (plan.count > plan.rows && plan.axes[plan.count - 1].affine() &&
            plan.axes[plan.count - 1].step == 1 && plan.axes[plan.count - 1].on == -1)
            plan.run = plan.axes[--plan.count].count;
        for (int k = 0; k < plan.count; ++k) {
            if (!plan.axes[k].affine() && plan.axes[k].on >= 0) {
                const int wanted = -2 - plan.axes[k].on;
                int found = 0;
                while (plan.axes[found].on != wanted) ++found;
                plan.axes[k].on = found;
            }
        }
        return plan;
    }

    static constexpr bool fill_found() {
        bool found = false;
        for (int axis = 0; axis < Map::axes(); ++axis) {
            const int32_t outer = Map::on(axis) < 0 ? 1 : Map::count(Map::on(axis));
            for (int32_t k = 0; k < outer; ++k)
                for (int32_t i = 0; i < Map::count(axis); ++i)
                    found = found || Map::from(axis, k, i) == kernel::outside;
        }
        return found;
    }

   public:
    template <int32_t Height>
    struct At {
        static constexpr Plan plan = make(Height);

        /// Offsets of the axes that have no equal steps.
        static constexpr auto offsets() {
            kernel::MoveOffsets<Map, (plan.entries == 0 ? 1 : plan.entries)> made{};
            int32_t next = 0;
            for (int axis = 0; axis < Map::axes(); ++axis) {
                if (!affine(axis)) {
                    const int32_t outer = Map::on(axis) < 0 ? 1 : Map::count(Map::on(axis));
                    for (int32_t k = 0; k < outer; ++k)
                        for (int32_t i = 0; i < Map::count(axis); ++i)
                            made.offsets[next++] = Map::from(axis, k, i);
                }
            }
            return made;
        }

        // Where from the values of a row are, beside the row: the first and the last.
        static constexpr int32_t reach(bool last) {
            int32_t sum = plan.base + (last ? plan.run - 1 : 0);
            for (int k = plan.rows; k < plan.count; ++k) {
                const int32_t far = plan.axes[k].step * (plan.axes[k].count - 1);
                if ((far > 0) == last) sum += far;
            }
            return sum;
        }
    };
    static constexpr bool fills = fill_found();
};

/// The map of the bytes of elements; fills are of bytes that are all alike.
template <class Map, int Bytes>
struct InBytes {
    static constexpr int axes() { return Map::axes() + 1; }
    static constexpr int32_t count(int axis) {
        return axis < Map::axes() ? Map::count(axis) : int32_t{Bytes};
    }
    static constexpr int on(int axis) { return axis < Map::axes() ? Map::on(axis) : -1; }
    static constexpr int32_t from(int axis, int32_t outer, int32_t index) {
        if (axis == Map::axes()) return index;
        const int32_t element = Map::from(axis, outer, index);
        return element == kernel::outside ? element : Bytes * element;
    }
};
template <class Map>
struct InBytes<Map, 1> : Map {};

template <class ShapeType, class Map, class Fill = ZeroPoint>
struct Move {
    static MOTE_INLINE constexpr const char* name() { return Map::name(); }

    template <class ArchType, class InputType>
    struct On : Rowwise {
        using Arch = ArchType;
        using Input = InputType;
        using Output = Tensor<typename Input::Element, ShapeType, typename Input::Quantization>;

        static constexpr int32_t macs = 0;
        static constexpr bool fills = MoveOf<Map>::fills;
        static constexpr int8_t fill =
            static_cast<int8_t>(Fill::template value<typename Input::Quantization>());

       private:
        using Moved =
            typename MoveOf<InBytes<Map, static_cast<int>(sizeof(typename Input::Element))>>::
                template At<ShapeType::height>;
        static constexpr kernel::MovePlan whole = Moved::plan;
        static constexpr int32_t row_size = Input::row_bytes;
        static constexpr int32_t first_row = Moved::reach(false) / row_size;
        static constexpr int32_t row_step =
            whole.rows == 1 && whole.axes[0].affine() ? whole.axes[0].step / row_size : 0;

        static constexpr kernel::MovePlan moved_to_row() {
            kernel::MovePlan moved = whole;
            if (row_by_row) moved.base -= first_row * row_size;
            return moved;
        }

        template <class Unused = void>
        struct Kernel {
            static inline constexpr auto table MOTE_FLASH = Moved::offsets();
        };

       public:
        static constexpr bool reorders =
            !fills && whole.entries == 0 && Output::size == Input::size;
        /// Each output row is from one input row, and these go down in equal steps.
        static constexpr bool row_by_row =
            !fills && whole.entries == 0 && Moved::reach(true) / row_size == first_row &&
            (whole.rows == 0 ||
             (whole.rows == 1 && row_step >= 1 && whole.axes[0].step % row_size == 0));
        static constexpr kernel::MovePlan plan = moved_to_row();
        static constexpr RowWindow window =
            row_by_row ? RowWindow{1, whole.rows == 0 ? 1 : static_cast<int>(row_step), 1,
                                   -static_cast<int>(first_row)}
                       : all_rows(Input::Shape::height);

        /// A row is one run of values, and begins where kernels want it (kernel/kernel.hpp).
        static constexpr bool may_stand =
            row_by_row && plan.count == plan.rows && plan.base % 4 == 0 && row_size % 4 == 0;
        using Standing = mote::Standing<
            ShapeType, static_cast<int>(first_row), window.stride,
            may_stand ? plan.base / static_cast<int32_t>(sizeof(typename Input::Element)) : 0>;

        /// The call that picks the kernel: see kernel/serving.hpp.
        template <class Tag>
        static auto pick(Tag tag)
            -> decltype(kernel::move_row<On>(kernel::NoOffsets{}, nullptr, 0, nullptr, tag));

        static constexpr int32_t table_bytes() { return whole.entries * int32_t{4}; }

        template <class Out, class In>
        static void rows(int first, int last, Out out, In in) {
            for (int row = first; row < last; ++row) {
                const int8_t* from =
                    bytes_at(in.row(row_by_row ? row * window.stride - window.before : 0));
                int8_t* to = bytes_at(out.row(row));
                if constexpr (whole.entries == 0)
                    kernel::move_row<On>(kernel::NoOffsets{}, from, row, to, Arch{});
                else
                    kernel::move_row<On>(table::of<Kernel<>>(), from, row, to, Arch{});
            }
        }
    };
};

}  // namespace mote
