// Threads that sleep until another one rings: no wake-up is lost (a sleep has no other end here), and who wakes up sees what was done
// before.
#pragma once

#include "scenario.hpp"
// Behind it.
#include <optional>

#include "base/shared.hpp"
#include "sink/command_slot.hpp"
#include "sink/doorbell.hpp"

namespace pqflow::model {

inline constexpr Mutant kDoorbellMutants[] = {
    weaker_store("readiness is stored relaxed", WordKind::kOutside),
    weaker_load("readiness is loaded relaxed", WordKind::kOutside),
    {"the second thread does not lock"},
    {"a notification is left out"},
    {"who rings makes it true afterwards"},
};

struct DoorbellRings : Executions<DoorbellRings, 2> {
  static constexpr unsigned kMaxPauses = 300;

  void before() {
    doorbell.emplace();
    is_ready.emplace(0U);
  }

  void thread(unsigned index) { index == 0 ? wait() : ring(); }

  void wait() {
    doorbell->wait([this] { return is_ready->load_published() != 0; });
    RL_ASSERT(read_plain(&work) == 7);
  }

  void ring() {
    // About as long as the other one spins before it sleeps.
    for (unsigned pauses = rl::rand(kMaxPauses); pauses != 0; --pauses) {
      sink::relax_processor();
    }
    write_plain(&work, 7);
    if (is_mutant("who rings makes it true afterwards")) {
      doorbell->ring();
      is_ready->publish(1);
      return;
    }
    is_ready->publish(1);
    doorbell->ring();
  }

  std::optional<sink::Doorbell> doorbell;
  std::optional<base::Shared<uint32_t>> is_ready;
  uint64_t work = 0;
};

inline constexpr Mutant kCommandMutants[] = {
    {"the second thread does not lock"},
    {"a notification is left out"},
};

// A flush or close: two of them, one after the other.
struct CommandIsAnswered : Executions<CommandIsAnswered, 2> {
  static constexpr uint32_t kCommands = 2;

  void before() { slot.emplace(); }

  void thread(unsigned index) { index == 0 ? ask() : answer(); }

  void ask() {
    for (uint64_t number = 1; number <= kCommands; ++number) {
      write_plain(&question, number);
      RL_ASSERT(slot->run(sink::Command::kFlush).is_ok());
      RL_ASSERT(read_plain(&reply) == number);
    }
  }

  void answer() {
    for (uint64_t number = 1; number <= kCommands; ++number) {
      while (slot->poll() == sink::Command::kNone) {
        slot->sleep_ns(1);
      }
      write_plain(&reply, read_plain(&question));
      slot->reply(base::Result::ok());
    }
  }

  std::optional<sink::CommandSlot> slot;
  uint64_t question = 0;
  uint64_t reply = 0;
};

}  // namespace pqflow::model
