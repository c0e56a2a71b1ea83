// compile: arm-none-eabi-g++ -mcpu=cortex-r5 -mthumb -mbig-endian -std=c++17 -Os -Wall -Wextra -Werror -ffreestanding
#include "conf/board.hpp"

static_assert(MOTE_LITTLE_ENDIAN == 0, "the first byte of a word is its highest");
static_assert(MOTE_HAS_ARM_DSP == 0, "its kernels load words");
static_assert(mote::detail::is_same<mote::arch::best, mote::arch::portable>::value, "plain C++");
