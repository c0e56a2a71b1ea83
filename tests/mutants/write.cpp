// write FOLDER COUNT SEED MODEL.tflite...: damaged models that check() accepts, each of another
// structure than its original, as FOLDER/N.tflite and in sources that import them all, eight to a
// source. What check() accepts must compile.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "mote/tflite/verify.hpp"
#include "tflite/damage.hpp"

namespace {

using damage::Bytes;
using mote::tflite::Model;
using mote::tflite::TensorInfo;

/// Everything that types are made of: shapes, scales, options.
Bytes structure(const Bytes& file) {
    Bytes result;
    const auto add = [&](int64_t value) {
        for (int i = 0; i < 8; ++i)
            result.push_back(static_cast<unsigned char>(static_cast<uint64_t>(value) >> 8 * i));
    };
    Model model = mote::tflite::open(file.data(), static_cast<uint32_t>(file.size()));
    const auto needed = mote::tflite::verify::needed(model);
    for (int index = 0; index < model.operator_count(); ++index) {
        if (!model.computes(index, needed)) continue;
        const auto operation = model.operation(index);
        add(static_cast<int>(operation.code));
        for (int i = 0; i <= operation.input_count && i <= 4; ++i) {
            const int tensor = i < operation.input_count ? operation.inputs[i] : operation.output;
            if (!model.has_tensor(tensor)) continue;
            const TensorInfo info = model.tensor(tensor);
            add(info.rank);
            for (const int32_t dim : info.dims) add(dim);
            add(info.scale_bits);
            add(info.zero_point);
        }
        for (int slot = 0; slot < 7 && operation.options != 0; ++slot) {
            const uint32_t at = model.reader.field(operation.options, slot);
            add(at == 0 ? -1 : static_cast<int64_t>(model.reader.u8(at)));
        }
    }
    return result;
}

/// Maps of so many rows are for the planner's tests.
bool moderate(const Bytes& file) {
    Model model = mote::tflite::open(file.data(), static_cast<uint32_t>(file.size()));
    for (int tensor = 0; tensor < model.tensor_count(); ++tensor)
        if (model.tensor(tensor).height() > 256) return false;
    return true;
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 5) return 2;
    const std::string folder = std::string(arguments[1]) + "/";
    const int wanted = std::atoi(arguments[2]);
    damage::Damage damage(static_cast<unsigned>(std::atoi(arguments[3])));
    std::vector<Bytes> models;
    for (int i = 4; i < count; ++i) {
        std::ifstream file(arguments[i], std::ios::binary);
        models.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
        if (models.back().empty()) return 1;
    }
    std::set<Bytes> seen;
    for (const Bytes& model : models) seen.insert(structure(model));
    std::ofstream source;
    long tried = 0;
    long accepted = 0;
    for (int made = 0; made < wanted; ++tried) {
        const Bytes& model = models[static_cast<size_t>(tried) % models.size()];
        const Bytes mutant = damage(model, models[static_cast<size_t>(made) % models.size()]);
        if (!mote::tflite::check(mutant.data(), static_cast<uint32_t>(mutant.size())).ok())
            continue;
        ++accepted;
        if (!moderate(mutant) || !seen.insert(structure(mutant)).second) continue;
        const std::string name = std::to_string(made);
        std::ofstream(folder + name + ".tflite", std::ios::binary)
            .write(reinterpret_cast<const char*>(mutant.data()),
                   static_cast<std::streamsize>(mutant.size()));
        if (made % 8 == 0) {
            source.close();
            source.open(folder + "unit_" + std::to_string(made / 8) + ".cpp");
            source << "#include \"mote.hpp\"\n";
        }
        source << "// " << arguments[4 + static_cast<size_t>(tried) % models.size()]
               << "\ninline constexpr unsigned char mutant_" << name << "[] = {";
        for (const unsigned char byte : mutant) source << int(byte) << ",";
        source << "};\nstatic mote::tflite::Import<mutant_" << name << "> network_" << name
               << ";\nint run_" << name << "() { return network_" << name << "()[0] + network_"
               << name << ".flash_bytes; }\n";
        ++made;
    }
    std::printf("%ld damaged, %ld accepted, %d of a structure of their own\n", tried, accepted,
                wanted);
}
