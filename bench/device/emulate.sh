# Runs $build/firmware.elf on in.bin; leaves out.bin, and report.bin: for each inference four 64-bit
# numbers: instructions, bytes of stack, cycles where the emulator knows them, and the instructions of the
# longest of its calls, where it takes several. Sourced by run.

bytes_of() { wc -c < "$1" | tr -d ' '; }

# pseudo_random COUNT: bytes. The products stay below 2^53, so awk's numbers are exact.
pseudo_random() {
  printf "$(awk -v count="$1" 'BEGIN {
    s = 20261122
    while (count-- > 0) { s = (s * 1664525 + 1013904223) % 4294967296; printf "\\%03o", int(s / 16777216) }
  }')"
}

address() { "$prefix-nm" "$build/firmware.elf" | awk -v name="$1" '$3 == name { print $1 }'; }

emulate() (
  local limit="timeout ${MOTE_DEVICE_TIMEOUT:-900}"
  cd "$build"
  rm -f out.bin report.bin layers.bin
  # QEMU's SIMCALL takes the host's flags or GDB's, by version, to make a file. Writing is 1 in both.
  [[ $prefix != xtensa* ]] || touch out.bin report.bin layers.bin
  if [ $prefix = avr ]; then
    avr-objcopy -O binary firmware.elf firmware.bin
    $limit $emulator firmware.bin in.bin out.bin report.bin "$input_bytes" "$output_bytes" \
      "$(address harness_input)" "$(address harness_output)" "$(address model_infer)" "$(address __bss_end)" \
      ${layers_flag:+"$(address layer_done)" $layers}
  else
    $limit $emulator -icount shift=0 -display none -monitor none -serial null -nodefaults \
      -semihosting-config enable=on,target=native -kernel firmware.elf
  fi > log 2>&1 < /dev/null && return
  [ $? != 124 ] || fail "$name did not end on $board within ${MOTE_DEVICE_TIMEOUT:-900} s"
  fail "$name failed on $board: $(tail -n 3 log)"
)

report() { od -An -v -w32 -t u8 "$build/report.bin"; }
