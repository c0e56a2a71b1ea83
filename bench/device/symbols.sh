# Does the firmware hold anything that mote promises to do without? Sourced by run.

# Section, bytes and name of each symbol outside the scaffolding, the largest first.
model_symbols() {
  "$prefix-nm" -f sysv -t d "$build/firmware.elf" | awk -F '|' '
    { gsub(/ +/, ""); section = $7; sub(/^[*].*[*]/, "", section) }
    section ~ /^[.](text|rodata|data|bss|constructors)$/ && $1 !~ /^(_*(data|bss|stack|constructors)(_|$)|__global_pointer|[.$])/ {
      print section, $5 + 0, $1
    }' | sort -k1,1 -k2,2nr
}

# refuse WHAT PATTERN, of names in the file "names"
refuse() {
  local found
  found=$(grep -E "$2" "$build/names" | tr '\n' ' ') || return 0
  echo "run: $name on $board uses $1: $found" >&2
  refused=1
}

check_symbols() {
  refused=0
  model_symbols > "$build/symbols"
  cut -d ' ' -f 3 "$build/symbols" > "$build/names"
  "$(command -v c++filt || echo "$prefix-c++filt")" < "$build/symbols"
  refuse "the heap" '^_*(malloc|calloc|realloc|free|cfree|sbrk)(_r)?$|^_Zn[wa]|^_Zd[la]'
  refuse "the C++ run-time library" '^__cxa_|^_Unwind_|^_*(gxx|gcc)_personality|^__aeabi_unwind|^__aeabi_atexit'
  refuse "floating point in software" \
    '^__aeabi_(c?[fd]|h2f|u?[il]2[fd])|^__(add|sub|mul|div|neg|eq|ne|lt|le|gt|ge|cmp|unord|powi)[hsdt]f|^__(fix|float|extend|trunc)[a-z]*[hsdt][fi]|^__fp_'
  local constructors
  constructors=$(section .constructors)
  if [ "$constructors" -gt 0 ]; then
    echo "run: $name on $board has static constructors: $constructors bytes of pointers to them" >&2
    refused=1
  fi
  return $refused
}
