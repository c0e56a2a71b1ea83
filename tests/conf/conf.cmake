# tests/conf/BOARD.cpp states what the configuration must be on that board. Its first line is the
# command that compiles it: "// compile: arm-none-eabi-g++ -mcpu=cortex-m4 ...".

file(GLOB files CONFIGURE_DEPENDS conf/*.cpp)
foreach(file IN LISTS files)
  get_filename_component(board ${file} NAME_WE)
  file(STRINGS ${file} first LIMIT_COUNT 1)
  string(REGEX REPLACE "^// compile: " "" command "${first}")
  separate_arguments(command UNIX_COMMAND "${command}")
  list(POP_FRONT command compiler)
  find_program(conf_${compiler} ${compiler})
  if(conf_${compiler})
    add_check(compile conf.${board} ${conf_${compiler}} ${command} -S -o /dev/null -I${PROJECT_SOURCE_DIR}/include
      -I${CMAKE_CURRENT_SOURCE_DIR} -I${PROJECT_SOURCE_DIR} ${file})
  else()
    skip(compile conf.${board} "${compiler} not found")
  endif()
endforeach()
