# A table of compilers and targets: the ends of the range, once. `tests/compilers/table FOLDER` has all of
# them; zig, which builds a C library for each target first, takes minutes.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_check(compile compilers ${CMAKE_CURRENT_LIST_DIR}/table ${CMAKE_CURRENT_BINARY_DIR}/compilers
    g++-11 xtensa-lx106-elf-g++ clang++-14 clang++-19 clang-all clang-msvc)
endif()
