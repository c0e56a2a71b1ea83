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

# No warning from our headers, whatever is asked for, on any CPU.
set(every -Weverything
  -Wno-c++98-compat -Wno-c++98-compat-pedantic  # C++17 is what they are written in
  -Wno-padded  # what a structure takes is for plans and tests to count
  -Wno-unsafe-buffer-usage  # boards have no containers: values are behind pointers
  -Wno-switch-enum  # of the format's many operators the rest are the default
  -Wno-global-constructors)  # the count of pushed rows starts at 0, which optimizers need no code for
set(signs -Wall -Wextra -Wconversion -Wsign-conversion -Wshadow -Wdouble-promotion)
set(casts ${signs} -Wuseless-cast)
# no_warnings(NAME COMPILER FLAGS...)
function(no_warnings name compiler)
  find_program(no_warnings_${compiler} ${compiler})
  if(NOT no_warnings_${compiler})
    skip(compile warnings.${name} "${compiler} not found")
    return()
  endif()
  add_check(compile warnings.${name} ${no_warnings_${compiler}} -std=c++17 -Werror ${ARGN} -ffreestanding -fsyntax-only
    -I${include} -I${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_LIST_DIR}/warnings.cpp)
endfunction()
no_warnings(gcc.x86-64 g++ ${casts})
no_warnings(gcc.x86-64-v3 g++ ${casts} -march=x86-64-v3)
no_warnings(gcc.vnni g++ ${casts} -march=x86-64-v4 -mavx512vnni)
no_warnings(clang.x86-64 clang++-19 ${every})
no_warnings(clang.x86-64-v3 clang++-19 ${every} -march=x86-64-v3)
no_warnings(clang.vnni clang++-19 ${every} -march=x86-64-v4 -mavx512vnni)
foreach(cpu cortex-m0 cortex-m4 cortex-m55)
  set(flags -mthumb -mcpu=${cpu})
  # Vectors go with the registers of real numbers.
  if(cpu STREQUAL cortex-m55)
    list(APPEND flags -mfloat-abi=hard)
  endif()
  no_warnings(gcc.${cpu} arm-none-eabi-g++ ${casts} ${flags})
  no_warnings(clang.${cpu} clang++-19 ${every} --target=arm-none-eabi ${flags})
endforeach()
foreach(arch armv8-a armv8.2-a+dotprod)
  no_warnings(gcc.${arch} aarch64-linux-gnu-g++ ${casts} -march=${arch})
  no_warnings(clang.${arch} clang++-19 ${every} --target=aarch64-none-elf -march=${arch})
endforeach()
no_warnings(gcc.lx106 xtensa-lx106-elf-g++ ${casts})
no_warnings(gcc.rv32imc riscv64-unknown-elf-g++ ${casts} -march=rv32imc -mabi=ilp32)
no_warnings(clang.rv32imc clang++-19 ${every} --target=riscv32-none-elf -march=rv32imc -mabi=ilp32)
no_warnings(gcc7.atmega2560 avr-g++-7 ${casts} -mmcu=atmega2560)
no_warnings(clang.atmega2560 clang++-19 ${every} --target=avr -mmcu=atmega2560)
