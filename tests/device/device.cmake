# Models on emulated boards: bench/device/run builds, runs and measures; outputs must be exact.

set(tools_cortex-m0 arm-none-eabi-g++ qemu-system-arm)
set(tools_cortex-m4 ${tools_cortex-m0})
set(tools_cortex-m55 ${tools_cortex-m0})
set(tools_rv32imc riscv64-unknown-elf-g++ qemu-system-riscv32)
set(tools_aarch64 aarch64-linux-gnu-g++ qemu-aarch64)
set(tools_atmega328p clang++-19 avr-gcc simavr)

# on_board(board model folder golden limits...): a limit is SUM_OF_KEYS:BYTES.
function(on_board board model folder golden)
  string(REPLACE ";" " " limits "${ARGN}")
  foreach(tool IN LISTS tools_${board})
    find_program(tool_${tool} ${tool})
    if(NOT tool_${tool})
      skip(device ${board}.${model} "${tool} not found")
      return()
    endif()
  endforeach()
  add_check(device ${board}.${model} ${CMAKE_COMMAND} -DRUN=${PROJECT_SOURCE_DIR}/bench/device/run
    -DBOARD=${board} -DMODEL=${folder}/${model}.tflite -DGOLDEN=${golden}/${model}
    -DOUT=${CMAKE_CURRENT_BINARY_DIR}/${board}.${model}.out.bin -DLIMITS=${limits}
    -P ${PROJECT_SOURCE_DIR}/tests/device/run.cmake)
endfunction()

foreach(model IN LISTS reference)
  set(boards cortex-m4 cortex-m55 rv32imc aarch64)
  if(model MATCHES "^(hello_world_int8|micro_speech_quantized|str_ww_ref_model)$")
    list(APPEND boards cortex-m0)
  endif()
  foreach(board IN LISTS boards)
    on_board(${board} ${model} ${MOTE_SHARED}/models ${MOTE_SHARED}/golden)
  endforeach()
endforeach()
if(NOT reference)
  skip(device reference_models "${MOTE_SHARED}/models not found; set MOTE_SHARED")
endif()
set(models ${CMAKE_CURRENT_SOURCE_DIR}/models)
foreach(model sine digits)
  on_board(atmega328p ${model} ${models} ${models} data+bss+stack_bytes:2048 text+rodata+data:32768)
endforeach()
