# Runs PROGRAM, a source of doctest cases, on BOARD; it must end well and say so. TESTS: the folder. LEVEL: of
# optimization, the board's usual one if empty.
set(ENV{MOTE_DEVICE_FLAGS} "${FLAGS}")
set(ENV{MOTE_DEVICE_OPT} "${LEVEL}")
execute_process(COMMAND ${RUN} --include ${TESTS}/device --include ${TESTS} --program ${BOARD} ${PROGRAM}
  RESULT_VARIABLE failed OUTPUT_VARIABLE printed)
message("${printed}")
if(failed)
  message(FATAL_ERROR "bench/device/run --program ${BOARD} failed")
endif()
if(NOT printed MATCHES "\nSUCCESS!\n$")
  message(FATAL_ERROR "the program ended too early")
endif()
