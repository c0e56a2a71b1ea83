// check FILE.tflite...: what keeps mote from running each model, and what helps; 1 when something
// does.
#include "check.hpp"

int main(int count, char** arguments) {
    if (count < 2 || arguments[1][0] == '-') {
        std::fputs("usage: check FILE.tflite...\n", stderr);
        return 2;
    }
    int refused = 0;
    for (int i = 1; i < count; ++i) refused |= check::print(arguments[i]) ? 0 : 1;
    return refused;
}
