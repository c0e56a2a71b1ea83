// compile: avr-g++-7 -mmcu=atmega328p -std=gnu++17 -Os -Wall -Wextra -Werror -fno-exceptions
#include "conf/board.hpp"

static_assert(sizeof(int) == 2 && sizeof(void*) == 2, "AVR");
static_assert(MOTE_HAS_PROGRAM_MEMORY == 1, "tables stay in program memory");
static_assert(MOTE_HAS_AVR == 1, "its instructions are used");
