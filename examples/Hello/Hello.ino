// Draws a sine wave, each point of it computed by a network.

#include <mote.h>

#include "sine_file.h"  // sine.tflite, a network trained on angles from 0 to 2 pi

using Sine = mote::tflite::Import<sine_file>;

Sine net;
float angle = 0;

void setup() {
    Serial.begin(115200);
    while (!Serial) {}

    Serial.print("RAM   ");
    Serial.print(Sine::ram_bytes);
    Serial.println(" bytes");
    Serial.print("flash ");
    Serial.print(Sine::flash_bytes);
    Serial.println(" bytes of constants");
}

void loop() {
    if (angle > 6.28f) return;  // reset the board to see it again

    const int8_t input[] = {Sine::Input::quantize(angle)};
    const float sine = net(input).dequantized(0);

    Serial.print(angle, 1);
    for (int column = -32; column < int(30 * sine); ++column) Serial.print(' ');
    Serial.print("* ");
    Serial.println(sine, 2);

    angle += 0.2f;
    if (angle > 6.28f) Serial.end();
    delay(100);
}
