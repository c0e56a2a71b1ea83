# Is everything there that a board needs? Sourced by run.

need() { command -v "$1" > /dev/null || fail "$board needs $1, from the Debian package $2"; }

# A gcc that has no such file answers with the bare name.
need_file() {
  [ "$("$prefix-gcc" $cpu -print-file-name="$1")" != "$1" ] ||
    fail "$board needs $1, from the Debian package $2"
}

need_header() {
  echo "#include <$1>" | "$2" -E - > /dev/null 2>&1 ||
    fail "$board needs the header $1, from the Debian package $3"
}

check_tools() {
  local compiler_package library_package emulator_package
  read -r compiler_package library_package emulator_package <<< "$packages"
  need "$prefix-gcc" "$compiler_package"
  case $prefix in
    avr)
      need_file crtatmega328p.o "$library_package"
      case $compiler in
        clang) find_clang ;;
        *) command -v "$compiler" > /dev/null || fail "$board needs $compiler, which .ci/run installs" ;;
      esac
      need gcc gcc
      need_header libelf.h gcc libelf-dev
      need_header simavr/sim_avr.h gcc "$emulator_package" ;;
    *)
      need "$prefix-g++" "$compiler_package"
      case $prefix in
        arm*) need_file libc.a "$library_package" ;;
        riscv*) [ -e "$("$prefix-gcc" -print-file-name=picolibc.specs)" ] ||
          fail "$board needs picolibc.specs, from the Debian package $library_package" ;;
        xtensa*) ;;
        *) need_header stdint.h "$prefix-gcc" "$library_package" ;;
      esac
      need "${emulator%% *}" "$emulator_package" ;;
  esac
}

# Debian's avr-g++ stops at C++14.
find_clang() {
  local clang
  for clang in clang-{21,20,19,18,17,16,15,14} clang; do
    if command -v $clang > /dev/null && $clang --print-targets 2> /dev/null | grep -q '^ *avr '; then
      compiler="$clang --target=avr -nostdinc++"
      return
    fi
  done
  fail "$board needs clang with AVR among its targets, from the Debian package clang-19 or clang-14"
}
