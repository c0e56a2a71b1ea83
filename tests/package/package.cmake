# mote as users get it: through CMake, Meson, PlatformIO and Arduino.

set(package ${CMAKE_CURRENT_LIST_DIR})

# add_package(name tools... -- command...): a test that is skipped when a tool is missing.
function(add_package name)
  list(FIND ARGN -- at)
  list(SUBLIST ARGN 0 ${at} tools)
  math(EXPR at "${at} + 1")
  list(SUBLIST ARGN ${at} -1 command)
  foreach(tool IN LISTS tools)
    find_program(tool_${tool} ${tool})
    if(NOT tool_${tool})
      skip(package ${name} "${tool} not found")
      return()
    endif()
  endforeach()
  add_check(package ${name} ${package}/${command} ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR} ${CMAKE_CXX_COMPILER})
endfunction()

add_package(find_package -- consume find_package)
add_package(add_subdirectory -- consume add_subdirectory)
add_package(meson meson -- consume meson)
add_package(embed -- embed)
add_package(platformio pio -- platformio)
set_tests_properties(package.platformio PROPERTIES ENVIRONMENT PIO=${tool_pio})
add_package(version -- version)

file(GLOB sketches CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/examples/*/*.ino)
foreach(sketch IN LISTS sketches)
  get_filename_component(name ${sketch} NAME_WE)
  add_package(arduino.${name} arduino-builder avr-g++ clang++-19 simavr -- arduino ${sketch})
endforeach()
