// A network to stop in.
#include "digits_file.h"
#include "mote.hpp"

static mote::tflite::Import<digits_file> net;

int main() {
    return net()[0];
}
