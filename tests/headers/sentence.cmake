# COMPILE must fail, with SENTENCE and no other error.
separate_arguments(COMPILE)
execute_process(COMMAND ${COMPILE} RESULT_VARIABLE failed ERROR_VARIABLE errors)
message("${errors}")
string(REGEX MATCHALL "error: " found "${errors}")
list(LENGTH found count)
if(NOT failed OR NOT errors MATCHES "${SENTENCE}" OR NOT count EQUAL 1)
  message(FATAL_ERROR "${count} errors; wanted is one: ${SENTENCE}")
endif()
