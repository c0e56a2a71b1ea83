// compile: arm-none-eabi-g++ -mcpu=cortex-m0 -mthumb -std=c++17 -Os -Wall -Wextra -Werror -ffreestanding
#include "conf/board.hpp"

static_assert(MOTE_SYSTEM_HEADER == 0, "warnings are shown");
static_assert(MOTE_HAS_PROGRAM_MEMORY == 0, "flash is memory");
