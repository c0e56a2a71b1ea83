// As much of doctest as tests of kernels need, for boards without a C++ library. A program is one
// source; bench/device/run --program builds and runs it.
#pragma once

#include <stdint.h>

extern "C" void board_print(const char* text);

namespace doctest {

inline void print(int64_t number) {
    char digits[24];
    char* digit = digits + sizeof digits;
    *--digit = 0;
    uint64_t rest = static_cast<uint64_t>(number < 0 ? -number : number);
    do {
        *--digit = static_cast<char>('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (number < 0) *--digit = '-';
    board_print(digit);
}
inline void print(const char* text) { board_print(text); }

/// A value that stands beside the failures of its scope.
struct Captured {
    static Captured*& innermost() {
        static Captured* captured = nullptr;
        return captured;
    }

    const char* name;
    const char* text;
    int64_t number;
    Captured* outer;

    Captured(const char* of, const char* value, int64_t digits)
        : name(of), text(value), number(digits), outer(innermost()) {
        innermost() = this;
    }
    Captured(const char* of, const char* value) : Captured(of, value, 0) {}
    Captured(const char* of, int64_t value) : Captured(of, nullptr, value) {}
    Captured(const Captured&) = delete;
    ~Captured() { innermost() = outer; }
};

struct Case {
    static Case*& first() {
        static Case* cases = nullptr;
        return cases;
    }

    void (*function)();
    const char* name;
    Case* next;

    Case(void (*of)(), const char* title) : function(of), name(title), next(first()) {
        first() = this;
    }
};

struct Count {
    static Count& get() {
        static Count count{0, 0, nullptr};
        return count;
    }
    int32_t checks;
    int32_t failures;
    const char* name;
};

inline bool check(bool passed, const char* condition, const char* file, int line) {
    Count& count = Count::get();
    ++count.checks;
    if (passed) return true;
    if (++count.failures > 20) return false;
    print(file);
    print(":");
    print(int64_t{line});
    print(": ");
    print(count.name);
    print(": ");
    print(condition);
    for (const Captured* value = Captured::innermost(); value; value = value->outer) {
        print(", ");
        print(value->name);
        print(" = ");
        if (value->text)
            print(value->text);
        else
            print(value->number);
    }
    print("\n");
    return false;
}

inline int run() {
    Count& count = Count::get();
    int32_t cases = 0;
    for (Case* test = Case::first(); test; test = test->next, ++cases) {
        count.name = test->name;
        test->function();
    }
    print("test cases: ");
    print(int64_t{cases});
    print(", checks: ");
    print(int64_t{count.checks});
    print(", failed: ");
    print(int64_t{count.failures});
    const bool success = cases > 0 && count.checks > 0 && count.failures == 0;
    print(success ? "\nSUCCESS!\n" : "\nFAILURE!\n");
    return success ? 0 : 1;
}

}  // namespace doctest

int main() { return doctest::run(); }

#define DOCTEST_JOIN_AGAIN(left, right) left##right
#define DOCTEST_JOIN(left, right) DOCTEST_JOIN_AGAIN(left, right)
#define DOCTEST_CASE(function, name)                                        \
    static void function();                                                 \
    static doctest::Case DOCTEST_JOIN(function, _enrolled)(function, name); \
    static void function()
#define TEST_CASE(name) DOCTEST_CASE(DOCTEST_JOIN(test_case_, __COUNTER__), name)
#define CAPTURE(value) const doctest::Captured DOCTEST_JOIN(captured_, __COUNTER__)(#value, value)
#define CHECK(...) doctest::check((__VA_ARGS__), #__VA_ARGS__, __FILE__, __LINE__)
#define REQUIRE(...)                     \
    do {                                 \
        if (!CHECK(__VA_ARGS__)) return; \
    } while (false)
