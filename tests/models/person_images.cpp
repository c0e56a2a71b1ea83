// The photographs of TensorFlow Lite Micro's person detection: one with a person, one without.
#include "models/golden.hpp"
#include "person_detect_file.h"

namespace {

using Network = mote::tflite::Import<person_detect_file>;

/// The pixels of a grey bitmap of the network's size. 128 has been taken off them already: shown as
/// they are, bright and dark places have changed sides.
golden::Bytes pixels(const std::string& path) {
    golden::Bytes file = golden::read(path);
    const auto byte = [&](size_t at) { return size_t{static_cast<uint8_t>(file.at(at))}; };
    const size_t width = byte(18) | byte(19) << 8;
    const size_t height = byte(22) | byte(23) << 8;
    REQUIRE(width == size_t{Network::Input::Shape::width});
    REQUIRE(height == size_t{Network::Input::Shape::height});
    REQUIRE(byte(28) == 8);  // bits a pixel
    const size_t begin = byte(10) | byte(11) << 8;
    golden::Bytes image;
    // The lowest row comes first.
    for (size_t row = height; row-- > 0;)
        for (size_t column = 0; column < width; ++column)
            image.push_back(file.at(begin + row * width + column));
    return image;
}

/// Output 0 is "no person", output 1 "person".
int person_in(const char* name) {
    static Network network;
    const auto scores = network(pixels(std::string(MOTE_SHARED "/inputs/") + name).data());
    MESSAGE(std::string(name), ": person ", 100 * scores.dequantized(1), " %");
    return scores.argmax();
}

}  // namespace

TEST_CASE("person_detect: finds the person in a photograph, and none in the other") {
    CHECK(person_in("person.bmp") == 1);
    CHECK(person_in("no_person.bmp") == 0);
}
