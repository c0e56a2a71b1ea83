# Large layers compile within the default limits of compilers, and in little memory. Compilers are
# called by their names, so that one build is enough.

if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  return()
endif()

find_package(Python3 COMPONENTS Interpreter)

# add_limit(NAME MEGABYTES COMPILER FLAGS SHAPE LAYER...)
function(add_limit name megabytes compiler flags)
  find_program(compile_${compiler} ${compiler})
  if(Python3_FOUND AND compile_${compiler})
    add_check(compile limits.${name} ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/compile/limits.py
      ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_BINARY_DIR}/limits/${name} ${megabytes} ${compile_${compiler}} ${flags} ${ARGN})
  else()
    skip(compile limits.${name} "Python 3 or ${compiler} not found")
  endif()
endfunction()

set(plan "-DMODEL_PLAN=LayerByLayer")
foreach(compiler g++ clang++-19)
  string(REPLACE "++" "" name ${compiler})
  set(flags "-std=c++17 -O2 ${plan}")
  add_limit(${name}.dense_2mb 1500 ${compiler} ${flags} 1x1x1024 dense:2048)
  add_limit(${name}.channels_4096 300 ${compiler} ${flags} 4x4x16 conv:4096,1,1 depthwise:3,1)
  add_limit(${name}.picture_320 300 ${compiler} ${flags}
    320x320x3 conv:8,3,2 depthwise:3,1 conv:16,1,1 pool:160 dense:10)
endforeach()

# Every CPU's tables: a convolution, pointwise ones, depthwise ones and a dense layer of several
# blocks, and sums that are added up as rows arrive.
set(wide 8x8x64 conv:64,3,1 depthwise:3,1 conv:300,1,1 depthwise:3,1 conv:64,1,1 dense:20)
foreach(compiler g++ clang++-19)
  string(REPLACE "++" "" name ${compiler})
  add_limit(${name}.wide 400 ${compiler} "-std=c++17 -O2 ${plan}" ${wide})
  add_limit(${name}.avx2.wide 500 ${compiler} "-std=c++17 -O2 -mavx2 ${plan}" ${wide})
  add_limit(${name}.vnni.wide 500 ${compiler} "-std=c++17 -O2 -march=x86-64-v4 -mavx512vnni ${plan}" ${wide})
  add_limit(${name}.added_up 400 ${compiler} "-std=c++17 -O2 -DMODEL_PLAN=PushedRows" 32x8x32 conv:32,1,1 dense:40)
endforeach()
foreach(cpu cortex-m0 cortex-m4 cortex-m55)
  add_limit(${cpu}.wide 400 arm-none-eabi-g++ "-std=c++17 -Os -mthumb -mcpu=${cpu} ${plan}" ${wide})
endforeach()
foreach(cpu armv8-a armv8.2-a+dotprod)
  string(REPLACE "+" "_" name ${cpu})
  add_limit(${name}.wide 500 aarch64-linux-gnu-g++ "-std=c++17 -O2 -march=${cpu} ${plan}" ${wide})
endforeach()

# Deep networks, chains and residual ones, under plans that stream: what planning costs.
foreach(compiler g++ clang++-19)
  string(REPLACE "++" "" name ${compiler})
  foreach(plan LeastRam PushedRows)
    set(flags "-std=c++17 -O1 -DMODEL_PLAN=${plan}")
    add_limit(${name}.chain_50.${plan} 300 ${compiler} ${flags} 16x8x4 25*conv:4,1,1,1+depthwise:3,1,1 dense:4)
    add_limit(${name}.residual_50.${plan} 300 ${compiler} ${flags} 16x8x4 16*conv:4,3,1,1+depthwise:3,1,1+add:2 dense:4)
  endforeach()
  set(flags "-std=c++17 -O1 -DMODEL_PLAN=LeastRam")
  add_limit(${name}.chain_200 800 ${compiler} ${flags} 16x8x4 100*conv:4,1,1,1+depthwise:3,1,1 dense:4)
  add_limit(${name}.residual_200 800 ${compiler} ${flags}
    32x8x4 34*conv:4,3,1,1+depthwise:3,1,1+add:2 conv:8,1,2 33*conv:8,3,1,1+depthwise:3,1,1+add:2 dense:4)
endforeach()
