// What work takes: instructions of this thread where the system counts them, nanoseconds elsewhere.
#pragma once

#include <chrono>
#include <cstdint>

#if defined(__linux__)
#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

class Meter {
   public:
#if defined(__linux__)
    Meter() {
        perf_event_attr wanted{};
        wanted.size = sizeof wanted;
        wanted.type = PERF_TYPE_HARDWARE;
        wanted.config = PERF_COUNT_HW_INSTRUCTIONS;
        wanted.exclude_kernel = 1;
        wanted.exclude_hv = 1;
        counter_ = static_cast<int>(syscall(SYS_perf_event_open, &wanted, 0, -1, -1, 0));
    }
    ~Meter() {
        if (counter_ >= 0) close(counter_);
    }
#else
    Meter() = default;
#endif
    Meter(const Meter&) = delete;
    Meter& operator=(const Meter&) = delete;

    bool counts_instructions() const { return counter_ >= 0; }
    const char* unit() const { return counts_instructions() ? "instructions" : "ns"; }

    int64_t now() const {
#if defined(__linux__)
        int64_t count = 0;
        if (counts_instructions() && read(counter_, &count, sizeof count) == sizeof count)
            return count;
#endif
        return std::chrono::duration_cast<std::chrono::nanoseconds>(
                   std::chrono::steady_clock::now().time_since_epoch())
            .count();
    }

   private:
    int counter_ = -1;
};
