// A plan as a picture: time against address.
#pragma once

#include <string>

#include "memory.hpp"

/// An SVG file. `title` stands above the picture.
std::string draw(const MemoryFacts& facts, const std::string& title);
