// Reads handwritten digits: shows each image, a score for each digit, and the answer.

#include <mote.h>

#include "digits_file.h"    // digits.tflite, the network
#include "digits_images.h"  // 360 images that it did not see in training

using Digits = mote::tflite::Import<digits_file>;

Digits net;
int image = 0;
int right = 0;

/// Ink of a pixel, 0 to 15. A byte holds two; the images stay in flash.
int ink(int pixel) {
    const uint8_t pair = pgm_read_byte(&digits_images[image][pixel / 2]);
    return pixel % 2 == 0 ? pair % 16 : pair / 16;
}

void setup() {
    Serial.begin(115200);
    while (!Serial) {}

    Serial.print("RAM   ");
    Serial.print(Digits::ram_bytes);
    Serial.println(" bytes");
    Serial.print("flash ");
    Serial.print(Digits::flash_bytes);
    Serial.println(" bytes of constants");
    Serial.print("MACs  ");
    Serial.println(Digits::macs);
}

void loop() {
    if (image == digits_count) return;  // reset the board to see them again

    for (int pixel = 0; pixel < 64; ++pixel) net.input()[pixel] = int8_t(17 * ink(pixel) - 128);
    const unsigned long start = micros();
    const auto scores = net();
    const unsigned long time = micros() - start;
    const int answer = int(scores.argmax());
    const int truth = pgm_read_byte(&digits_labels[image]);
    if (answer == truth) ++right;

    Serial.println();
    for (int pixel = 0; pixel < 64; ++pixel) {
        const char shade = " .:-=+*#%@"[ink(pixel) * 9 / 15];
        Serial.print(shade);
        Serial.print(shade);
        if (pixel % 8 == 7) Serial.println();
    }
    for (int digit = 0; digit < 10; ++digit) {
        Serial.print(digit);
        Serial.print(' ');
        for (float bar = 0.02f; bar < scores.dequantized(digit); bar += 0.04f) Serial.print('#');
        Serial.println();
    }
    Serial.print("answer ");
    Serial.print(answer);
    Serial.print(answer == truth ? ", right, after " : ", WRONG, after ");
    Serial.print(time);
    Serial.println(" us");

    if (++image == digits_count) {
        Serial.println();
        Serial.print(right);
        Serial.print(" of ");
        Serial.print(digits_count);
        Serial.print(" right: accuracy ");
        Serial.print(100.0f * float(right) / digits_count, 2);
        Serial.println(" %");
        Serial.end();
    }
    delay(1000);
}
