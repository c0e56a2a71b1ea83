// On a Cortex-M: a timer's interrupt pushes rows into one network while the program runs others, of
// the same type too. All answers must be those of an undisturbed network.
#include <doctest/doctest.h>

#include <mote.hpp>

#include "parts.hpp"

namespace {

template <class Plan>
using Planned = mote::PlannedNetwork<
    Plan, parts::Input<16, 12, 4>, parts::Conv<8, 3, 4>,
    mote::DepthwiseConv2D<parts::Weights<8, 3, 3, 1>, parts::tenth>, parts::Conv<6, 1, 8>,
    mote::MaxPool2D<mote::Pool<2>>,
    mote::Branch<mote::Path<parts::Conv<6, 1, 6>>, mote::Path<>, mote::Add<parts::tenth>>,
    parts::Dense<10, 144>, mote::Softmax<>>;
using Camera = Planned<mote::plan::PushedRows>;
using Whole = Planned<mote::plan::LayerByLayer>;
constexpr int images = 7;
constexpr int outputs = 10;

struct Image {
    int8_t pixels[Camera::Input::size];
};
Image image[images];
int8_t expected[images][outputs];

bool same(const int8_t* left, const int8_t* right) {
    for (int i = 0; i < outputs; ++i)
        if (left[i] != right[i]) return false;
    return true;
}

// What the handler owns, and what it leaves for the program.
Camera eye;
volatile int32_t rows_seen;
volatile int32_t images_seen;
volatile int32_t images_wrong;

// What the program was at when the handler came.
enum Work { nothing, inference, pushing, works };
volatile Work work;
volatile int32_t interrupted[works];

void on_row() {
    const int32_t row = rows_seen;
    const int32_t index = row / Camera::input_rows % images;
    interrupted[work] = interrupted[work] + 1;
    rows_seen = row + 1;
    if (!eye.push_row(&image[index].pixels[row % Camera::input_rows * Camera::input_row_size]))
        return;
    images_seen = images_seen + 1;
    if (!same(eye.output().data(), expected[index])) images_wrong = images_wrong + 1;
}

volatile uint32_t& at(uintptr_t address) { return *reinterpret_cast<volatile uint32_t*>(address); }

void start_timer(uint32_t ticks) {
    constexpr uintptr_t vtor = 0xe000ed08;
    constexpr int vectors = 16;
    alignas(128) static uint32_t table[vectors];
    const volatile uint32_t* const old = &at(at(vtor));
    for (int i = 0; i < vectors; ++i) table[i] = old[i];
    table[15] = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(&on_row));
    at(vtor) = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(table));
    at(0xe000e014) = ticks;
    at(0xe000e018) = 0;
    at(0xe000e010) = 7;
}
void stop_timer() { at(0xe000e010) = 0; }

}  // namespace

TEST_CASE("networks in an interrupt and in the program leave each other alone") {
    static Whole whole;
    static Camera other;
    uint32_t random = 1;
    for (int index = 0; index < images; ++index) {
        for (int8_t& pixel : image[index].pixels) {
            random = random * 1664525U + 1013904223U;
            pixel = static_cast<int8_t>(random >> 24);
        }
        const auto answer = whole(image[index].pixels);
        for (int i = 0; i < outputs; ++i) expected[index][i] = answer[i];
    }

    start_timer(997);
    for (int round = 0; round < 60; ++round) {
        const int index = round % images;
        work = inference;
        const bool right = same(whole(image[index].pixels).data(), expected[index]);
        work = pushing;
        const bool pushed_right = same(other(image[index].pixels).data(), expected[index]);
        work = nothing;
        CHECK(right);
        CHECK(pushed_right);
    }
    stop_timer();

    CHECK(images_seen > 5);
    CHECK(images_wrong == 0);
    // The handler came in the midst of both.
    CHECK(interrupted[inference] > 50);
    CHECK(interrupted[pushing] > 50);
    doctest::print("rows pushed by the interrupt, while a network ran, while rows were pushed: ");
    doctest::print(int64_t{rows_seen});
    doctest::print(", ");
    doctest::print(int64_t{interrupted[inference]});
    doctest::print(", ");
    doctest::print(int64_t{interrupted[pushing]});
    doctest::print("\n");
}
