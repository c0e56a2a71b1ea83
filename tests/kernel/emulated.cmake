# The tests of kernels on emulated boards; kernel/archs.hpp has the tags for each.

set(kernel_boards cortex-m0 cortex-m3 cortex-m4 cortex-m55 rv32imc)
set(kernel_programs requantize convolution depthwise matrix pools elementwise accumulate softmax)

string(REPLACE ";" " " flags "${strict_flags}")
foreach(board IN LISTS kernel_boards)
  foreach(program IN LISTS kernel_programs)
    add_device(${board} kernel.${program} ${CMAKE_COMMAND} -DRUN=${run} -DBOARD=${board} -DFLAGS=${flags}
      "-DFOLDERS=${CMAKE_CURRENT_SOURCE_DIR}/device ${CMAKE_CURRENT_SOURCE_DIR}"
      -DPROGRAM=${CMAKE_CURRENT_SOURCE_DIR}/kernel/${program}.cpp -P ${CMAKE_CURRENT_SOURCE_DIR}/device/program.cmake)
  endforeach()
endforeach()
