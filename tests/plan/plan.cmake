# Plans of many networks. tests/plan/*.cpp are in the unit `plan`.

# 42 random networks, some to a translation unit. Their speed is of no interest, their compile time is.
set(EACH 6)
add_unit(random_networks)
target_compile_options(random_networks PRIVATE -O1)
foreach(FIRST RANGE 0 36 ${EACH})
  configure_file(${CMAKE_CURRENT_SOURCE_DIR}/plan/random_case.cpp.in random_networks_${FIRST}.cpp @ONLY)
  target_sources(random_networks PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/random_networks_${FIRST}.cpp)
endforeach()

# The reference models, and the most bytes under LeastRam, PushedRows and LayerByLayer. An input of
# one row is pushed as a whole.
set(limits_ad01_int8 768 1408 768)
set(limits_hello_world_int8 32 32 32)
set(limits_kws_ref_model 5900 5500 16000)
set(limits_micro_speech_quantized 2300 800 5960)
set(limits_person_detect 20000 14500 55296)
set(limits_pretrainedResnet_quant 19000 19000 49152)
set(limits_str_ww_ref_model 4992 4200 6656)
set(limits_vww_96_int8 31500 15100 55296)
foreach(NAME IN LISTS reference)
  list(GET limits_${NAME} 0 LEAST)
  list(GET limits_${NAME} 1 PUSHED)
  list(GET limits_${NAME} 2 MOST)
  add_unit(plan_${NAME})
  mote_embed(plan_${NAME} ${MOTE_SHARED}/models/${NAME}.tflite ${NAME}_file)
  set(GOLDEN ${MOTE_SHARED}/golden)
  configure_file(${CMAKE_CURRENT_SOURCE_DIR}/plan/reference_case.cpp.in plan_${NAME}.cpp @ONLY)
  target_sources(plan_${NAME} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/plan_${NAME}.cpp)
endforeach()
if(NOT reference)
  skip(unit plan_reference_models "${MOTE_SHARED}/models not found; set MOTE_SHARED")
endif()
