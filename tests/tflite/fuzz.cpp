// The short form of fuzz_target.cpp: a hundred thousand damaged models, the same in every run. Each
// fills its allocation to the last byte, so that an address sanitizer sees a read past the end.
#include <doctest/doctest.h>

#include <cstring>
#include <memory>
#include <random>

#include "files.hpp"
#include "mote/tflite/verify.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size);

namespace {

using files::Bytes;

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

void run(const Bytes& bytes) {
    const std::unique_ptr<unsigned char[]> exact(new unsigned char[bytes.size()]);
    std::copy(bytes.begin(), bytes.end(), exact.get());
    LLVMFuzzerTestOneInput(exact.get(), bytes.size());
}

}  // namespace

TEST_CASE("no damage to a model leads a read outside") {
    std::vector<Bytes> models;
    for (const auto& path : files::models("models")) models.push_back(files::read(path));
    for (const char* layer :
         {"conv_1x1", "conv_no_bias", "depthwise_no_bias", "add_conv", "pad_nothing",
          "softmax_pixels", "average_pool_global", "conv_groups_2", "dense_rows_between_reshapes",
          "reshape_any_batch", "add_rank_3_and_4", "constants_outside"})
        models.push_back(
            files::read(files::tests + "models/layers/" + std::string(layer) + ".tflite"));
    const auto shared = files::models(MOTE_SHARED "/models");
    for (const auto& path : shared)
        if (files::name(path) == "kws_ref_model.tflite") models.push_back(files::read(path));

    Damage damage(1);
    int passed = 0;
    for (int round = 0; round < 10000; ++round) {
        for (size_t i = 0; i < models.size(); ++i) {
            const Bytes bytes = damage(models[i], models[size_t(round) % models.size()]);
            run(bytes);
            passed += mote::tflite::check(bytes.data(), uint32_t(bytes.size())).ok();
        }
    }
    // Neither all nor none: the damage has to reach every depth.
    CHECK(passed > 1000);
    CHECK(passed < 10000 * int(models.size()) * 9 / 10);
}
