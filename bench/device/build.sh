# From a .tflite to $build/firmware.elf. Sourced by run.

common_flags="-Wall -Wextra -ffunction-sections -fdata-sections -fno-unwind-tables -fno-asynchronous-unwind-tables"
scaffold_flags="-std=gnu11 -Os -ffreestanding -fno-tree-loop-distribute-patterns -fno-tree-vectorize -fno-tree-slp-vectorize"
# An interrupt would save vector registers that the scaffolding has used, and that would count as stack.
# The stand-ins for a C library may use them: what they take is counted for the model that calls them.
library_flags="-O3 -ftree-vectorize -ftree-slp-vectorize"
model_flags="-std=c++17 -fno-exceptions -fno-rtti -fno-threadsafe-statics"

logged() { "$@" > "$build/log" 2>&1; }

# compile SOURCE OBJECT [FLAGS...]: of the scaffolding, in C.
compile() {
  local source=$1 object=$2
  shift 2
  logged "$prefix-gcc" $cpu $common_flags $scaffold_flags "$@" $layers_flag -I "$here/firmware" \
      -c "$here/$source" -o "$build/$object.o" || fail "cannot compile $source: $(cat "$build/log")"
  objects="$objects $object.o"
}

# A model that mote refuses: all that is wrong with it, rather than what the compiler says.
explain() {
  cat "$build/check" >&2
  exit 1
}

# compile_model SOURCE [OBJECT]: C++, with the compiler a user of the board has.
compile_model() {
  local source=$1 object=${2:-model} level=-O2
  [ $prefix != avr ] || level=-Os
  if ! logged $compiler ${MOTE_DEVICE_OPT:-$level} $cpu $common_flags $model_flags $layers_flag ${defines[@]+"${defines[@]}"} ${MOTE_DEVICE_FLAGS:-} \
      ${folders[@]+"${folders[@]}"} -I "$include" -I "$here/firmware" -I "$build" -c "$source" -o "$build/$object.o"; then
    case $file in *.tflite) "$here/../check/run" "$file" > "$build/check" || explain ;; esac
    awk '/error|: note: / && !/in instantiation of|in call to|declared here/ && n++ < 20 { print } END { exit n == 0 }' "$build/log" >&2 || tail -n 20 "$build/log" >&2
    fail "$name does not compile for $board"
  fi
  cat "$build/log" >&2
  objects="$objects $object.o"
}

write_model_file() {
  [ $prefix != avr ] || [ "$(bytes_of "$1")" -lt 32767 ] ||
    fail "$name does not fit $board: an array ends at 32767 bytes there, and the file has $(bytes_of "$1")"
  {
    echo "constexpr unsigned char model_file[] ="
    od -An -v -t x1 "$1" | sed 's/ \(..\)/\\x\1/g; s/.*/"&"/'
    echo ";"
  } > "$build/model_file.h"
}

# compile_scaffold [MAIN]
compile_scaffold() {
  if [ $prefix = avr ]; then
    compile avr/main.c scaffold-main
    logged gcc -O2 -Wall -Wextra "$here/avr/harness.c" -lsimavr -lelf -o "$build/harness" ||
      fail "cannot compile avr/harness.c: $(cat "$build/log")"
  else
    compile "firmware/${1:-main.c}" scaffold-main
    compile "firmware/$startup" scaffold-startup $startup_flags
    local source
    for source in $library_sources; do compile "firmware/$source" "library-${source%.c}" $library_flags; done
  fi
}

link() {
  local layout="$here/firmware/firmware.ld" start=-nostdlib
  [ $prefix != avr ] || layout="$here/avr/avr.ld" start=
  cat > "$build/memory.ld" <<END
MEMORY {
    flash (rx) : ORIGIN = $flash_origin, LENGTH = $flash_bytes
    ram (rw) : ORIGIN = $ram_origin, LENGTH = $ram_bytes
}
REGION_ALIAS("constants", $constants)
END
  (cd "$build" && logged "$prefix-gcc" $cpu -static $start -L . -T "$layout" -Wl,--gc-sections \
    -Wl,-Map=firmware.map $objects -Wl,--start-group $libraries -Wl,--end-group -o firmware.elf) && return
  local overflow
  overflow=$(sed -n "s/.*region .\(flash\|ram\). overflowed by \([0-9]*\) byte.*/\1 lacks \2 bytes/p" "$build/log" | sort -u | paste -s -d , -)
  [ -z "$overflow" ] || fail "$name does not fit $board ($about): ${overflow/,/, }"
  fail "cannot link $name for $board: $(grep -v 'ld: warning' "$build/log" | head -n 20)"
}

# Reads what firmware/model.h calls the model's facts from the object that holds them.
read_facts() {
  "$prefix-objcopy" -O binary --only-section=.scaffold.facts "$build/model.o" "$build/facts.bin"
  read -r net_bytes input_bytes output_bytes call_bytes first_output macs < <(od -An -v -w24 -t u4 "$build/facts.bin") ||
    fail "cannot read the facts of the model"
  [ $prefix != avr ] || [ "$call_bytes" = "$input_bytes" ] || fail "$board takes whole inputs, no rows"
}

# section NAME: its bytes in the firmware.
section() { "$prefix-size" -A "$build/firmware.elf" | awk -v name="$1" '$1 == name { n = $2 } END { print n + 0 }'; }

# build_firmware FILE
build_firmware() {
  objects=
  write_model_file "$1"
  compile_scaffold
  compile_model "$here/firmware/model.cpp"
  read_facts
  link
}

# build_program SOURCE: a program with a main() of its own. What it compares with may take more RAM than the
# board has; emulators read single bytes of any flash.
build_program() {
  constants=flash
  objects=''
  compile_scaffold program.c
  compile_model "$1" program
  link
}
