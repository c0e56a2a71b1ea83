// models/digits.tflite written by hand: the same network as the imported one.
#include "digits_file.h"
#include "models/golden.hpp"

namespace {

using mote::detail::make_sequence_t;
using mote::detail::sequence;

// The trained numbers, taken from the file by tensor index as constexpr arrays.

struct File {
    static constexpr mote::tflite::TensorInfo tensor(int index) {
        mote::tflite::Model model = mote::tflite::open(digits_file, sizeof digits_file);
        return model.tensor(index);
    }
    static constexpr uint32_t word(uint32_t at) {
        return mote::flatbuffer::Reader{digits_file, sizeof digits_file, false}.u32(at);
    }
};

template <int Tensor, class Indices>
struct Bytes;
template <int Tensor, int... Indices>
struct Bytes<Tensor, sequence<Indices...>> {
    static constexpr uint32_t at = File::tensor(Tensor).data.at;
    static constexpr int8_t values[] = {static_cast<int8_t>(digits_file[at + Indices])...};
};

template <int Tensor, class Indices>
struct Numbers;
template <int Tensor, int... Indices>
struct Numbers<Tensor, sequence<Indices...>> {
    static constexpr uint32_t at = File::tensor(Tensor).data.at;
    static constexpr int32_t values[] = {static_cast<int32_t>(File::word(at + 4 * Indices))...};
};

template <int Tensor, class Indices>
struct Scales;
template <int Tensor, int... Indices>
struct Scales<Tensor, sequence<Indices...>> {
    static constexpr uint32_t at = File::tensor(Tensor).scales.at;
    static constexpr float values[] = {mote::detail::float_of(File::word(at + 4 * Indices))...};
};

template <int WeightTensor, int BiasTensor, int Outputs, int Height, int Width, int Depth>
using Weights =
    mote::Weights<Outputs, Height, Width, Depth,
                  Bytes<WeightTensor, make_sequence_t<Outputs * Height * Width * Depth>>::values,
                  mote::PerChannel<Scales<WeightTensor, make_sequence_t<Outputs>>::values>,
                  mote::Bias<Numbers<BiasTensor, make_sequence_t<Outputs>>::values>>;

// The network.

struct ink {
    static constexpr float scale = 1 / 255.0f;
    static constexpr int zero_point = -128;
};
struct edges {
    static constexpr float scale = 0.018024824559688568f;
    static constexpr int zero_point = -128;
};
struct corners {
    static constexpr float scale = 0.02463286928832531f;
    static constexpr int zero_point = -128;
};
struct strokes {
    static constexpr float scale = 0.03442210331559181f;
    static constexpr int zero_point = -128;
};
struct mixed {
    static constexpr float scale = 0.036771781742572784f;
    static constexpr int zero_point = -128;
};
struct scores {
    static constexpr float scale = 0.19226714968681335f;
    static constexpr int zero_point = -13;
};

using namespace mote;

using ByHand = Network<                                                            //
    Input<Shape<8, 8, 1>, ink>,                                                    //
    Conv2D<Weights<11, 10, 8, 3, 3, 1>, edges, Strides<1>, Same, Relu>,            //
    MaxPool2D<Pool<2>>,                                                            //
    Conv2D<Weights<9, 8, 24, 3, 3, 8>, corners, Strides<1>, Same, Relu>,           //
    DepthwiseConv2D<Weights<7, 6, 24, 3, 3, 1>, strokes, Strides<1>, Same, Relu>,  //
    Conv2D<Weights<5, 4, 32, 1, 1, 24>, mixed, Strides<1>, Valid, Relu>,           //
    MaxPool2D<Pool<2>>,                                                            //
    Reshape<Shape<1, 1, 128>>,                                                     //
    Dense<Weights<3, 2, 10, 1, 1, 128>, scores>,                                   //
    Softmax<>>;

using Imported = tflite::Import<digits_file>;

template <int Index>
void check_layer() {
    using Hand = ByHand::Layer<Index>;
    using FromFile = Imported::Layer<Index>;
    CHECK(Hand::macs == FromFile::macs);
    CHECK(Hand::flash_bytes() == FromFile::flash_bytes());
    CHECK(std::string(Hand::name()) == FromFile::name());
    CHECK(detail::is_same<typename Hand::Output, typename FromFile::Output>::value);
    CHECK(detail::is_same<typename Hand::Inputs, typename FromFile::Inputs>::value);
    CHECK(ByHand::offset(Index) == Imported::offset(Index));
    CHECK(Hand::tensor == -1);
    CHECK(FromFile::tensor == 12 + Index);
}

template <int... Indices>
void check_layers(sequence<Indices...>) {
    (check_layer<Indices>(), ...);
}

}  // namespace

TEST_CASE("digits by hand gives the golden answers") {
    golden::check<ByHand>(MOTE_TESTS "/models/digits");
}

TEST_CASE("digits by hand has the facts of the imported one") {
    static_assert(ByHand::layers == 9 && Imported::layers == 9, "");
    CHECK(ByHand::ram_bytes == Imported::ram_bytes);
    CHECK(ByHand::flash_bytes == Imported::flash_bytes);
    CHECK(ByHand::macs == Imported::macs);
    CHECK(detail::is_same<ByHand::Input, Imported::Input>::value);
    CHECK(detail::is_same<ByHand::Output, Imported::Output>::value);
    check_layers(make_sequence_t<ByHand::layers>{});
}
