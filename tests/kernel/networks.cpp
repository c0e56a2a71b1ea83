// One program holds a network for each CPU that the compiler's flags allow: all give what the
// portable one gives, layer by layer.
#include "kernel/cases.hpp"
#include "parts.hpp"

namespace {

using namespace kernels;
using namespace mote;

template <int Outputs, int Height, int Width, int Depth>
using Windows = parts::Weights<Outputs, Height, Width, Depth>;

using Layers = Network<parts::Input<12, 6, 4>, Pad<Border<1, 1>>,
                       Conv2D<Windows<16, 3, 3, 4>, parts::tenth, Strides<1>, Valid, Relu>,
                       DepthwiseConv2D<Windows<16, 3, 3, 1>, parts::tenth, Strides<1>, Same>,
                       Branch<Path<Quantize<parts::tenth, Relu>>, Path<>, Add<parts::tenth>>,
                       Conv2D<Windows<20, 1, 1, 16>, parts::tenth>, MaxPool2D<Pool<2, 2>>,
                       AveragePool2D<Pool<2, 1>>, Flatten, parts::Dense<5, 3 * 3 * 20>, Softmax<>>;
using Averaged = Network<parts::Input<6, 5, 9>, AveragePool2D<Pool<6, 5>>, parts::Dense<3, 9>>;
using Largest = Network<parts::Input<6, 5, 9>, MaxPool2D<Pool<6, 5>>, parts::Dense<3, 9>>;

/// One number for all that the layers of a network gave.
struct Digest {
    uint32_t value = 0;

    template <class Facts, class Band>
    void operator()(Facts, Band band) {
        for (int32_t i = 0; i < band.size(); ++i)
            value = next(value + static_cast<uint8_t>(band.data()[i]) +
                         static_cast<uint32_t>(Facts::index));
    }
};

template <class Net>
uint32_t digest(int variant) {
    static Net net;
    int8_t values[Net::Input::size];
    fill(values, Net::Input::size, variant);
    Digest digest;
    net(values, digest);
    return digest.value;
}

template <class Graph, class Plan>
void compare() {
    for (int variant = 0; variant < variants; ++variant) {
        const uint32_t wanted = digest<Runner<Graph, Plan, arch::portable>>(variant);
        for_each_arch([&](auto tag) {
            CAPTURE(tag.name());
            CHECK(digest<Runner<Graph, Plan, decltype(tag)>>(variant) == wanted);
        });
    }
}

bool equal(const char* left, const char* right) {
    for (; *left != 0 && *left == *right; ++left, ++right) {
    }
    return *left == *right;
}

}  // namespace

TEST_CASE("networks of several CPUs in one program") {
    compare<Layers::Graph, plan::LeastRam>();
    compare<Layers::Graph, plan::LayerByLayer>();
    compare<Averaged::Graph, plan::PushedRows>();
    compare<Largest::Graph, plan::PushedRows>();
}

TEST_CASE("each has the kernels of its own CPU") {
    for_each_arch([&](auto tag) {
        using Net = Runner<Layers::Graph, plan::LeastRam, decltype(tag)>;
        CHECK(equal(Net::Arch::name(), tag.name()));
        CHECK(equal(Net::template Layer<1>::kernel(), tag.name()));
    });
    using Portable = Runner<Layers::Graph, plan::LeastRam, arch::portable>;
    CHECK(equal(Portable::Layer<1>::kernel(), "portable"));
    using Rebound = Runner<Portable::Graph, plan::LeastRam>;
    CHECK(detail::is_same<Layers::Graph, Rebound::Graph>::value);
}
