// What a network takes and gives where that is not int8.
#include "cast_int32_wraps_file.h"
#include "logical_not_file.h"
#include "models/golden.hpp"
#include "real_border_file.h"
#include "several_borders_file.h"
#include "two_inputs_file.h"
#include "uint8_border_file.h"

using namespace mote;

namespace {

using Real = tflite::Import<real_border_file>;
using Whole = tflite::Import<real_border_file, plan::LayerByLayer>;
using Pushed = tflite::Import<real_border_file, plan::PushedRows>;
using Bytes = tflite::Import<uint8_border_file>;

static_assert(detail::is_same<Real::Input::Element, float>::value, "");
static_assert(detail::is_same<Real::Output::Element, float>::value, "");
static_assert(detail::is_same<Bytes::Input::Element, uint8_t>::value, "");
static_assert(Whole::ram_bytes < Real::Input::bytes + Real::Output::bytes,
              "the values as floats are in RAM");

template <class Network>
std::vector<float> run(Network& network, const float* values) {
    std::vector<float> answers;
    const auto result = network(values);
    for (const float value : result) answers.push_back(value);
    CHECK(result.size() == int32_t(answers.size()));
    return answers;
}

}  // namespace

TEST_CASE("real numbers go in by value, by element, by row and quantized") {
    Real real;
    Whole whole;
    Pushed rows;
    float values[Real::Input::size];
    for (int i = 0; i < Real::Input::size; ++i) values[i] = 0.17f * float(i % 11 - 5);
    const std::vector<float> wanted = run(real, values);
    CHECK(run(whole, values) == wanted);
    CHECK(run(rows, values) == wanted);
    for (int i = 0; i < Real::Input::size; ++i) real.input()[i] = values[i];
    real();
    for (int i = 0; i < Real::Output::size; ++i) CHECK(real.output()[i] == wanted[size_t(i)]);
    whole.quantize(values);
    whole();
    for (int i = 0; i < Real::Output::size; ++i) CHECK(whole.output()[i] == wanted[size_t(i)]);
    rows.reset();
    for (int row = 0; row < Pushed::input_rows; ++row)
        CHECK(rows.push_row(values + row * Pushed::input_row_size) ==
              (row + 1 == Pushed::input_rows));
    CHECK(rows.output()[0] == wanted[0]);
}

TEST_CASE("a result is what was computed, converted") {
    Real real;
    float values[Real::Input::size] = {1.0f, -2.0f};
    const auto result = real(values);
    int best = 0;
    for (int i = 0; i < result.size(); ++i) {
        CHECK(result[i] == result.dequantized(i));
        CHECK(result[i] == result.stored().dequantized(i));
        if (result[i] > result[best]) best = i;
    }
    CHECK(result.argmax() == best);
    // What is stored may be written as it is.
    const std::vector<int8_t> same(size_t(Real::Input::size), int8_t{7});
    for (size_t i = 0; i < same.size(); ++i) real.input().stored()[i] = same[i];
    real();
    const float first = real.output()[0];
    for (float& value : values) value = 0.0f;  // the zero point is 7
    CHECK(real(values)[0] == first);
}

TEST_CASE("each input and output has a border of its own") {
    using Several = tflite::Import<several_borders_file>;
    static_assert(Several::inputs == 2 && Several::outputs == 2, "");
    static_assert(detail::is_same<Several::InputAt<0>::Element, float>::value, "");
    static_assert(detail::is_same<Several::InputAt<1>::Element, uint8_t>::value, "");
    static_assert(detail::is_same<Several::OutputAt<0>::Element, float>::value, "");
    static_assert(detail::is_same<Several::OutputAt<1>::Element, int8_t>::value, "");
    Several several;
    for (int i = 0; i < Several::Input::size; ++i) {
        several.input<0>()[i] = 0.25f;
        several.input<1>()[i] = uint8_t(3 * i);
    }
    several();
    CHECK(several.output<1>().data() != nullptr);
    CHECK(several.output<0>()[0] != several.output<0>()[5]);
}

TEST_CASE("integers and truth are taken and given as they are") {
    using Wrapped = tflite::Import<cast_int32_wraps_file>;
    static_assert(detail::is_same<Wrapped::Input::Element, int32_t>::value, "");
    static Wrapped wrapped;
    std::vector<int32_t> numbers(size_t{Wrapped::Input::size});
    numbers[1] = 0x12345;
    numbers[2] = -3;
    const auto bytes = wrapped(numbers.data());
    CHECK(bytes[1] == 0x45);
    CHECK(bytes[2] == -3);

    using Not = tflite::Import<logical_not_file, plan::PushedRows>;
    static_assert(detail::is_same<Not::Output::Element, bool>::value, "");
    static Not negation;
    bool truth[Not::Input::size] = {true};
    const auto answer = negation(truth);
    CHECK(!answer[0]);
    CHECK(answer[1]);
}

TEST_CASE("inputs and outputs have the file's names") {
    using Two = tflite::Import<two_inputs_file>;
    CHECK(std::string(Two::input_name()) == "input");
    CHECK(std::string(Two::input_name<1>()) == "input_1");
    CHECK(std::string(Two::output_name()) == "add");
    CHECK(std::string(Real::output_name()) == "outer");
}
