# The oracle, and networks of random operators held to it.
add_unit(oracle oracle/model.cpp)

# Writes the tests below.
add_executable(emit oracle/emit.cpp)
target_link_libraries(emit PRIVATE strict)
target_compile_options(emit PRIVATE -O1)

# emitted(unit source arguments...): adds a source that `emit` writes.
function(emitted unit source)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${source})
  add_custom_command(OUTPUT ${source} COMMAND emit ${ARGN} > ${source} DEPENDS emit VERBATIM)
  target_sources(${unit} PRIVATE ${source})
endfunction()

# 60 models of 8 operators, each under one plan in turn. Their speed is of no interest, their
# compile time is: further compilers take 12 of them.
set(EACH 12)
set(last 59)
set(catalogues 9)
if(MOTE_FEW_PLANS)
  set(last 11)
  set(catalogues 3)
endif()
add_unit(random_models)
target_compile_options(random_models PRIVATE -O0)
target_precompile_headers(random_models PRIVATE oracle/compiled.hpp)
foreach(FIRST RANGE 0 ${last} ${EACH})
  emitted(random_models random_models_${FIRST}.cpp models ${FIRST} ${EACH} 8 1)
endforeach()

# Many graphs of some 300 layers, composed while the test runs.
add_unit(composed oracle/composed.cpp)
target_compile_options(composed PRIVATE -O0)
target_precompile_headers(composed PRIVATE oracle/catalogue.hpp oracle/random_model.hpp)
foreach(number RANGE ${catalogues})
  emitted(composed catalogue_${number}.cpp catalogue ${number})
endforeach()
