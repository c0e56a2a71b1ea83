// reject: this sentence
#if MOTE_REJECT
static_assert(false, "another sentence");  // not: this sentence
#endif
