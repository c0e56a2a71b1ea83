// compile: arm-none-eabi-g++ -mcpu=cortex-m4 -mthumb -std=gnu++14 -Os -Wall -Wextra -Werror -fno-exceptions -fno-rtti
#include "conf/board.hpp"

static_assert(MOTE_BEFORE_CPP17 == 1, "the mbed core fixes gnu++14");
static_assert(MOTE_HAS_PROGRAM_MEMORY == 0, "flash is memory");
