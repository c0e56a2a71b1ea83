// Damages a model's bytes here and there; the same in every run.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <random>
#include <vector>

namespace damage {

using Bytes = std::vector<unsigned char>;

class Damage {
   public:
    explicit Damage(unsigned seed) : random_(seed) {}

    /// One to four changes; `other` gives the bytes for splices.
    Bytes operator()(Bytes bytes, const Bytes& other) {
        for (size_t changes = below(4) + 1; changes > 0 && bytes.size() >= 8; --changes)
            change(bytes, other);
        return bytes;
    }

   private:
    std::mt19937 random_;

    size_t below(size_t end) { return random_() % end; }

    static void put(Bytes& bytes, size_t at, uint32_t word) {
        std::memcpy(&bytes[at], &word, sizeof word);
    }
    static uint32_t word(const Bytes& bytes, size_t at) {
        uint32_t result = 0;
        std::memcpy(&result, &bytes[at], sizeof result);
        return result;
    }

    void change(Bytes& bytes, const Bytes& other) {
        const uint32_t size = uint32_t(bytes.size());
        const uint32_t interesting[] = {
            0,           1,           2,           4,        127,        128,
            255,         0x7fff,      0x8000,      0xffff,   0x7fffffff, 0x80000000U,
            0xffffffffU, 0xfffffffeU, 0xfffffffcU, size,     size - 1,   size - 4,
            0x3f800000,  0x7f800000,  0x7fc00000,  1U << 20, 1U << 27,   0x40000000};
        const size_t at = below(size - 3);
        const size_t place = at / 4 * 4;
        switch (below(8)) {
            case 0:
                bytes[at] = static_cast<unsigned char>(bytes[at] ^ (1U << below(8)));
                break;
            case 1:
                bytes[at] = static_cast<unsigned char>(below(256));
                break;
            case 2:
                bytes.resize(below(size));
                break;
            case 3:
                put(bytes, place, interesting[below(sizeof interesting / sizeof *interesting)]);
                break;
            case 4:
                put(bytes, place, word(bytes, place) + uint32_t(below(17)) - 8);
                break;
            case 5: {
                const size_t elsewhere = below(size / 4) * 4;
                const uint32_t here = word(bytes, place);
                put(bytes, place, word(bytes, elsewhere));
                put(bytes, elsewhere, here);
                break;
            }
            case 6: {
                const size_t from = below(other.size());
                const size_t length = std::min({below(64) + 1, size - at, other.size() - from});
                std::copy_n(&other[from], length, &bytes[at]);
                break;
            }
            default: {
                const size_t length = std::min(4 * (below(8) + 1), size - place);
                bytes.erase(bytes.begin() + std::ptrdiff_t(place),
                            bytes.begin() + std::ptrdiff_t(place + length));
                break;
            }
        }
    }
};

}  // namespace damage
