// A scenario: threads that run the product's code, what must hold afterwards, and the mutants that must break it.
#pragma once

#include <array>
#include <ostream>
#include <streambuf>
#include <string>

#include "relacy_header.hpp"
// Behind it.
#include "replaced_names.hpp"
// Behind those.
#include "producer_under_model.hpp"
#include "watched_lanes.hpp"

namespace pqflow::model {

struct Outcome {
  bool is_clean;
  uint64_t execution_count;  // Up to the failure, where there is one.
  std::string failure;       // Relacy's words for it.
  std::string history;
};

// Takes what Relacy prints without allocating, which it would follow; what does not fit is lost.
class FixedOutput : public std::streambuf {
 public:
  FixedOutput() { setp(text_.data(), text_.data() + text_.size()); }
  std::string text() const { return {pbase(), pptr()}; }

 private:
  std::array<char, size_t{64} << 10> text_;
};

// The mutant of the executions that run.
inline const Mutant* scenario_mutant = nullptr;

// Derive scenarios from it: they begin and end with the model's memory empty.
template <typename Derived, rl::thread_id_t kThreads>
struct Executions : rl::test_suite<Derived, kThreads> {
  Executions() { begin_execution(scenario_mutant); }
  ~Executions() { end_execution(); }
};

// Instantiates as little of Relacy as it can: that is what compiling the models takes.
template <typename Suite, typename Scheduler>
Outcome run_scheduled(const Mutant* mutant, uint64_t max_executions, bool with_history) {
  scenario_mutant = mutant;
  FixedOutput printed;
  std::ostream output(&printed);
  rl::test_params params;
  params.output_stream = &output;
  params.progress_stream = &output;
  params.search_type = max_executions == 0 ? rl::sched_full : rl::sched_random;
  params.iteration_count = max_executions;
  params.execution_depth_limit = 20'000;
  params.collect_history = with_history;
  rl::ostringstream state;
  const bool is_clean = rl::run_test<Suite, Scheduler>(params, state, false) == rl::test_result_success;
  return {is_clean, params.stop_iteration, is_clean ? "" : rl::test_result_str(params.test_result), is_clean ? "" : printed.text()};
}

// A second run tells what led to a failure.
template <typename Suite, typename Scheduler>
Outcome run_with_history(uint64_t max_executions) {
  const Outcome outcome = run_scheduled<Suite, Scheduler>(nullptr, max_executions, false);
  return outcome.is_clean ? outcome : run_scheduled<Suite, Scheduler>(nullptr, max_executions, true);
}

template <typename Suite>
Outcome run_random(uint64_t max_executions) {
  return run_with_history<Suite, rl::random_scheduler<Suite::params::thread_count>>(max_executions);
}

// Every order of steps, and every value that a load may see, one store back.
template <typename Suite>
Outcome run_all_orders() {
  return run_with_history<Suite, rl::full_search_scheduler<Suite::params::thread_count>>(0);
}

template <typename Suite>
Outcome run_mutant(const Mutant& mutant, uint64_t max_executions) {
  return run_scheduled<Suite, rl::random_scheduler<Suite::params::thread_count>>(&mutant, max_executions, false);
}

}  // namespace pqflow::model
