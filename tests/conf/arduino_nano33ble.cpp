// compile: arm-none-eabi-g++ -mcpu=cortex-m4 -mthumb -std=gnu++14 -Os -Wall -Wextra -Werror -fno-exceptions -fno-rtti
#include "conf/board.hpp"

static_assert(MOTE_SYSTEM_HEADER == 1,
              "GCC remarks on C++17 in gnu++14, which the mbed core fixes");
static_assert(MOTE_HAS_PROGRAM_MEMORY == 0, "flash is memory");
