// When rows come and go, as lines: in closed form, whatever the number of rows.
#pragma once

#include <stdint.h>

#include "../detail/array.hpp"
#include "../detail/integer.hpp"

namespace mote {
namespace plan {

/// Row r comes at start + pace * r.
struct Line {
    int32_t start;
    int32_t pace;

    constexpr int32_t at(int row) const { return start + pace * row; }
};

constexpr int no_row = static_cast<int>(~0U >> 1);

/// When a node reads rows for the last time: its turn t comes at turns.at(t), and row r is read
/// last in turn (r + before) / stride, or in the last turn.
struct Read {
    Line turns;
    int32_t last_turn;
    int before;
    int stride;

    constexpr int32_t turn(int row) const {
        return detail::smaller<int32_t>((row + before) / stride, last_turn);
    }
    constexpr int32_t last(int row) const { return turns.at(detail::as_int(turn(row))); }

    /// The first of `rows` rows that is still read at `time`, or no_row.
    constexpr int first_alive(int32_t time, int rows) const {
        if (time <= last(0)) return 0;
        if (time > last(rows - 1)) return no_row;
        const int32_t due = (time - turns.start + turns.pace - 1) / turns.pace;
        return static_cast<int>(due) * stride - before;
    }

    /// Whether each of `rows` rows has been read when `writes` comes to it. The time between grows
    /// within a turn and is linear from turn to turn: it is least at the first turn, at the second
    /// or at the last.
    constexpr bool over_before(const Line& writes, int rows) const {
        if (last(0) >= writes.start) return false;
        const int32_t end = turn(rows - 1);
        const int32_t second = turn(0) + 1;
        if (second > end) return true;
        return in_time(writes, second) && in_time(writes, end);
    }

   private:
    constexpr bool in_time(const Line& writes, int32_t turn) const {
        return turns.at(detail::as_int(turn)) < writes.at(detail::as_int(turn) * stride - before);
    }
};

/// Rows of a map, each of `row_bytes`: when they are written, and how they are read.
struct RowsAt {
    int rows;
    int32_t row_bytes;
    Line written;
};

/// How far from the first row of a map that is read by `read` another may begin so that each of its
/// rows ends before the first row that is still read when it is written: the least over all rows,
/// or `none` when nothing is read any more.
struct Gap {
    static constexpr int32_t none = 0x7fffffff;

    Read read;
    int rows;
    int32_t row_bytes;
    RowsAt moving;

    constexpr int32_t at(int row) const {
        return read.first_alive(moving.written.at(row), rows) * row_bytes -
               (row + 1) * moving.row_bytes;
    }
    /// The last row of `moving` that is written at `time` or before; -1: none.
    constexpr int last_written(int32_t time) const {
        const Line& written = moving.written;
        if (time < written.start) return -1;
        if (written.pace == 0) return moving.rows - 1;
        return detail::as_int(
            detail::smaller<int32_t>((time - written.start) / written.pace, moving.rows - 1));
    }
    constexpr int32_t least() const {
        const int last = last_written(read.last(rows - 1));
        if (last < 0) return none;
        int32_t result = at(last);
        if (moving.written.pace == 0) return result;
        // While the first row is still read, later rows reach further.
        const int first = last_written(read.last(0));
        if (first >= 0) result = detail::smaller(result, at(first));
        if (first >= last) return result;
        result = detail::smaller(result, at(first + 1));
        const int32_t pace = moving.written.pace;
        if (read.turns.pace > pace && read.turns.pace % pace == 0) {
            // Turns take several rows each, the same number: the last row of each turn counts.
            const int32_t turn = turn_after(last);
            result = detail::smaller(result, at(last_before(turn_after(first + 1))));
            if (last_before(turn - 1) > first)
                result = detail::smaller(result, at(last_before(turn - 1)));
        } else if (pace % read.turns.pace != 0) {
            for (int row = first + 2; row < last; ++row) result = detail::smaller(result, at(row));
        }
        return result;
    }

   private:
    /// The turn that first comes once `row` is written.
    constexpr int32_t turn_after(int row) const {
        return (moving.written.at(row) - read.turns.start + read.turns.pace - 1) / read.turns.pace;
    }
    constexpr int last_before(int32_t turn) const {
        return last_written(read.turns.at(detail::as_int(turn)));
    }
};

}  // namespace plan
}  // namespace mote
