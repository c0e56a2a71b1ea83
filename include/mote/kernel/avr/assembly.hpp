// Reads of program memory in assembly: flash past 64 KB takes another instruction, and the bank,
// which counts on with Z, at I/O address 0x3b. Operands that MOVW moves are of the class "w":
// elsewhere clang takes odd pairs too.
#pragma once

#include "../../config.hpp"

#if MOTE_HAS_FAR_PROGRAM_MEMORY
#define MOTE_AVR_LPM "elpm"
#define MOTE_AVR_FAR(assembly) assembly
#define MOTE_AVR_FAR_CLOBBERS "r19", "r22",
#else
#define MOTE_AVR_LPM "lpm"
#define MOTE_AVR_FAR(assembly)
#define MOTE_AVR_FAR_CLOBBERS
#endif
