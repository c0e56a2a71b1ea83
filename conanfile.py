import os
import re

from conan import ConanFile
from conan.tools.files import copy, load
from conan.tools.layout import basic_layout


class Mote(ConanFile):
    name = "mote"
    description = "Neural networks as types: run a quantized .tflite model on any board"
    license = "MIT"
    url = homepage = "https://github.com/mote-ml/mote"
    topics = ("machine-learning", "neural-network", "tinyml", "tflite", "header-only")
    package_type = "header-library"
    exports_sources = "include/*", "LICENSE"
    exports = "include/mote/version.hpp"
    no_copy_source = True

    def set_version(self):
        text = load(self, os.path.join(self.recipe_folder, "include/mote/version.hpp"))
        self.version = re.search(r'MOTE_VERSION "(.*)"', text).group(1)

    def layout(self):
        basic_layout(self)

    def package_id(self):
        self.info.clear()

    def package(self):
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        copy(self, "*", os.path.join(self.source_folder, "include"),
             os.path.join(self.package_folder, "include"))

    def package_info(self):
        self.cpp_info.bindirs = []
        self.cpp_info.libdirs = []
        # mote_embed(target model.tflite name)
        self.cpp_info.set_property("cmake_build_modules", ["include/mote/embed.cmake"])
