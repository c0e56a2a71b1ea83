# The boards, a line each. Sourced by run.

boards="cortex-m0 cortex-m3 cortex-m4 cortex-m7 cortex-m33 cortex-m55 rv32imc lx106 aarch64 aarch64-dot atmega328p atmega328p-gcc7"

# select_board NAME sets what the other files need to know:
#   about                    for people
#   prefix, packages         of the GNU tools; Debian's names for compiler, C library, emulator
#   cpu, libraries           flags to compile and link with; what a model may link
#   compiler                 of the model, with arguments
#   flash_*, ram_*           origin and bytes, enforced by the linker
#   constants                where they are: flash, or ram
#   startup, startup_flags   source in firmware/; library_sources: stand-ins for a C library
#   emulator                 with arguments
select_board() {
  board=$1 startup_flags='' library_sources='' compiler='' constants=flash
  case $board in
    #                                                                                          instructions
    #                    machine     CPU and instruction set             flash    RAM            in SysTicks
    cortex-m0)  cortex_m microbit   "-mcpu=cortex-m0"                          0 256K 0x20000000 16K  125 2 ;;
    cortex-m3)  cortex_m mps2-an385 "-mcpu=cortex-m3"                          0 4M   0x20000000 4M   40 1 ;;
    cortex-m4)  cortex_m mps2-an386 "-mcpu=cortex-m4 -mfpu=fpv4-sp-d16 $hard"  0 4M   0x20000000 4M   40 1 ;;
    cortex-m7)  cortex_m mps2-an500 "-mcpu=cortex-m7 -mfpu=fpv5-d16 $hard"     0 4M   0x20000000 4M   40 1 ;;
    # These start in the Secure state, which sees the same memory 0x10000000 higher up.
    cortex-m33) cortex_m mps2-an505 "-mcpu=cortex-m33 $hard"          0x10000000 4M   0x38000000 2M   50 1 ;;
    cortex-m55) cortex_m mps3-an547 "-mcpu=cortex-m55 $hard"          0x10000000 512K 0x30000000 512K 125 4 ;;
    rv32imc) riscv ;;
    lx106)   xtensa lx106 ;;
    aarch64)     aarch64 cortex-a53 ;;
    aarch64-dot) aarch64 cortex-a76 ;;
    atmega328p)      avr atmega328p 32K 2K clang ;;
    atmega328p-gcc7) avr atmega328p 32K 2K avr-g++-7 ;;
    *) fail "unknown board $board; there are: $boards" ;;
  esac
  about="$about, $flash_bytes flash, $ram_bytes RAM"
  [ -n "$compiler" ] || compiler="$prefix-g++"
}

hard=-mfloat-abi=hard

cortex_m() {
  about="QEMU $1" prefix=arm-none-eabi
  packages="gcc-arm-none-eabi libnewlib-arm-none-eabi qemu-system-arm"
  cpu="-mthumb $2" libraries="-lc -lgcc"
  flash_origin=$3 flash_bytes=$4 ram_origin=$5 ram_bytes=$6
  startup=cortex_m.c startup_flags="-masm-syntax-unified -DINSTRUCTIONS=$7 -DTICKS=$8"
  emulator="qemu-system-arm -M $1"
}

riscv() {
  about="QEMU riscv32 virt" prefix=riscv64-unknown-elf
  packages="gcc-riscv64-unknown-elf picolibc-riscv64-unknown-elf qemu-system-misc"
  cpu="--specs=picolibc.specs -march=rv32imc -mabi=ilp32" libraries="-lc -lgcc"
  flash_origin=0x80000000 flash_bytes=4M ram_origin=0x80400000 ram_bytes=4M
  startup=riscv.S startup_flags=-march=rv32imc_zicsr
  emulator="qemu-system-riscv32 -M virt -bios none"
}

# The memory of an ESP8266. Its flash gives whole words alone, so that constants are loaded into RAM.
xtensa() {
  about="QEMU sim, $1" prefix=xtensa-$1-elf
  packages="gcc-xtensa-$1 gcc-xtensa-$1 qemu-system-misc"
  cpu="-ffreestanding -mtext-section-literals" libraries=-lgcc
  flash_origin=0x50000000 flash_bytes=1M ram_origin=0x3ffe8000 ram_bytes=80K constants=ram
  startup=xtensa.c startup_flags="-DINSTRUCTIONS=25" library_sources="memory.c arithmetic.c"
  emulator="qemu-system-xtensa -M sim -cpu $1 -serial file:/dev/stdout"
}

aarch64() {
  about="QEMU aarch64 virt, $1" prefix=aarch64-linux-gnu
  packages="g++-aarch64-linux-gnu libc6-dev-arm64-cross qemu-system-arm"
  cpu="-mcpu=$1 -fno-pic -no-pie" libraries=-lgcc
  flash_origin=0x40100000 flash_bytes=4M ram_origin=0x40500000 ram_bytes=4M
  startup=aarch64.S library_sources=memory.c
  emulator="qemu-system-aarch64 -M virt -cpu $1"
}

avr() {
  about="simavr $1, $4" prefix=avr compiler=$4
  packages="gcc-avr avr-libc libsimavr-dev"
  cpu="-mmcu=$1" libraries="-lc -lgcc"
  flash_origin=0 flash_bytes=$2 ram_origin=0x800100 ram_bytes=$3
  emulator="./harness $1"
}
