// compile: xtensa-lx106-elf-g++ -mlongcalls -mtext-section-literals -std=gnu++17 -Os -Wall -Wextra -Werror -ffreestanding
#include "conf/board.hpp"

static_assert(sizeof(void*) == 4, "32 bits");
static_assert(MOTE_HAS_LONG_MULTIPLY == 0, "products of 32 bits");
static_assert(MOTE_HAS_CARRY == 0, "no carry");
static_assert(MOTE_HAS_PROGRAM_MEMORY == 0, "constants are in RAM");
