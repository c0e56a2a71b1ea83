# The other presets, each configured, built and tested as one test.
if(MOTE_MATRIX)
  foreach(preset clang asan)
    add_check(matrix ${preset} ${CMAKE_COMMAND} -DSOURCE=${PROJECT_SOURCE_DIR} -DPRESET=${preset}
      -DMOTE_SHARED=${MOTE_SHARED} -P ${CMAKE_CURRENT_LIST_DIR}/preset.cmake)
    set_tests_properties(matrix.${preset} PROPERTIES PROCESSORS 2 TIMEOUT 1800)
  endforeach()
endif()
