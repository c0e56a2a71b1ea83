# The kernels of x86-64 for CPUs better than the compiler's default, where this machine has one.

include(CheckCXXSourceRuns)

# runs_x86(CPU feature flags...): sets runs_CPU.
function(runs_x86 CPU feature)
  string(REPLACE ";" " " CMAKE_REQUIRED_FLAGS "${ARGN}")
  check_cxx_source_runs("int main() { return __builtin_cpu_supports(\"${feature}\") ? 0 : 1; }" runs_${CPU})
endfunction()

# add_x86(CPU feature flags...): kernel/vectors.cpp with these flags.
function(add_x86 CPU feature)
  if(runs_${CPU})
    add_unit(kernel_${CPU} kernel/vectors.cpp kernel/stores.cpp)
    target_compile_options(kernel_${CPU} PRIVATE ${ARGN})
    set_source_files_properties(kernel/stores.cpp PROPERTIES COMPILE_OPTIONS -O2)
    set(best_x86 kernel_${CPU} PARENT_SCOPE)
  else()
    skip(unit kernel_${CPU} "this machine or compiler has no ${feature}")
  endif()
endfunction()

set(avx2 x86_avx2 avx2 -mavx2)
set(vnni x86_vnni avx512vnni -mavx2 -mavx512f -mavx512bw -mavx512vl -mavx512vnni)
runs_x86(${avx2})
runs_x86(${vnni})
# The better one tests the tags of both: further compilers take it alone.
if(NOT (MOTE_FEW_PLANS AND runs_x86_vnni))
  add_x86(${avx2})
endif()
add_x86(${vnni})

# The best of them also runs the tests that every CPU runs, of this tag and of those below it.
if(best_x86)
  foreach(topic convolution depthwise matrix blocks pools elementwise accumulate networks pad transposed)
    target_sources(${best_x86} PRIVATE kernel/${topic}.cpp)
  endforeach()
endif()
