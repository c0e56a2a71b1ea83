#include <doctest/doctest.h>

#include <cstddef>
#include <mote.hpp>

namespace {

using namespace mote;

/// Weights[outputs][taps], all different.
template <int Outputs, int32_t Taps>
struct Numbered {
    static constexpr int outputs = Outputs;
    static constexpr int32_t count = Outputs * Taps;
    struct Values {
        int8_t values[count];
    };
    static constexpr Values make() {
        Values made{};
        for (int32_t i = 0; i < count; ++i)
            made.values[i] = static_cast<int8_t>(i * 37 % 251 - 128);
        return made;
    }
    static constexpr Values table = make();
    static constexpr const int8_t* values() { return table.values; }
};

/// Weights in an order of `Together` outputs, padded taps included, as that order is defined.
template <class Weights, class Order, int Together, int32_t Padded>
void check_groups() {
    constexpr int32_t taps = Weights::count / Weights::outputs;
    using Layout = kernel::Groups<Together, 0, Weights::outputs, taps, false, Padded>;
    static constexpr auto table = detail::Assembled<kernel::Packed<Weights, Order, Layout>>::value;
    const int8_t* packed = table;
    for (int32_t first = 0; first < Weights::outputs; first += Together)
        for (int32_t tap = 0; tap < Padded; ++tap)
            for (int32_t output = first; output < first + Together; ++output)
                REQUIRE(*packed++ ==
                        (output < Weights::outputs && tap < taps
                             ? Weights::values()[output * Order::template output_step<Weights> +
                                                 tap * Order::template tap_step<Weights>]
                             : 0));
    CHECK(packed - static_cast<const int8_t*>(table) == static_cast<ptrdiff_t>(sizeof(table)));
}

template <class Weights, class Order>
void check_sums() {
    constexpr int32_t taps = Weights::count / Weights::outputs;
    for (int32_t output = 0; output < Weights::outputs; ++output) {
        int32_t sum = 0;
        int32_t positive = 0;
        for (int32_t tap = 0; tap < taps; ++tap) {
            const int8_t weight = Weights::values()[output * Order::template output_step<Weights> +
                                                    tap * Order::template tap_step<Weights>];
            sum += weight;
            positive += weight > 0 ? weight : 0;
        }
        REQUIRE(kernel::sum_of_weights<Weights, Order>(output) == sum);
        REQUIRE(kernel::sum_of_weights<Weights, Order, kernel::Summed::positive>(output) ==
                positive);
    }
}

}  // namespace

TEST_CASE("packed weights: tables of several blocks, in every order") {
    check_groups<Numbered<9, 5000>, kernel::ByOutput, 4, 5000>();
    check_groups<Numbered<9, 5000>, kernel::ByTap, 4, 5000>();
    check_groups<Numbered<8, 4999>, kernel::ByOutput, 4, 5003>();
    check_groups<Numbered<3, 17>, kernel::ByTap, 16, 18>();
    check_groups<Numbered<2, 40000>, kernel::ByOutput, 1, 40000>();
}

TEST_CASE("sums of weights: short, and in pieces") {
    check_sums<Numbered<9, 31>, kernel::ByOutput>();
    check_sums<Numbered<9, 32>, kernel::ByTap>();
    check_sums<Numbered<3, 1001>, kernel::ByTap>();
    check_sums<Numbered<2, 40000>, kernel::ByOutput>();
}
