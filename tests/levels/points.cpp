// The same of kernels that compute point by point or value by value.
#define MOTE_FEW_CASES
#include "kernel/accumulate.cpp"
#include "kernel/elementwise.cpp"
#include "kernel/matrix.cpp"
#include "kernel/softmax.cpp"
