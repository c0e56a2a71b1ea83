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
  # CMake breaks the lines of its errors where the length of the path makes it.
  string(REPLACE " " "[ \n]+" complaint ${complaint})
  add_check(compile harness.${name} ${CMAKE_COMMAND} -DFILE=${CMAKE_CURRENT_LIST_DIR}/harness/${name}.cpp
    -DCOMPILE=${compile} -P ${CMAKE_CURRENT_LIST_DIR}/run.cmake)
  set_tests_properties(compile.harness.${name} PROPERTIES PASS_REGULAR_EXPRESSION ${complaint})
endforeach()

# check_model(NAME MODEL options...): what the compiler says of Import of a model; see model.cmake.
function(check_model NAME MODEL)
  add_check(compile ${NAME} ${CMAKE_COMMAND} -DNAME=${NAME} -DMODEL=${MODEL} -DCOMPILE=${compile}
    -DFOLDER=${CMAKE_CURRENT_BINARY_DIR}/reject ${ARGN}
    -P ${CMAKE_CURRENT_SOURCE_DIR}/reject/model.cmake)
endfunction()

# Every model of tests/models/bad is refused as bad.txt says; odd ones that are right are not.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS models/bad.txt)
file(STRINGS models/bad.txt lines REGEX "^[a-z]")
foreach(line IN LISTS lines)
  string(REPLACE " | " ";" columns "${line}")
  list(GET columns 0 name)
  list(GET columns 1 fault)
  list(GET columns 2 operator)
  list(GET columns 3 found)
  list(GET columns 4 sentence)
  set(refused "refused<mote::tflite::Fault::${fault}, ${operator}, ")
  if(operator EQUAL -1)
    set(refused "refused_file<mote::tflite::Fault::${fault}, ")
  endif()
  check_model(refused.${name} ${CMAKE_CURRENT_SOURCE_DIR}/models/bad/${name}.tflite
    "-DSENTENCE=${sentence}" "-DREFUSED=${refused}" "-DFOUND=${found}")
endforeach()

# All faults at once, each one once with the number of its operators.
foreach(fault "custom_operator, 0, mote::tflite::Builtin::CUSTOM=custom<'F', 'i', 'r', 's', 't'>, mote::tflite::times<2>"
    "custom_operator, 2, mote::tflite::Builtin::CUSTOM=custom<'O', 't', 'h', 'e', 'r'>, mote::tflite::times<1>"
    "unsupported_operator, 3, mote::tflite::Builtin::COS=times<2>")
  string(REGEX REPLACE "=.*" "" refused "${fault}")
  string(REGEX REPLACE ".*=" "" found "${fault}")
  string(REGEX REPLACE "[^a-z_0-9].*" "" name "${fault}")
  string(REGEX MATCH "[0-9]" first "${fault}")
  check_model(refused.many_faults.${name}_${first} ${CMAKE_CURRENT_SOURCE_DIR}/models/bad/many_faults.tflite
    "-DSENTENCE=the model has no inputs" "-DREFUSED=refused<mote::tflite::Fault::${refused}" "-DFOUND=${found}")
endforeach()
foreach(name conv_batch_in_signature conv_no_bias)
  check_model(accepted.${name} ${CMAKE_CURRENT_SOURCE_DIR}/models/layers/${name}.tflite)
endforeach()
