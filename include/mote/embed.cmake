# mote_embed(target model.tflite name): the target may include "name.h", which holds the file as
# `inline constexpr unsigned char name[]`: inline, so that all sources share one network. A string takes
# compilers a tenth of the time that a list of bytes does; it ends with one byte more than the file, 0.
# The header is made at build time, again when the model changes.
#
# The same file, run as a script, makes one header:
#   cmake -DFILE=model.tflite -DNAME=name -DHEADER=name.h -P embed.cmake

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  if(NOT EXISTS "${FILE}")
    message(FATAL_ERROR "mote_embed: no such file: ${FILE}")
  endif()
  file(READ "${FILE}" bytes HEX)
  string(REGEX REPLACE "(..)" "\\\\x\\1" bytes "${bytes}")
  string(REPEAT "...." 24 line)
  string(REGEX REPLACE "(${line})" "\\1\"\n\"" bytes "${bytes}")
  get_filename_component(origin "${FILE}" NAME)
  # GCC and clang know inline variables before C++17, and remark on them outside of system headers.
  file(WRITE "${HEADER}" "// ${origin}\n#pragma once\n"
    "#if __cplusplus < 201703L\n#pragma GCC system_header\n#endif\n\n"
    "alignas(16) inline constexpr unsigned char ${NAME}[] =\n\"${bytes}\";\n")
  return()
endif()

set(MOTE_EMBED_SCRIPT "${CMAKE_CURRENT_LIST_FILE}" CACHE INTERNAL "")

function(mote_embed target file name)
  get_filename_component(file "${file}" ABSOLUTE)
  if(NOT TARGET ${target})
    message(FATAL_ERROR "mote_embed: '${target}' is not a target; call add_executable or add_library first")
  elseif(NOT EXISTS "${file}" OR IS_DIRECTORY "${file}")
    message(FATAL_ERROR "mote_embed(${target}): no such file: ${file}")
  elseif(NOT name MATCHES "^[A-Za-z_][A-Za-z0-9_]*$")
    message(FATAL_ERROR "mote_embed(${target}): '${name}' is not a C++ name")
  endif()
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/mote_embed/${target}")
  set(header "${folder}/${name}.h")
  add_custom_command(OUTPUT "${header}" VERBATIM
    COMMAND ${CMAKE_COMMAND} "-DFILE=${file}" -DNAME=${name} "-DHEADER=${header}" -P "${MOTE_EMBED_SCRIPT}"
    DEPENDS "${file}" "${MOTE_EMBED_SCRIPT}" COMMENT "Embedding ${name}")
  target_sources(${target} PRIVATE "${header}")
  target_include_directories(${target} PRIVATE "${folder}")
endfunction()
