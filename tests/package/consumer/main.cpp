#include <stdio.h>

#include <mote.hpp>

#include "sine.h"

using Sine = mote::tflite::Import<sine>;

int main() {
    static Sine net;
    net.input()[0] = 42;
    net();
    printf("%d, %d bytes of RAM\n", net.output().data()[0], int(Sine::ram_bytes));
}
