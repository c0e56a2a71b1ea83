// Reads FlatBuffers, in constant expressions and at run time. Knows no schema and no operators.
//
// Every read is checked against the size. A read outside gives 0 and sets `fault`, so that code on
// top may go on and ask once at the end. Nothing recurses: loops of offsets cannot hang a reader.
#pragma once

#include <stdint.h>

namespace mote {
namespace flatbuffer {

/// Elements of a vector: position of the first, and how many.
struct Vector {
    uint32_t at;
    uint32_t length;
};

struct Reader {
    const unsigned char* data;
    uint32_t size;
    bool fault;

    constexpr bool holds(uint32_t at, uint32_t bytes) {
        const bool inside = at <= size && bytes <= size - at;
        fault = fault || !inside;
        return inside;
    }

    constexpr uint32_t u8(uint32_t at) { return holds(at, 1) ? data[at] : 0U; }
    constexpr uint32_t u16(uint32_t at) {
        return holds(at, 2) ? data[at] | static_cast<uint32_t>(data[at + 1]) << 8 : 0U;
    }
    constexpr uint32_t u32(uint32_t at) {
        return holds(at, 4) ? data[at] | static_cast<uint32_t>(data[at + 1]) << 8 |
                                  static_cast<uint32_t>(data[at + 2]) << 16 |
                                  static_cast<uint32_t>(data[at + 3]) << 24
                            : 0U;
    }
    constexpr int32_t i32(uint32_t at) { return static_cast<int32_t>(u32(at)); }

    /// The position that the offset stored at `at` points to.
    constexpr uint32_t follow(uint32_t at) {
        const uint32_t offset = u32(at);
        return offset != 0 && !fault && offset < size - at ? at + offset : failed();
    }

    constexpr uint32_t root() { return follow(0); }

    /// Position of field `slot` of the table at `table`; 0 when the field has its default.
    constexpr uint32_t field(uint32_t table, int slot) {
        const uint32_t vtable = table - u32(table);
        if (table == 0 || !holds(vtable, 4)) return failed();
        const uint32_t entry = 4 + 2 * static_cast<uint32_t>(slot);
        const uint32_t length = u16(vtable);
        if (!holds(vtable, length)) return 0;
        if (entry + 2 > length) return 0;
        const uint32_t offset = u16(vtable + entry);
        if (offset == 0) return 0;
        return offset < u16(vtable + 2) && holds(table, offset) ? table + offset : failed();
    }

    constexpr uint32_t u8_field(uint32_t table, int slot, uint32_t otherwise) {
        const uint32_t at = field(table, slot);
        return at == 0 ? otherwise : u8(at);
    }
    constexpr int32_t i32_field(uint32_t table, int slot, int32_t otherwise) {
        const uint32_t at = field(table, slot);
        return at == 0 ? otherwise : i32(at);
    }
    constexpr uint32_t u32_field(uint32_t table, int slot, uint32_t otherwise) {
        const uint32_t at = field(table, slot);
        return at == 0 ? otherwise : u32(at);
    }

    constexpr uint64_t u64_field(uint32_t table, int slot) {
        const uint32_t at = field(table, slot);
        return at == 0 ? 0 : u32(at) | static_cast<uint64_t>(u32(at + 4)) << 32;
    }

    /// Position of the table in field `slot`; 0 when there is none.
    constexpr uint32_t table_field(uint32_t table, int slot) {
        const uint32_t at = field(table, slot);
        return at == 0 ? 0 : follow(at);
    }

    /// The vector in field `slot`, its elements of `element_bytes` each; empty when there is none.
    constexpr Vector vector_field(uint32_t table, int slot, uint32_t element_bytes) {
        const uint32_t at = field(table, slot);
        if (at == 0) return {0, 0};
        const uint32_t begin = follow(at);
        const uint32_t length = u32(begin);
        if (fault || length > (size - begin - 4) / element_bytes) {
            fault = true;
            return {0, 0};
        }
        return {begin + 4, length};
    }

    /// Table `index` of a vector of tables.
    constexpr uint32_t table_at(Vector tables, uint32_t index) {
        return index < tables.length ? follow(tables.at + 4 * index) : failed();
    }

   private:
    constexpr uint32_t failed() {
        fault = true;
        return 0;
    }
};

}  // namespace flatbuffer
}  // namespace mote
