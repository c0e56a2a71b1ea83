// compile: aarch64-linux-gnu-g++ -std=c++17 -O2 -Wall -Wextra -Werror
#include "conf/board.hpp"

static_assert(sizeof(void*) == 8, "64 bits");
static_assert(MOTE_HAS_PROGRAM_MEMORY == 0, "flash is memory");
