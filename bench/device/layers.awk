# A table of layers from lines of three kinds:
#     total INSTRUCTIONS CYCLES                             of the network that nobody watches
#     cost INSTRUCTIONS CYCLES PIECES                       of each layer, and three more: firmware/model.h
#     layer MACS H W C H W C NAME KERNEL                    input, output

function grouped(n,   s) {
    for (s = ""; n >= 1000; n = int(n / 1000)) s = sprintf(",%03d%s", n % 1000, s)
    return n s
}
function ratio(a, b) { return b > 0 ? sprintf("%.2f", a / b) : "-" }
function row(layer, name, shape, kernel, macs, cycles, instructions, each, share, note) {
    printf "%5s  %-16s %-24s  %-10s  %10s  ", layer, name, shape, kernel, macs
    if (total_cycles > 0) printf "%12s  ", cycles
    printf "%12s  %8s  %6s%s\n", instructions, each, share, note
}

BEGIN { costs = layers = 0 }
$1 == "total" { total = $2; total_cycles = $3 }
$1 == "cost" { took[costs] = $2; cycles[costs] = $3; pieces[costs++] = $4 }
$1 == "layer" {
    macs[layers] = $2
    shape[layers] = $3 "x" $4 "x" $5 " -> " $6 "x" $7 "x" $8
    name[layers] = $9
    kernel[layers++] = $10
}

END {
    if (costs != layers + 3 || layers == 0) { print "run: the firmware reported no layers" > "/dev/stderr"; exit 1 }
    nothing = layers + 1
    each = took[nothing] / pieces[nothing]
    each_cycles = cycles[nothing] / pieces[nothing]
    for (i = 0; i < costs; ++i) {
        if (i == layers || i == nothing) continue
        took[i] -= each * pieces[i]
        cycles[i] -= each_cycles * pieces[i]
        sum += took[i]
        sum_cycles += cycles[i]
        all_macs += macs[i]
        all_pieces += pieces[i]
    }
    # The worst per MAC of those that matter.
    most = 0
    costliest = -1
    for (i = 0; i < layers; ++i) {
        if (took[i] > took[most]) most = i
        if (macs[i] == 0 || took[i] < sum / 100) continue
        if (costliest < 0 || took[i] / macs[i] > took[costliest] / macs[costliest]) costliest = i
    }
    row("layer", substr(model, 1, 16), "on " board, "kernel", "MACs", "cycles", "instructions", "each MAC", "share", "")
    for (i = 0; i < layers; ++i)
        row(i, name[i], shape[i], kernel[i], grouped(macs[i]), grouped(cycles[i]), grouped(took[i]), ratio(took[i], macs[i]),
            sprintf("%.1f %%", 100 * took[i] / sum),
            (i == most ? "  <- most" : "") (i == costliest ? "  <- worst per MAC" : ""))
    i = layers + 2
    row("", "(return)", "", "", "", grouped(cycles[i]), grouped(took[i]), "", "", "")
    row("", "watched", "", "", grouped(all_macs), grouped(sum_cycles), grouped(sum), ratio(sum, all_macs), "100 %", "")
    row("", "not watched", "", "", grouped(all_macs), grouped(total_cycles), grouped(total), ratio(total, all_macs), "", "")
    off = sum - total
    printf "\nThe readings are exact and taken off. Calls of the watcher, %d, and what the compiler makes of them: %+d instructions (%+.2f %%).\n", all_pieces, off, 100 * off / total
    # Up to 2 % and 10 instructions a call.
    if ((off < 0 ? -off : off) > 0.02 * total + 10 * all_pieces) {
        print "run: the layers do not add up to the network" > "/dev/stderr"
        exit 1
    }
}
