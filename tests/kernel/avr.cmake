# The kernels of an 8-bit AVR against the plain ones, in simavr: a part of kernel/avr.cpp each, by clang
# and by the compiler of Arduino's core; on an ATmega2560 with tables beyond 64 KB.

foreach(board atmega328p atmega328p-gcc7 atmega2560 atmega2560-gcc7)
  foreach(part RANGE 1 9)
    add_device(${board} kernels.${part} ${CMAKE_CURRENT_LIST_DIR}/avr ${board} ${part} ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
  endforeach()
endforeach()
