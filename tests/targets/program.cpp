// Both sources must give the golden answers, whichever copy of a function the linker kept.
#include <cstdio>
#include <cstring>
#include <vector>

#include "targets/answers.hpp"

namespace {

std::vector<int8_t> read(const char* path) {
    std::vector<int8_t> bytes;
    std::FILE* file = std::fopen(path, "rb");
    if (file == nullptr) return bytes;
    for (int byte = std::fgetc(file); byte != EOF; byte = std::fgetc(file))
        bytes.push_back(static_cast<int8_t>(byte));
    std::fclose(file);
    return bytes;
}

int wrong(const char* name, void (*compute)(const int8_t*, int8_t*),
          const std::vector<int8_t>& images, const std::vector<int8_t>& scores) {
    int count = 0;
    for (size_t n = 0; n < scores.size() / 10; ++n) {
        int8_t found[10] = {};
        compute(&images[n * 64], found);
        if (std::memcmp(found, &scores[n * 10], 10) != 0) ++count;
    }
    if (count != 0) std::printf("%s: %d wrong\n", name, count);
    return count;
}

}  // namespace

/// program IMAGES SCORES
int main(int count, char** arguments) {
    if (count != 3) return 2;
    const std::vector<int8_t> images = read(arguments[1]);
    const std::vector<int8_t> scores = read(arguments[2]);
    if (scores.empty() || images.size() * 10 != scores.size() * 64) return 2;
    int failed = 0;
    for (const Answers* source : {&plain, &better}) {
        const bool first = source == &plain;
        failed += wrong(first ? "plain" : "better", source->digits, images, scores);
        failed += wrong(first ? "plain, pushed" : "better, pushed", source->pushed_digits, images,
                        scores);
        failed += wrong(first ? "plain, portable" : "better, portable", source->portable_digits,
                        images, scores);
    }
    if (plain.layers() != better.layers() || plain.streamed() != better.streamed()) {
        std::printf("layers: %ld and %ld, streamed: %ld and %ld\n", long(plain.layers()),
                    long(better.layers()), long(plain.streamed()), long(better.streamed()));
        ++failed;
    }
    if (std::strcmp(plain.cpu(), better.cpu()) == 0) {
        std::printf("both sources have the kernels of %s\n", plain.cpu());
        ++failed;
    }
    if (failed == 0)
        std::printf("%s and %s: %ld images right\n", plain.cpu(), better.cpu(),
                    long(scores.size() / 10));
    return failed != 0;
}
