// reject: this sentence
static_assert(true, "this sentence");
