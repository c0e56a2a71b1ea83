# Every model is a test case: all recorded inferences, byte for byte.

# model_case(program template NAME): a source of the program, with the model embedded as NAME_file.
function(model_case program template NAME)
  mote_embed(${program} ${FOLDER}/${NAME}.tflite ${NAME}_file)
  configure_file(${CMAKE_CURRENT_SOURCE_DIR}/models/${template} ${NAME}.cpp @ONLY)
  target_sources(${program} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${NAME}.cpp)
endfunction()

# One small model a layer, twelve to a translation unit.
set(FOLDER ${CMAKE_CURRENT_SOURCE_DIR}/models/layers)
if(EXISTS ${FOLDER}/index.txt)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${FOLDER}/index.txt)
  add_unit(layer_models)
  file(STRINGS ${FOLDER}/index.txt models REGEX "^[a-z]")
  file(READ models/layer_case.cpp.in template)
  set(count 0)
  foreach(model IN LISTS models)
    string(REGEX MATCH "^[^ \t]+" NAME "${model}")
    string(MAKE_C_IDENTIFIER ${NAME}_file FILE)
    mote_embed(layer_models ${FOLDER}/${NAME}.tflite ${FILE})
    math(EXPR unit "${count} / 12")
    math(EXPR count "${count} + 1")
    string(CONFIGURE "${template}" case @ONLY)
    string(APPEND unit_${unit} "${case}")
  endforeach()
  foreach(part RANGE ${unit})
    file(GENERATE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/layer_models_${part}.cpp CONTENT "${unit_${part}}")
    target_sources(layer_models PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/layer_models_${part}.cpp)
  endforeach()
else()
  skip(unit layer_models "tests/models/layers/index.txt not found")
endif()

# Several inputs and outputs.
set(FOLDER ${CMAKE_CURRENT_SOURCE_DIR}/models/graphs)
add_unit(graph_models)
foreach(model an_output_that_is_read int16_border outputs_before_the_last_operator real_border
    several_borders three_inputs two_inputs two_inputs_and_outputs two_outputs uint8_border uint8_border_that_rescales)
  model_case(graph_models graph_case.cpp.in ${model})
endforeach()
target_sources(graph_models PRIVATE models/borders.cpp)

# The models the project ships.
set(FOLDER ${CMAKE_CURRENT_SOURCE_DIR}/models)
add_unit(models)
foreach(model sine digits)
  model_case(models model_case.cpp.in ${model})
endforeach()

# The reference models, tensor by tensor.
set(reference ad01_int8 hello_world_int8 kws_ref_model micro_speech_quantized person_detect
  pretrainedResnet_quant str_ww_ref_model vww_96_int8)
set(FOLDER ${MOTE_SHARED}/models)
set(GOLDEN ${MOTE_SHARED}/golden)
if(NOT IS_DIRECTORY ${FOLDER})
  skip(unit reference_models "${FOLDER} not found; set MOTE_SHARED")
  set(reference "")
endif()
foreach(model IN LISTS reference)
  add_unit(${model})
  model_case(${model} reference_case.cpp.in ${model})
endforeach()
if(person_detect IN_LIST reference)
  target_sources(person_detect PRIVATE models/person_images.cpp)
endif()
if(str_ww_ref_model IN_LIST reference)
  target_sources(str_ww_ref_model PRIVATE models/wake_word_streamed.cpp)
endif()

# Small models of forms that are rare.
set(FOLDER ${MOTE_SHARED}/faults)
if(IS_DIRECTORY ${FOLDER})
  add_unit(rare_models)
  file(READ models/layer_case.cpp.in template)
  set(cases "")
  foreach(NAME add_rank3_and_rank4 bias_int32_min_weights_set channel_zero_scale conv_grouped fc_batched_between_reshapes
      fc_weights_rank4 k_conv1d_dynamic k_dense_reshape_sepconv_dense k_dynamic_batch k_grouped p_f softmax_many_1024
      softmax_many_8192 v_dead_quantize_then_reshape)
    set(FILE ${NAME}_file)
    mote_embed(rare_models ${FOLDER}/${NAME}.tflite ${FILE})
    string(CONFIGURE "${template}" case @ONLY)
    string(APPEND cases "${case}")
  endforeach()
  file(GENERATE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/rare_models.cpp CONTENT "${cases}")
  target_sources(rare_models PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/rare_models.cpp)
else()
  skip(unit rare_models "${FOLDER} not found; set MOTE_SHARED")
endif()

# What people made, in all the forms that converters write; outputs of TensorFlow Lite Micro.
set(FOLDER ${MOTE_SHARED}/field)
if(IS_DIRECTORY ${FOLDER})
  add_unit(field_models)
  foreach(model add_two_inputs anomaly automl_vww gesture har_conv1d magic_wand mobilenet_cifar
      people_thermal snow)
    model_case(field_models model_case.cpp.in ${model})
  endforeach()
else()
  skip(unit field_models "${FOLDER} not found; set MOTE_SHARED")
endif()
