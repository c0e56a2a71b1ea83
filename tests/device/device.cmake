# Models on emulated boards: bench/device/run builds, runs and measures; outputs must be exact.

set(run ${PROJECT_SOURCE_DIR}/bench/device/run)
set(arm arm-none-eabi-g++ qemu-system-arm)
foreach(board cortex-m0 cortex-m3 cortex-m4 cortex-m7 cortex-m33 cortex-m55)
  set(tools_${board} ${arm})
endforeach()
set(tools_rv32imc riscv64-unknown-elf-g++ qemu-system-riscv32)
set(tools_lx106 xtensa-lx106-elf-g++ qemu-system-xtensa)
set(tools_aarch64 aarch64-linux-gnu-g++ qemu-system-aarch64)
set(tools_aarch64-dot ${tools_aarch64})
set(tools_atmega328p clang++-19 avr-gcc simavr)
set(tools_atmega328p-gcc7 avr-g++-7 avr-gcc simavr)
set(tools_atmega2560 ${tools_atmega328p})
set(tools_atmega2560-gcc7 ${tools_atmega328p-gcc7})

# add_device(board name command...): a test that is skipped when the board's tools are missing.
function(add_device board name)
  foreach(tool IN LISTS tools_${board})
    find_program(tool_${tool} ${tool})
    if(NOT tool_${tool})
      skip(device ${board}.${name} "${tool} not found")
      return()
    endif()
  endforeach()
  add_check(device ${board}.${name} ${ARGN})
endfunction()

# exact(board name folder golden limits...): under the default plan; a limit is KEY+KEY:BYTES.
function(exact board name folder golden)
  exact_under(LeastRam ${board} ${name} ${folder} ${golden} ${ARGN})
endfunction()

# exact_under(plan board name folder golden limits...)
function(exact_under plan board name folder golden)
  string(REPLACE ";" " " limits "${ARGN}")
  set(test ${name})
  if(NOT plan STREQUAL LeastRam)
    string(REGEX REPLACE "<.*" "" suffix ${plan})
    set(test ${name}.${suffix})
  endif()
  add_device(${board} ${test} ${CMAKE_COMMAND} -DRUN=${run} -DBOARD=${board} -DPLAN=${plan}
    -DMODEL=${folder}/${name}.tflite -DGOLDEN=${golden}/${name}
    -DOUT=${CMAKE_CURRENT_BINARY_DIR}/${board}.${test}.out.bin -DLIMITS=${limits}
    -P ${PROJECT_SOURCE_DIR}/tests/device/run.cmake)
endfunction()

# The reference models: all on four boards, some on the others.
foreach(model IN LISTS reference)
  set(boards cortex-m4 cortex-m55 rv32imc aarch64)
  if(model MATCHES "^(hello_world_int8|micro_speech_quantized|str_ww_ref_model)$")
    list(APPEND boards cortex-m0 lx106)
  endif()
  if(model STREQUAL "kws_ref_model")
    list(APPEND boards cortex-m3 cortex-m7 cortex-m33 lx106)
  endif()
  if(model MATCHES "^(kws_ref_model|vww_96_int8|str_ww_ref_model)$")
    list(APPEND boards aarch64-dot)
  endif()
  foreach(board IN LISTS boards)
    exact(${board} ${model} ${MOTE_SHARED}/models ${MOTE_SHARED}/golden)
  endforeach()
endforeach()
# Other plans: whole maps, rows as a camera or a microphone gives them, and between them a plan for the
# RAM given here.
set(within_ad01_int8 768)
set(within_hello_world_int8 32)
set(within_kws_ref_model 10000)
set(within_micro_speech_quantized 4000)
set(within_person_detect 30000)
set(within_pretrainedResnet_quant 30000)
set(within_str_ww_ref_model 5000)
set(within_vww_96_int8 40000)
foreach(model IN LISTS reference)
  foreach(board cortex-m4 cortex-m55 rv32imc aarch64)
    exact_under(LayerByLayer ${board} ${model} ${MOTE_SHARED}/models ${MOTE_SHARED}/golden)
    exact_under(PushedRows ${board} ${model} ${MOTE_SHARED}/models ${MOTE_SHARED}/golden)
  endforeach()
  exact_under(WithinRam<${within_${model}}> cortex-m4 ${model} ${MOTE_SHARED}/models ${MOTE_SHARED}/golden)
endforeach()
# A 96x96 camera on a BBC micro:bit: network, row buffer and stack in 16 KB of RAM, 256 KB of flash.
if("vww_96_int8" IN_LIST reference)
  exact_under(PushedRows cortex-m0 vww_96_int8 ${MOTE_SHARED}/models ${MOTE_SHARED}/golden
    data+bss+stack_bytes:16384 text+rodata+data:262144)
endif()
# Frame by frame, on boards: 30 of them are a window.
if("str_ww_ref_model" IN_LIST reference)
  foreach(board cortex-m0 cortex-m4 cortex-m55 rv32imc)
    add_device(${board} str_ww_ref_model.streaming ${CMAKE_COMMAND} -DRUN=${run} -DBOARD=${board}
      -DMODEL=${MOTE_SHARED}/models/str_ww_ref_model.tflite -DGOLDEN=${MOTE_SHARED}/golden/str_ww_ref_model
      -DFRAMES=30 -DOUTPUT_BYTES=3 -DOUT=${CMAKE_CURRENT_BINARY_DIR}/${board}.streaming.out.bin
      -P ${PROJECT_SOURCE_DIR}/tests/device/stream.cmake)
  endforeach()
endif()
if(NOT reference)
  skip(device reference_models "${MOTE_SHARED}/models not found; set MOTE_SHARED")
endif()

# What people made.
if(IS_DIRECTORY ${MOTE_SHARED}/field)
  foreach(model aarch64.har_conv1d cortex-m4.magic_wand cortex-m4.people_thermal cortex-m55.gesture
      cortex-m55.mobilenet_cifar rv32imc.snow)
    string(REGEX MATCH "^[^.]+" board ${model})
    string(REGEX MATCH "[^.]+$" name ${model})
    exact(${board} ${name} ${MOTE_SHARED}/field ${MOTE_SHARED}/field)
  endforeach()
else()
  skip(device field_models "${MOTE_SHARED}/field not found; set MOTE_SHARED")
endif()

# The project's own models fit an Uno, and bring nothing of a run-time library along.
set(models ${CMAKE_CURRENT_SOURCE_DIR}/models)
foreach(board atmega328p atmega328p-gcc7)
  foreach(model sine digits)
    exact(${board} ${model} ${models} ${models} data+bss+stack_bytes:2048 text+rodata+data:32768)
  endforeach()
endforeach()
foreach(model sine digits)
  exact(lx106 ${model} ${models} ${models})
endforeach()
foreach(board cortex-m0 lx106 aarch64 aarch64-dot)
  exact_under(LayerByLayer ${board} digits ${models} ${models})
  exact_under(PushedRows ${board} digits ${models} ${models})
endforeach()
foreach(board atmega328p atmega328p-gcc7 cortex-m0 cortex-m4 rv32imc lx106)
  add_device(${board} symbols ${run} --symbols ${board} ${models}/digits.tflite)
endforeach()

# What each layer takes, and which kernel it got.
function(layers board kernels)
  add_device(${board} layers ${CMAKE_COMMAND} -DRUN=${run} -DBOARD=${board} -DMODEL=${models}/digits.tflite
    -DKERNELS=${kernels} -P ${PROJECT_SOURCE_DIR}/tests/device/layers.cmake)
endfunction()
layers(cortex-m0 "arm_thumb1 portable arm_thumb1 portable arm_thumb1 portable none arm_thumb1 portable")
layers(cortex-m4 "arm_dsp arm_dsp arm_dsp arm_dsp arm_dsp arm_dsp none arm_dsp portable")
layers(rv32imc "portable portable portable portable portable portable none portable portable")
layers(lx106 "xtensa portable xtensa portable xtensa portable none xtensa portable")
layers(atmega328p "avr avr avr avr avr avr none avr portable")
layers(atmega328p-gcc7 "avr avr avr avr avr avr none avr portable")

# As Arduino's mbed core compiles it.
add_device(cortex-m4 gnu14 ${CMAKE_COMMAND} -E env MOTE_DEVICE_FLAGS=-std=gnu++14
  ${CMAKE_COMMAND} -DRUN=${run} -DBOARD=cortex-m4 -DMODEL=${models}/digits.tflite -DGOLDEN=${models}/digits
  -DOUT=${CMAKE_CURRENT_BINARY_DIR}/gnu14.out.bin -P ${PROJECT_SOURCE_DIR}/tests/device/run.cmake)
# And its core for the ESP8266.
add_device(lx106 small ${CMAKE_COMMAND} -E env MOTE_DEVICE_OPT=-Os MOTE_DEVICE_FLAGS=-std=gnu++17
  ${CMAKE_COMMAND} -DRUN=${run} -DBOARD=lx106 -DMODEL=${models}/digits.tflite -DGOLDEN=${models}/digits
  -DOUT=${CMAKE_CURRENT_BINARY_DIR}/small.out.bin -P ${PROJECT_SOURCE_DIR}/tests/device/run.cmake)

# Tables beyond 64 KB of flash.
add_device(atmega2560 three_networks ${CMAKE_CURRENT_LIST_DIR}/mega ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_BINARY_DIR}
  ${CMAKE_CXX_COMPILER})

# The measuring itself.
foreach(board cortex-m4 cortex-m55 rv32imc lx106 aarch64 atmega328p)
  add_device(${board} selftest ${run} --selftest ${board})
endforeach()
