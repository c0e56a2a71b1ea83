// compile: arm-none-eabi-g++ -mcpu=cortex-m55 -mthumb -mfloat-abi=hard -std=c++17 -O2 -Wall -Wextra -Werror -ffreestanding
#include "conf/board.hpp"

static_assert(MOTE_HAS_PROGRAM_MEMORY == 0, "flash is memory");
