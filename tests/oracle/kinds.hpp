// The maps that catalogues of layers go between.
#pragma once

#include "random_model.hpp"

namespace oracle {

/// A set that many operators do not leave, and what softmax and its kin make of some.
inline std::vector<Draft::Tensor> kinds() {
    std::vector<Draft::Tensor> all;
    const auto add = [&all](const Dims& dims, float scale, int zero) {
        all.push_back({Type::INT8, dims, {scale}, {zero}, 0, {}});
    };
    for (const Dims& dims : {Dims{1, 8, 2, 2},
                             {1, 4, 4, 2},
                             {1, 2, 4, 4},
                             {1, 16, 1, 2},
                             {1, 8, 1, 4},
                             {1, 4, 2, 4},
                             {1, 4, 2, 2},
                             {1, 8, 1, 2},
                             {1, 2, 2, 4},
                             {1, 4, 2, 1},
                             {1, 2, 2, 2},
                             {1, 4, 1, 2},
                             {1, 8, 1, 1},
                             {1, 2, 1, 4},
                             {1, 1, 1, 16},
                             {1, 1, 1, 8},
                             {1, 1, 1, 4}})
        add(dims, 0.1f, -3);
    for (const Dims& dims : {Dims{1, 8, 2, 2}, {1, 4, 4, 2}, {1, 1, 1, 8}})
        add(dims, 1 / 256.0f, -128);
    for (const Dims& dims : {Dims{1, 8, 2, 2}, {1, 8, 1, 4}}) add(dims, 1 / 128.0f, 0);
    add({1, 4, 2, 4}, 1 / 16.0f, 127);
    return all;
}

}  // namespace oracle
