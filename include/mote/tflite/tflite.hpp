// Networks from .tflite files: `mote::tflite::Import<file>`.
#pragma once

#include <mote/tflite/import.hpp>
