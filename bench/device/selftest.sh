# Checks every figure against a model whose costs are known, in selftest/. Sourced by run.

# Loops: every phase of a timer's tick; some lengths; one that wraps SysTick's 24 bits on every board.
short_loops() { echo $(seq 1 130) 1000 65537 123456; }
loops() {
  short_loops
  [ $prefix = avr ] || echo 600000000
}

little_endian() { tr ' ' '\n' | awk '{ for (i = 0; i < 4; ++i) { printf "\\%03o", $1 % 256; $1 = int($1 / 256) } }'; }

# Compares what was measured with what the model answered: instructions, cycles, stack, sizes.
compare() {
  paste -d ' ' <(report) <(od -An -v -w28 -t u4 "$build/out.bin") | awk -v sizes="$1" '
    { top = $5 > top ? $5 : top; found = $1 " " $3 " " $2 " " sizes; expected = $5 " " $6 " " $7 " " $8 " " $9 " " $10 " " $11 }
    $4 != $1 { ++wrong; print "  of one call, the longest took " $4 }
    found != expected && ++wrong <= 5 { print "  found    " found; print "  expected " expected }
    END {
      print "  " NR " runs of up to " top " instructions, " wrong + 0 " wrong"
      exit wrong > 0 || NR < 133
    }'
}

# check_counts LOOPS [LEVEL]: with the scaffolding compiled at this level of optimization.
check_counts() {
  local scaffold_flags="$scaffold_flags ${2:-}"
  name="the self-test" objects=
  compile_scaffold
  compile selftest/model.c model
  compile selftest/infer.S infer
  read_facts
  link
  printf "$($1 | little_endian)" > "$build/in.bin"
  emulate
  compare "$(section .text) $(section .rodata) $(section .data) $(section .bss)"
}

# The third inference is watched; it wraps SysTick. A call is an instruction, and 4 cycles.
check_layers() {
  name="the self-test of layers" objects='' layers=3 layers_flag=-DMOTE_DEVICE_LAYERS
  compile_scaffold
  compile selftest/model.c model
  compile selftest/infer.S infer
  read_facts
  link
  local loops=300000000
  [ $prefix != avr ] || loops=123456
  printf "$(echo 1 2 $loops | little_endian)" > "$build/in.bin"
  emulate
  local cost cycles
  read -r cost cycles < <(tail -c 28 "$build/out.bin" | od -An -v -w28 -t u4 | awk '{ print $1, $2 }')
  od -An -v -w12 -t u4 "$build/layers.bin" | awk -v cost="$cost" -v cycles="$cycles" '
    { took[NR] = $1; time[NR] = $2; pieces += $3 }
    END {
      found = took[3] - took[2]; found_cycles = time[3] - time[2]
      print "  a layer of " found " instructions, " found - cost - 1 " wrong"
      exit NR != 6 || pieces != 6 || found != cost + 1 || (cycles > 0 && found_cycles != cycles + 4)
    }'
}

check_refusals() {
  name="the bad example" objects= layers_flag=
  compile_scaffold
  compile_model "$here/selftest/bad.cpp"
  link
  local word
  ! check_symbols > /dev/null 2> "$build/refusals" || { echo "  a bad example passed --symbols"; return 1; }
  for word in malloc constructors; do
    grep -q $word "$build/refusals" || { echo "  --symbols missed $word in a bad example"; return 1; }
  done
}

selftest() {
  check_tools
  echo "$board: $about"
  check_counts loops || return
  # What is measured does not depend on how the measuring code is compiled.
  local level
  for level in -O0 -O2 -O3; do check_counts short_loops $level || return; done
  check_layers && check_refusals
}
