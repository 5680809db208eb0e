// Runs every scenario: unbroken, where nothing may be found, and with each of its mutants, which must be found. One line each, as TAP has
// them ("ok 1 - …"); behind a failure what Relacy recorded of it. Exit code 1 after any.
#include "live_stats.hpp"
#include "many_lanes.hpp"
#include "one_lane.hpp"
#include "wake_ups.hpp"
// Behind those.
#include <cstdio>
#include <span>

namespace pqflow::model {

namespace {

// A mutant is found in the first few; these are for those that need a rare order.
constexpr uint64_t kMaxMutantExecutions = 20'000;

int line_count = 0;
int failure_count = 0;

void report(bool is_ok, const std::string& what, const Outcome& outcome) {
  std::printf("%s %d - %s\n", is_ok ? "ok" : "not ok", ++line_count, what.c_str());
  if (!is_ok) {
    ++failure_count;
    std::printf("%s\n", outcome.is_clean ? "nothing was found" : outcome.history.c_str());
  }
  std::fflush(stdout);
}

void must_hold(const std::string& name, const Outcome& outcome) {
  report(outcome.is_clean, name + ": " + std::to_string(outcome.execution_count) + " executions", outcome);
}

template <typename Suite>
void must_fail(const std::string& name, std::span<const Mutant> mutants) {
  for (const Mutant& mutant : mutants) {
    const Outcome outcome = run_mutant<Suite>(mutant, kMaxMutantExecutions);
    report(!outcome.is_clean,
           name + ", mutant: " + mutant.name + ": " + outcome.failure + " in execution " + std::to_string(outcome.execution_count),
           outcome);
  }
}

void run_all() {
  must_hold("one lane, three records, every order", run_all_orders<OneLane<3, 2>>());
  must_hold("one lane, nine records", run_random<OneLane<9, 9>>(20'000));
  must_fail<OneLane<9, 9>>("one lane", kOneLaneMutants);
  must_hold("lanes handed on", run_random<ManyLanes>(10'000));
  must_fail<ManyLanes>("lanes handed on", kManyLanesMutants);
  must_hold("doorbell", run_random<DoorbellRings>(5'000));
  must_fail<DoorbellRings>("doorbell", kDoorbellMutants);
  must_hold("command", run_random<CommandIsAnswered>(10'000));
  must_fail<CommandIsAnswered>("command", kCommandMutants);
  must_hold("live statistics", run_random<Seqlock<3, 3>>(20'000));
  must_fail<Seqlock<3, 3>>("live statistics", kSeqlockMutants);
}

}  // namespace

}  // namespace pqflow::model

int main() {
  pqflow::model::warm_up();
  pqflow::model::run_all();
  std::printf("1..%d\n", pqflow::model::line_count);
  return pqflow::model::failure_count == 0 ? 0 : 1;
}
