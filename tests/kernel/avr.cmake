# The kernels of an 8-bit AVR against the plain ones, in simavr: a part of kernel/avr.cpp each.

foreach(part RANGE 1 9)
  add_device(atmega328p kernels.${part} ${CMAKE_CURRENT_LIST_DIR}/avr ${part} ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
endforeach()
