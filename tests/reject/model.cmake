# Import<MODEL> is refused with a SENTENCE; the compiler names what was found: REFUSED and FOUND.
# Without a SENTENCE it is accepted.
separate_arguments(COMPILE)
set(header ${FOLDER}/${NAME}.h)
# Byte by byte: mote_embed would add one, which the compiler tells as the size that it found.
file(READ ${MODEL} bytes HEX)
string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
file(WRITE ${header} "inline constexpr unsigned char model[] = {${bytes}};\n")
file(WRITE ${FOLDER}/${NAME}.cpp "#include \"mote.hpp\"\n#include \"${NAME}.h\"\n"
  "mote::tflite::Import<model> network;\nconstexpr auto bytes = decltype(network)::flash_bytes;\n")

execute_process(COMMAND ${COMPILE} ${FOLDER}/${NAME}.cpp RESULT_VARIABLE failed ERROR_VARIABLE errors)
if(NOT SENTENCE)
  if(failed)
    message(FATAL_ERROR "${NAME} must be accepted:\n${errors}")
  endif()
  return()
elseif(NOT failed)
  message(FATAL_ERROR "${NAME} is accepted")
endif()
foreach(part IN ITEMS "${SENTENCE}" "${REFUSED}" "${FOUND}")
  string(FIND "${errors}" "${part}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "${NAME} is refused, but not with '${part}':\n${errors}")
  endif()
endforeach()
# Sentences, and no noise behind them.
string(REPLACE "error: static assertion failed" "" noise "${errors}")
if(noise MATCHES "error: ")
  message(FATAL_ERROR "${NAME} is refused with other errors too:\n${errors}")
endif()
