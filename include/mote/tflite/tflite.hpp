// Networks from .tflite files: `mote::tflite::Import<file>`.
#pragma once

#include "import.hpp"
