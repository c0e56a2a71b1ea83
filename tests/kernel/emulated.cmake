# The tests of kernels on emulated boards; kernel/archs.hpp has the tags for each.

set(kernel_boards cortex-m0 cortex-m3 cortex-m4 cortex-m55 rv32imc)
set(kernel_programs requantize convolution depthwise matrix pools elementwise accumulate softmax)

# add_program(board name source): a source of doctest cases on a board.
function(add_program board name source)
  string(REPLACE ";" " " flags "${strict_flags}")
  add_device(${board} ${name} ${CMAKE_COMMAND} -DRUN=${run} -DBOARD=${board} "-DFLAGS=${flags}"
    -DTESTS=${CMAKE_CURRENT_SOURCE_DIR} -DPROGRAM=${source} -P ${CMAKE_CURRENT_SOURCE_DIR}/device/program.cmake)
endfunction()

foreach(board IN LISTS kernel_boards)
  foreach(program IN LISTS kernel_programs)
    add_program(${board} kernel_${program} ${CMAKE_CURRENT_SOURCE_DIR}/kernel/${program}.cpp)
  endforeach()
endforeach()
