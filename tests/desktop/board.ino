// What sketches use of a board, on the stand-in for one: reads digits until an 'x', and says what is wrong.

int wrong = 0;
String typed;

void check(bool right, const char* what) {
    if (right) return;
    ++wrong;
    Serial.print("wrong: ");
    Serial.println(what);
}

void setup() {
    Serial.begin(115200);
    while (!Serial) {}

    const unsigned long begin = millis(), fine = micros();
    delay(1500);
    check(millis() - begin >= 1500 && millis() - begin < 2500, "delay() is later in millis()");
    check(micros() - fine >= 1500000UL, "and in micros()");

    pinMode(LED_BUILTIN, OUTPUT);
    digitalWrite(LED_BUILTIN, HIGH);
    check(digitalRead(LED_BUILTIN) == HIGH, "a pin keeps what is written");
    digitalWrite(LED_BUILTIN, LOW);
    check(digitalRead(LED_BUILTIN) == LOW, "and the other way");
    pinMode(2, INPUT_PULLUP);
    check(digitalRead(2) == HIGH, "a pull-up pulls up");

    int lowest = 1023, highest = 0;
    for (int i = 0; i < 200; ++i) {
        const int value = analogRead(A0);
        if (value < lowest) lowest = value;
        if (value > highest) highest = value;
        delay(13);
    }
    check(lowest >= 0 && lowest < 50 && highest > 970 && highest <= 1023, "an analog pin has a wave");

    String text = "scores: ";
    text += 3;
    text += ',';
    text += String(0.256, 1);
    check(text == "scores: 3,0.3" && text.length() == 13, "a String adds up");
    check(text.substring(8, 9).toInt() == 3, "a String has parts");
    check(text.indexOf("3,") == 8 && text.indexOf("4") == -1, "and finds them");
    check("a" + String(12L) + "b" == String("a12b"), "Strings are added to text");
    const byte letter = 'A';
    const boolean yes = true;
    check(letter == 65 && yes, "Arduino's names of types");
}

void loop() {
    if (Serial.available() == 0) return;
    const int letter = Serial.read();
    if (letter != 'x') {
        typed += char(letter);
        return;
    }
    check(typed == "42", "what is typed arrives");
    check(Serial.available() == 0 && Serial.read() == -1, "and nothing more");
    Serial.println(wrong == 0 ? String("as on a board") : String(wrong) + " wrong");
    Serial.end();
}
