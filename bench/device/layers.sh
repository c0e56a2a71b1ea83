# What each layer takes, its kernel, and which one is the worst. Sourced by run.

# section_of_model NAME: of what the compiler knows of the layers and the firmware does not hold.
section_of_model() {
  "$prefix-objcopy" -O binary --only-section=".$1" "$build/model.o" "$build/$1.bin"
  cat "$build/$1.bin"
}

measure_layers() {
  layers_flag=-DMOTE_DEVICE_LAYERS
  build_firmware "$file"
  layers=$(section_of_model layer_names | wc -l)
  pseudo_random $((2 * input_bytes)) > "$build/in.bin"
  tail -c "$input_bytes" "$build/in.bin" > "$build/again.bin"
  cat "$build/again.bin" >> "$build/in.bin"
  emulate
  [ "$(tail -c "$output_bytes" "$build/out.bin" | cksum)" = \
    "$(tail -c $((2 * output_bytes)) "$build/out.bin" | head -c "$output_bytes" | cksum)" ] ||
    fail "the network answers otherwise when its layers are watched"
  {
    report | awk 'NR == 2 { print "total", $1, $3 }'
    od -An -v -w12 -t u4 "$build/layers.bin" | sed 's/^/cost /'
    paste -d ' ' <(section_of_model layer_numbers | od -An -v -w28 -t u4) <(section_of_model layer_names) |
      sed 's/^/layer /'
  } | awk -v board="$board" -v model="$name" -f "$here/layers.awk"
}
