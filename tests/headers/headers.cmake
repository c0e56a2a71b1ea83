# Each header compiles alone, on the desktop and for boards, and includes only what it may.

set(include ${PROJECT_SOURCE_DIR}/include)
string(REPLACE ";" " " strict "${strict_flags}")
add_check(compile headers.alone ${CMAKE_COMMAND} -DINCLUDE=${include}
  "-DCOMPILE=${CMAKE_CXX_COMPILER} -std=c++17 ${strict}" -P ${CMAKE_CURRENT_LIST_DIR}/alone.cmake)
add_check(compile headers.floors ${CMAKE_COMMAND} -DINCLUDE=${include} -P ${CMAKE_CURRENT_LIST_DIR}/floors.cmake)

find_program(ARM_CXX arm-none-eabi-g++)
find_program(AVR_CXX NAMES clang++-19 clang++ clang++-14)
if(ARM_CXX)
  # What Arduino's mbed core asks for. GCC calls C++17 features extensions there, and warns.
  add_check(compile headers.arm_gnu14 ${CMAKE_COMMAND} -DINCLUDE=${include} -DBOARD=ON
    "-DCOMPILE=${ARM_CXX} -mcpu=cortex-m4 -std=gnu++14 -ffreestanding -w" -P ${CMAKE_CURRENT_LIST_DIR}/alone.cmake)
else()
  skip(compile headers.arm_gnu14 "arm-none-eabi-g++ not found")
endif()

find_program(XTENSA_CXX xtensa-lx106-elf-g++)
if(XTENSA_CXX)
  add_check(compile headers.xtensa ${CMAKE_COMMAND} -DINCLUDE=${include} -DBOARD=ON
    "-DCOMPILE=${XTENSA_CXX} -std=c++17 -ffreestanding ${strict}" -P ${CMAKE_CURRENT_LIST_DIR}/alone.cmake)
else()
  skip(compile headers.xtensa "xtensa-lx106-elf-g++ not found")
endif()

# A compiler or a language that is too old gets one sentence.
function(one_sentence name compiler flags sentence)
  find_program(one_sentence_${name} ${compiler})
  if(NOT one_sentence_${name})
    skip(compile ${name} "${compiler} not found")
    return()
  endif()
  foreach(header mote.h include/mote.hpp)
    string(REGEX REPLACE ".*[.]" "" ending ${header})
    add_check(compile ${name}.${ending} ${CMAKE_COMMAND} "-DCOMPILE=${compiler} ${flags} -fsyntax-only -x c++ ${PROJECT_SOURCE_DIR}/${header}"
      -DSENTENCE=${sentence} -P ${PROJECT_SOURCE_DIR}/tests/headers/sentence.cmake)
  endforeach()
endfunction()
one_sentence(old_gcc avr-g++ "-std=gnu++1z -mmcu=atmega328p" "mote needs GCC 7 or later")
one_sentence(old_standard ${CMAKE_CXX_COMPILER} "-std=c++11" "mote needs C[+][+]17")

if(AVR_CXX AND IS_DIRECTORY /usr/lib/avr/include)
  add_check(compile headers.avr ${CMAKE_COMMAND} -DINCLUDE=${include} -DBOARD=ON
    "-DCOMPILE=${AVR_CXX} --target=avr -mmcu=atmega328p -nostdinc++ -isystem /usr/lib/avr/include -std=c++17 -Wall -Wextra -Werror"
    -P ${CMAKE_CURRENT_LIST_DIR}/alone.cmake)
else()
  skip(compile headers.avr "clang or avr-libc not found")
endif()

# What Arduino's AVR core carries, in both standards that a user can ask it for.
find_program(AVR_GCC7 avr-g++-7)
if(AVR_GCC7)
  add_check(compile headers.avr_gcc7 ${CMAKE_COMMAND} -DINCLUDE=${include} -DBOARD=ON
    "-DCOMPILE=${AVR_GCC7} -mmcu=atmega328p -std=gnu++17 -Wall -Wextra -Werror" -P ${CMAKE_CURRENT_LIST_DIR}/alone.cmake)
  add_check(compile headers.avr_gcc7_gnu14 ${CMAKE_COMMAND} -DINCLUDE=${include} -DBOARD=ON
    "-DCOMPILE=${AVR_GCC7} -mmcu=atmega328p -std=gnu++14 -w" -P ${CMAKE_CURRENT_LIST_DIR}/alone.cmake)
else()
  skip(compile headers.avr_gcc7 "avr-g++-7 not found; .ci/run installs it")
endif()

# No warning from our headers, whatever is asked for, on any CPU. Of clang's list these are left out:
# what is no warning but a remark on older standards or on padding; that values are behind pointers,
# as they are on boards without containers; that a switch has a default; that the count of pushed
# rows is set to 0 at the start.
set(every "-Weverything -Wno-c++98-compat -Wno-c++98-compat-pedantic -Wno-c++98-compat-local-type-template-args -Wno-pre-c++14-compat -Wno-pre-c++17-compat -Wno-padded -Wno-unsafe-buffer-usage -Wno-switch-enum -Wno-global-constructors")
set(signs "-Wall -Wextra -Wconversion -Wsign-conversion -Wshadow -Wdouble-promotion")
function(no_warnings name compiler flags)
  find_program(no_warnings_${name} ${compiler})
  set(compiler ${no_warnings_${name}})
  if(NOT compiler)
    skip(compile warnings.${name} "its compiler was not found")
    return()
  endif()
  separate_arguments(flags)
  add_check(compile warnings.${name} ${compiler} -std=c++17 -Werror ${flags} -ffreestanding -fsyntax-only -I${include}
    -I${PROJECT_SOURCE_DIR} -Wno-missing-declarations ${CMAKE_CURRENT_LIST_DIR}/warnings.cpp)
endfunction()
no_warnings(gcc g++ "${signs} -Wuseless-cast")
no_warnings(gcc_avx2 g++ "${signs} -Wuseless-cast -mavx2")
no_warnings(gcc_vnni g++ "${signs} -Wuseless-cast -march=x86-64-v4 -mavx512vnni")
no_warnings(clang clang++-19 "${every} -Wno-missing-prototypes -Wno-missing-variable-declarations")
no_warnings(clang_avx2 clang++-19 "${every} -Wno-missing-prototypes -mavx2")
foreach(cpu cortex-m0 cortex-m4 cortex-m55)
  no_warnings(arm_${cpu} arm-none-eabi-g++ "${signs} -mthumb -mcpu=${cpu}")
endforeach()
no_warnings(aarch64 aarch64-linux-gnu-g++ "${signs} -Wuseless-cast")
no_warnings(aarch64_dot aarch64-linux-gnu-g++ "${signs} -Wuseless-cast -march=armv8.2-a+dotprod")
no_warnings(xtensa xtensa-lx106-elf-g++ "${signs}")
no_warnings(riscv riscv64-unknown-elf-g++ "${signs} -march=rv32imc -mabi=ilp32")
no_warnings(avr_gcc7 avr-g++-7 "${signs} -mmcu=atmega2560")
