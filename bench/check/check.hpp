// What mote thinks of a .tflite file, without compiling it.
#pragma once

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "mote/tflite/verify.hpp"

namespace check {

using mote::tflite::Builtin;
using mote::tflite::Status;

/// The enumerator's name, which compilers write into a function's; a number for others.
template <class Enum, Enum Value>
std::string name_of() {
    const std::string function = __PRETTY_FUNCTION__;
    const size_t value = function.find("Value = ") + 8;
    const std::string name = function.substr(value, function.find_first_of(";]", value) - value);
    return name[0] == '(' ? std::to_string(int(Value)) : name.substr(name.rfind(':') + 1);
}
template <class Enum, int... Values>
std::string name_of(Enum value, mote::detail::sequence<Values...>) {
    std::string name = std::to_string(int(value));
    ((int(value) == Values ? static_cast<void>(name = name_of<Enum, static_cast<Enum>(Values)>())
                           : static_cast<void>(0)),
     ...);
    return name;
}

inline std::string sentence(mote::tflite::Fault fault) {
#define MOTE_SENTENCE(name, words) words,
    static const char* const sentences[] = {"", MOTE_TFLITE_FAULTS(MOTE_SENTENCE)};
#undef MOTE_SENTENCE
    return sentences[int(fault)];
}

/// Faults that one sentence does for.
using Finding = std::vector<Status>;

/// All faults, each once.
inline std::vector<Finding> findings(const std::vector<unsigned char>& file) {
    std::vector<Finding> all;
    mote::tflite::for_each_fault(file.data(), static_cast<uint32_t>(file.size()),
                                 [&all](const Status& status) {
                                     auto same = all.begin();
                                     while (same != all.end() && !same->front().like(status))
                                         ++same;
                                     if (same == all.end()) same = all.insert(same, Finding{});
                                     same->push_back(status);
                                 });
    return all;
}

/// "CONV_2D 3", with a custom operator's name.
inline std::string place(const Status& status, const std::vector<unsigned char>& file) {
    std::string name = name_of(status.code, mote::detail::make_sequence_t<256>{});
    if (status.custom_name.length != 0) {
        const auto letters = file.begin() + std::ptrdiff_t(status.custom_name.at);
        name += " " + std::string(letters, letters + std::ptrdiff_t(status.custom_name.length));
    }
    return name + " " + std::to_string(status.operation);
}

inline std::string places(const Finding& finding, const std::vector<unsigned char>& file) {
    if (finding.front().operation < 0) return "the file";
    const size_t count = finding.size();
    std::string text = count == 1 ? "operator " : std::to_string(count) + " operators: ";
    for (size_t i = 0; i < count && i < 6; ++i) text += (i ? ", " : "") + place(finding[i], file);
    return count > 6 ? text + ", ..." : text;
}

inline std::string found(const Status& status) {
    using mote::tflite::Type;
    return status.found_type()
               ? name_of(static_cast<Type>(status.found), mote::detail::make_sequence_t<32>{})
               : std::to_string(status.found);
}

/// Prints the list; true when mote runs the model.
inline bool print(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    const std::vector<unsigned char> file{std::istreambuf_iterator<char>(stream),
                                          std::istreambuf_iterator<char>()};
    if (file.empty()) {
        std::printf("%s: cannot be read, or is empty\n", path.c_str());
        return false;
    }
    const std::vector<Finding> all = findings(file);
    if (all.empty()) {
        std::printf("%s: mote runs this model\n", path.c_str());
        return true;
    }
    std::printf("%s: mote does not run this model:\n", path.c_str());
    for (const Finding& finding : all)
        std::printf("- %s (found: %s)\n  %s\n", places(finding, file).c_str(),
                    found(finding.front()).c_str(), sentence(finding.front().fault).c_str());
    return false;
}

}  // namespace check
