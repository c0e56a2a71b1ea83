# The oracle, and networks of random operators held to it.
add_unit(oracle oracle/model.cpp)

# emit FIRST COUNT OPERATORS PLANS > FILE.cpp: so many random models, as a test.
add_executable(emit oracle/emit.cpp)
target_link_libraries(emit PRIVATE strict)
target_compile_options(emit PRIVATE -O1)

# 72 models of 8 operators, each under one plan in turn. Their speed is of no interest, their
# compile time is: further compilers take 12 of them.
set(EACH 12)
set(last 71)
if(MOTE_FEW_PLANS)
  set(last 11)
endif()
add_unit(random_models)
target_compile_options(random_models PRIVATE -O0)
target_precompile_headers(random_models PRIVATE oracle/compiled.hpp)
foreach(FIRST RANGE 0 ${last} ${EACH})
  set(source ${CMAKE_CURRENT_BINARY_DIR}/random_models_${FIRST}.cpp)
  add_custom_command(OUTPUT ${source} COMMAND emit ${FIRST} ${EACH} 8 1 > ${source} DEPENDS emit VERBATIM)
  target_sources(random_models PRIVATE ${source})
endforeach()
