// mote: machine learning for the smallest chips. Everything a sketch needs.
#pragma once

#include "mote/config.hpp"

#if MOTE_SYSTEM_HEADER
#pragma GCC system_header
#endif

#if MOTE_HAS_COMPILER
#include "mote/shared_ram.hpp"
#include "mote/streaming.hpp"
#include "mote/tflite/tflite.hpp"
#include "mote/version.hpp"
#endif
