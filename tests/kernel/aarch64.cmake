# The kernels of AArch64, with vectors alone and with dot products, cross-compiled and run by QEMU.

find_program(AARCH64_CXX aarch64-linux-gnu-g++)
find_program(QEMU_AARCH64 qemu-aarch64)
find_path(DOCTEST_FOLDER doctest/doctest.h)
file(GLOB_RECURSE core_headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/include/*.hpp)

# add_aarch64(CPU sources flags...): these of kernel/ with these flags.
function(add_aarch64 CPU sources)
  foreach(need "AARCH64_CXX aarch64-linux-gnu-g++" "QEMU_AARCH64 qemu-aarch64" "DOCTEST_FOLDER doctest")
    separate_arguments(need)
    list(GET need 0 variable)
    list(GET need 1 tool)
    if(NOT ${variable})
      skip(device kernel_${CPU} "${tool} not found")
      return()
    endif()
  endforeach()
  set(program ${CMAKE_CURRENT_BINARY_DIR}/kernel_${CPU}.elf)
  set(objects)
  list(TRANSFORM sources PREPEND kernel/)
  foreach(source main ${sources})
    get_filename_component(object ${source} NAME)
    set(object ${program}.${object}.o)
    set(source ${CMAKE_CURRENT_SOURCE_DIR}/${source}.cpp)
    # The compiler has headers of its own for all but doctest.
    add_custom_command(OUTPUT ${object} DEPENDS ${source} ${core_headers} VERBATIM
      COMMAND ${AARCH64_CXX} -std=c++17 -O1 ${ARGN} ${strict_flags} -I ${PROJECT_SOURCE_DIR}/include
        -I ${CMAKE_CURRENT_SOURCE_DIR}
        -idirafter ${DOCTEST_FOLDER} -c ${source} -o ${object})
    list(APPEND objects ${object})
  endforeach()
  add_custom_command(OUTPUT ${program} DEPENDS ${objects} VERBATIM
    COMMAND ${AARCH64_CXX} -static ${objects} -o ${program})
  add_custom_target(kernel_${CPU} ALL DEPENDS ${program})
  add_check(device kernel_${CPU} ${QEMU_AARCH64} -cpu max ${program})
endfunction()

# And the headers compile as GCC's gnu++14.
if(AARCH64_CXX)
  add_check(compile headers.aarch64_gnu14 ${CMAKE_COMMAND} -DINCLUDE=${PROJECT_SOURCE_DIR}/include -DBOARD=ON
    "-DCOMPILE=${AARCH64_CXX} -march=armv8.2-a+dotprod -std=gnu++14 -ffreestanding -w"
    -P ${CMAKE_CURRENT_SOURCE_DIR}/headers/alone.cmake)
else()
  skip(compile headers.aarch64_gnu14 "aarch64-linux-gnu-g++ not found")
endif()

# One program has both tags. Other compilers for this machine need not build it again.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_aarch64(arm_neon_dot "vectors;convolution;depthwise;matrix;blocks;pools;elementwise;accumulate;networks"
    -march=armv8.2-a+dotprod)
endif()
