# What a debugger shows of a network.
find_program(GDB gdb)
if(NOT GDB)
  skip(compile debugger.backtrace "gdb not found")
elseif(NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  skip(compile debugger.backtrace "gdb does not read all names that clang writes")
else()
  add_check(compile debugger.backtrace ${CMAKE_CURRENT_LIST_DIR}/backtrace ${CMAKE_CURRENT_BINARY_DIR}/debugger
    ${CMAKE_CXX_COMPILER})
endif()
