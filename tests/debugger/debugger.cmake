# What a debugger shows of a network.
find_program(GDB gdb)
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  return()
endif()
if(GDB)
  add_check(compile debugger.backtrace ${CMAKE_CURRENT_LIST_DIR}/backtrace ${CMAKE_CURRENT_BINARY_DIR}/debugger
    ${CMAKE_CXX_COMPILER})
else()
  skip(compile debugger.backtrace "gdb not found")
endif()
