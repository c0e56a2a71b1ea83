# Each tests/reject/NAME.cpp compiles as it is and must not compile with MOTE_REJECT; the compiler must
# then print the sentence that stands in the file's first line: "// reject: sentence".

# Without the caret lines, which quote the source and so the sentence.
set(compile "${CMAKE_CXX_COMPILER} -std=c++17 -fsyntax-only -I${PROJECT_SOURCE_DIR}/include -I${CMAKE_CURRENT_SOURCE_DIR}")
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  string(APPEND compile " -fno-diagnostics-show-caret")
else()
  string(APPEND compile " -fno-caret-diagnostics")
endif()

file(GLOB files CONFIGURE_DEPENDS reject/*.cpp)
foreach(file IN LISTS files)
  get_filename_component(name ${file} NAME_WE)
  add_check(compile reject.${name} ${CMAKE_COMMAND} -DFILE=${file} -DCOMPILE=${compile}
    -P ${CMAKE_CURRENT_LIST_DIR}/run.cmake)
endforeach()

# The harness itself must notice a file that is refused for another reason, or not at all.
foreach(self_check "wrong_reason=is refused, but not with" "not_refused=compiles with MOTE_REJECT")
  string(REGEX REPLACE "=.*" "" name ${self_check})
  string(REGEX REPLACE ".*=" "" complaint ${self_check})
  add_check(compile harness.${name} ${CMAKE_COMMAND} -DFILE=${CMAKE_CURRENT_LIST_DIR}/harness/${name}.cpp
    -DCOMPILE=${compile} -P ${CMAKE_CURRENT_LIST_DIR}/run.cmake)
  set_tests_properties(compile.harness.${name} PROPERTIES PASS_REGULAR_EXPRESSION ${complaint})
endforeach()
