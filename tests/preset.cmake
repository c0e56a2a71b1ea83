# Configures, builds and tests SOURCE with PRESET.
foreach(step "${CMAKE_COMMAND};--preset;${PRESET};-DMOTE_SHARED=${MOTE_SHARED}" "${CMAKE_COMMAND};--build;--preset;${PRESET}"
    "${CMAKE_CTEST_COMMAND};--preset;${PRESET}")
  execute_process(COMMAND ${step} WORKING_DIRECTORY ${SOURCE} RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "preset ${PRESET}: ${step}")
  endif()
endforeach()
