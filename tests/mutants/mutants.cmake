# Models that check() accepts compile with Import: damaged ones, which no converter writes. More by
# hand, with another seed: write FOLDER 400 7 tests/models/layers/*.tflite, and compile.cmake.

add_executable(write_mutants mutants/write.cpp)
target_link_libraries(write_mutants PRIVATE strict)
add_check(compile mutants ${CMAKE_COMMAND} -DWRITE=$<TARGET_FILE:write_mutants> -DCOUNT=40 -DSEED=1
  -DMODELS=${CMAKE_CURRENT_SOURCE_DIR}/models/layers -DFOLDER=${CMAKE_CURRENT_BINARY_DIR}/mutants
  -DCOMPILE=${compile} -P ${CMAKE_CURRENT_LIST_DIR}/compile.cmake)
