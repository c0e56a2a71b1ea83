// Variables, and what runs once before all.
#pragma once

#include "array.hpp"

namespace oracle {

inline void name_variable(Call& call) {
    namespace field = slot::var_handle;
    call.y().variable =
        call.options.text(field::container) + "/" + call.options.text(field::shared_name);
}
/// The real value 0 until something is assigned.
inline void read_variable(Call& call) {
    Array& out = call.y();
    std::vector<int64_t>& kept = call.memory->variables[call.x().variable];
    if (kept.empty()) kept.assign(size_t(out.size()), out.zero);
    out.values = kept;
}
inline void assign_variable(Call& call) {
    call.memory->variables[call.x().variable] = call.in[1]->values;
}
inline void call_once(Call& call) {
    if (!call.memory->begun) call.memory->run(call.options.number(slot::call_once::init_subgraph));
    call.memory->begun = true;
}

}  // namespace oracle
