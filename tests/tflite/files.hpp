// Files of the test models.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace files {

using Bytes = std::vector<unsigned char>;

const std::string tests = MOTE_TESTS "/";

inline Bytes read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE_MESSAGE(file.good(), "cannot read ", path);
    return Bytes(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

inline std::string name(const std::string& path) { return std::filesystem::path(path).filename(); }

/// All models in a folder, sorted; none when there is no such folder.
inline std::vector<std::string> models(const std::string& folder) {
    std::vector<std::string> paths;
    const std::filesystem::path at = std::filesystem::path(tests) / folder;
    if (std::filesystem::is_directory(at))
        for (const auto& file : std::filesystem::directory_iterator(at))
            if (file.path().extension() == ".tflite") paths.push_back(file.path());
    std::sort(paths.begin(), paths.end());
    return paths;
}

}  // namespace files
