// compile: riscv64-unknown-elf-g++ -march=rv32imc -mabi=ilp32 -std=c++17 -Os -Wall -Wextra -Werror -ffreestanding
#include "conf/board.hpp"

static_assert(sizeof(void*) == 4, "32 bits");
static_assert(MOTE_HAS_PROGRAM_MEMORY == 0, "flash is memory");
