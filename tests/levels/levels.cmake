# The levels of optimization that people use, beside the one at which all kernels are tested: part of
# these tests again, and random networks, which lay maps over each other.

foreach(board cortex-m0 cortex-m4 cortex-m55 rv32imc aarch64-dot)
  foreach(level -Os -O2 -O3)
    # Boards run all of them at -O2, AArch64 at -O1.
    if(NOT level STREQUAL -O2 OR board STREQUAL aarch64-dot)
      add_program(${board} windows${level} ${CMAKE_CURRENT_LIST_DIR}/windows.cpp ${level})
      add_program(${board} points${level} ${CMAKE_CURRENT_LIST_DIR}/points.cpp ${level})
    endif()
  endforeach()
endforeach()
foreach(board cortex-m0 cortex-m4 cortex-m55 aarch64)
  add_program(${board} networks ${CMAKE_CURRENT_LIST_DIR}/networks.cpp)
endforeach()

# This machine runs all kernels at -O3; those of its best CPU at these levels too.
if(best_x86)
  get_target_property(best_x86_flags ${best_x86} COMPILE_OPTIONS)
  add_unit(networks_${best_x86} ${CMAKE_CURRENT_LIST_DIR}/networks.cpp)
  target_compile_options(networks_${best_x86} PRIVATE ${best_x86_flags} -O2)
  # Other compilers for this machine need not build all of it again.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    foreach(level -Os -O2)
      add_unit(${best_x86}${level} ${CMAKE_CURRENT_LIST_DIR}/windows.cpp ${CMAKE_CURRENT_LIST_DIR}/points.cpp)
      target_compile_options(${best_x86}${level} PRIVATE ${best_x86_flags} ${level})
    endforeach()
  endif()
endif()
