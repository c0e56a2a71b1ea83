# A program whose sources are compiled for different CPUs: each network has the kernels of its own, and
# no function that one CPU cannot run stands in for another's.

find_program(OBJDUMP objdump)
string(REPLACE ";" " " strict "${strict_flags}")

# add_targets(label CPU run "compiler" "flags" options...): see run.cmake.
function(add_targets label CPU run compiler flags)
  add_check(${label} targets.${CPU} ${CMAKE_COMMAND} -DRUN=${run} "-DFLAGS=${flags}" "-DLINK=${compiler}"
    "-DCOMPILE=${compiler} -std=c++17 ${strict} -I${PROJECT_SOURCE_DIR}/include -I${CMAKE_CURRENT_SOURCE_DIR}"
    -DSOURCES=${CMAKE_CURRENT_SOURCE_DIR}/targets -DMODELS=${CMAKE_CURRENT_SOURCE_DIR}/models
    -DFOLDER=${CMAKE_CURRENT_BINARY_DIR}/targets_${CPU} -DEMBED=${MOTE_EMBED_SCRIPT} ${ARGN}
    -P ${CMAKE_CURRENT_SOURCE_DIR}/targets/run.cmake)
endfunction()

if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64" AND OBJDUMP)
  if(NOT runs_x86_avx2)
    set(runs_x86_avx2 OFF)
    message(STATUS "SKIPPED: running unit.targets.x86_avx2: this machine has no avx2; it is compiled all the same")
  endif()
  add_targets(unit x86_avx2 ${runs_x86_avx2} ${CMAKE_CXX_COMPILER} -mavx2
    "-DLEVELS=-O0 -O2" -DOBJDUMP=${OBJDUMP})
else()
  skip(unit targets.x86_avx2 "this machine is no x86-64, or objdump not found")
endif()

find_program(AARCH64_OBJDUMP aarch64-linux-gnu-objdump)
if(NOT AARCH64_CXX OR NOT QEMU_AARCH64 OR NOT AARCH64_OBJDUMP)
  skip(device targets.aarch64 "aarch64-linux-gnu-g++, its objdump or qemu-aarch64 not found")
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_targets(device aarch64 ON "${AARCH64_CXX} -static" -march=armv8.2-a+dotprod
    "-DLEVELS=-O0 -O2" -DOBJDUMP=${AARCH64_OBJDUMP} "-DEMULATOR=${QEMU_AARCH64} -cpu max")
endif()
