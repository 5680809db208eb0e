#include "ring/full_wait.hpp"

#include <time.h>

#include <algorithm>

#include "base/system.hpp"
#include "ring/full_callbacks.hpp"

namespace pqflow::ring {

namespace {

constexpr unsigned kSpins = 256;
constexpr uint64_t kPauseFirstNs = 1'000;
constexpr uint64_t kPauseMaxNs = 1'000'000;

uint64_t now_ns() noexcept {
  const base::Clock& clock = base::real_clock();
  return clock.monotonic_ns(clock.context);
}

void sleep_ns(uint64_t duration_ns) noexcept {
  const timespec duration{0, static_cast<long>(duration_ns)};
  nanosleep(&duration, nullptr);  // A signal that ends it early only makes the next look come earlier.
}

// The writer gives slots back without a wake-up, which would cost it a system call: the producer looks, soon at first, then ever less
// often.
Wait block(pqflow_lane& lane, uint64_t wanted_count, uint64_t start_ns) noexcept {
  uint64_t pause_ns = kPauseFirstNs;
  for (unsigned looks = 0; is_open(lane); ++looks) {
    if (renew_credit(lane) >= wanted_count) {
      return Wait::kRoom;
    }
    const uint64_t waited_ns = now_ns() - start_ns;
    if (waited_ns >= lane.producer.full_timeout_ns) {
      return Wait::kGivenUp;
    }
    if (looks >= kSpins) {
      sleep_ns(std::min(pause_ns, lane.producer.full_timeout_ns - waited_ns));
      pause_ns = std::min(pause_ns * 2, kPauseMaxNs);
    }
  }
  return Wait::kShut;
}

Wait ask(pqflow_lane& lane, uint64_t wanted_count) noexcept {
  const FullCallback callback = FullCallbacks::instance().find(lane);
  for (uint64_t attempt = 0; is_open(lane); ++attempt) {
    if (renew_credit(lane) >= wanted_count) {
      return Wait::kRoom;
    }
    if (callback.function == nullptr ||
        callback.function(callback.context, lane.identity.lane_index, attempt) != PQFLOW_FULL_ANSWER_RETRY) {
      return Wait::kGivenUp;
    }
  }
  return Wait::kShut;
}

}  // namespace

Wait wait_for_room(pqflow_lane& lane, uint64_t wanted_count) noexcept {
  pqflow_lane_producer& producer = lane.producer;
  const uint64_t start_ns = now_ns();
  const bool asks = producer.full_policy == static_cast<uint32_t>(PQFLOW_FULL_POLICY_CALLBACK);
  const Wait outcome = asks ? ask(lane, wanted_count) : block(lane, wanted_count, start_ns);
  // The producer's own words, which others load for statistics.
  PQFLOW_ATOMIC_STORE_RELAXED(&producer.stall_count, producer.stall_count + 1);
  PQFLOW_ATOMIC_STORE_RELAXED(&producer.stall_ns, producer.stall_ns + (now_ns() - start_ns));
  return outcome;
}

}  // namespace pqflow::ring
