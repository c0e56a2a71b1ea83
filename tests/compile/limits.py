"""limits.py SOURCE WORK MEGABYTES COMPILER "FLAGS" SHAPE LAYER...: a model that bench/compile/make.py makes
compiles within the compiler's default limits and so many megabytes, and the object holds its
constants once."""
import os
import resource
import subprocess
import sys

sys.dont_write_bytecode = True
source, work, megabytes, compiler, flags, *model = sys.argv[1:]
sys.path.insert(0, os.path.join(source, "bench", "compile"))
import make

os.makedirs(work, exist_ok=True)
file = os.path.join(work, "model_file.tflite")
operators = make.make(file, model[0], model[1:])
subprocess.run(["cmake", f"-DFILE={file}", "-DNAME=model_file", f"-DHEADER={work}/model_file.h", "-P",
                os.path.join(source, "include", "mote", "embed.cmake")], check=True)
built = os.path.join(work, "import.o")
subprocess.run([compiler, *flags.split(), f"-I{source}/include", f"-I{work}", "-c",
                os.path.join(source, "bench", "compile", "import.cpp"), "-o", built], check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
model_bytes, object_bytes = os.path.getsize(file), os.path.getsize(built)
print(f"{used} MB of {megabytes}; a model of {model_bytes} bytes, an object of {object_bytes}")
# Code, and the names of functions, come for each operator.
sys.exit(used > int(megabytes) or object_bytes > 1.5 * model_bytes + 100000 + 4000 * operators)
