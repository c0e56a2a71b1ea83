# The tests of kernels on emulated boards; kernel/archs.hpp has the tags for each.

set(kernel_boards cortex-m0 cortex-m3 cortex-m4 cortex-m55 rv32imc lx106)
set(kernel_programs requantize convolution depthwise matrix blocks pools elementwise accumulate softmax)

# add_program(board name source [level]): a source of doctest cases on a board, built with -O2 unless given.
function(add_program board name source)
  string(REPLACE ";" " " flags "${strict_flags}")
  add_device(${board} ${name} ${CMAKE_COMMAND} -DRUN=${run} -DBOARD=${board} "-DFLAGS=${flags}" -DLEVEL=${ARGV3}
    -DTESTS=${CMAKE_CURRENT_SOURCE_DIR} -DPROGRAM=${source} -P ${CMAKE_CURRENT_SOURCE_DIR}/device/program.cmake)
endfunction()

foreach(board IN LISTS kernel_boards)
  foreach(program IN LISTS kernel_programs)
    add_program(${board} kernel_${program} ${CMAKE_CURRENT_SOURCE_DIR}/kernel/${program}.cpp)
  endforeach()
endforeach()
# Where a CPU has kernels of its own.
foreach(board cortex-m0 cortex-m4 cortex-m55 lx106)
  add_program(${board} kernel_networks ${CMAKE_CURRENT_SOURCE_DIR}/kernel/networks.cpp)
endforeach()
foreach(board cortex-m4 cortex-m55)
  add_program(${board} kernel_pairwise ${CMAKE_CURRENT_SOURCE_DIR}/kernel/pairwise.cpp)
  add_program(${board} kernel_transposed ${CMAKE_CURRENT_SOURCE_DIR}/kernel/transposed.cpp)
endforeach()

# What README promises of networks in interrupts.
foreach(board cortex-m4 cortex-m55)
  add_program(${board} interrupt ${CMAKE_CURRENT_SOURCE_DIR}/device/interrupt.cpp)
endforeach()
