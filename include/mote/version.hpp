#pragma once

#define MOTE_VERSION "0.1.0"
#define MOTE_VERSION_MAJOR 0
#define MOTE_VERSION_MINOR 1
#define MOTE_VERSION_PATCH 0
