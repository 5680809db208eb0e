// What the writer's work costs, ns per record, to nowhere, where the records come from one lane or from several: the agent of a sink, on
// this thread, merging lanes that were filled before. The clock stands while they are filled, which is the producers' work.
#include <orders_sink.h>

#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "market_records.hpp"
#include "null_files.hpp"
#include "round_robin.hpp"
#include "sink/open_request.hpp"
#include "sink/writer_agent.hpp"

namespace {

using namespace pqflow;  // NOLINT(google-build-using-namespace): a program of one file.

void require(const base::Result& result) {
  if (!result.is_ok()) {
    throw std::runtime_error(result.message);
  }
}

sink::OpenPlan make_plan() {
  pqflow_open_request request{};
  request.abi_version = PQFLOW_ABI_VERSION;
  request.struct_size_bytes = sizeof request;
  request.descriptor = orders_descriptor();
  request.path = "/dev/null.parquet";
  request.layout_fingerprint = ORDERS_LAYOUT_FINGERPRINT;
  request.record_size_bytes = ORDERS_RECORD_SIZE_BYTES;
  sink::OpenPlan plan;
  require(sink::make_open_plan(request, plan));
  return plan;
}

class Merge {
 public:
  explicit Merge(uint32_t lane_count) : plan_(make_plan()) {
    sink::LaneRecipe recipe;
    recipe.geometry = ring::make_geometry(kSlots, ORDERS_SLOT_SIZE_BYTES, ORDERS_RECORD_SIZE_BYTES);
    recipe.max_lanes = lane_count;
    lanes_ = std::make_unique<sink::LaneTable>(recipe);
    for (uint32_t index = 0; index < lane_count; ++index) {
      require(lanes_->attach(producers_.emplace_back()));
    }
    sink::AgentOptions options;
    options.row_group = plan_.row_group();
    options.target.path_template = plan_.path_template;
    options.target.if_exists = PQFLOW_IF_EXISTS_REPLACE;
    const sink::AgentLinks links{plan_.schema, *lanes_, commands_, counters_, failures_, bench::null_system_calls(), base::real_clock()};
    agent_ = std::make_unique<sink::WriterAgent>(links, options);
    require(agent_->begin_first_file());
  }
  double ns_per_record(size_t rounds) {
    uint64_t elapsed_ns = 0;
    for (size_t round = 0; round < rounds; ++round) {
      fill();
      const uint64_t start_ns = bench::now_ns();
      while (agent_->do_work() != 0) {
      }
      elapsed_ns += bench::now_ns() - start_ns;
    }
    return static_cast<double>(elapsed_ns) / static_cast<double>(rounds * kSlots);
  }

 private:
  static constexpr uint64_t kSlots = 65'536;

  // As threads do that log at the same rate.
  void fill() {
    for (uint64_t index = 0; index < kSlots; ++index) {
      pqflow_lane* const lane = producers_[index % producers_.size()];
      if (pqflow_lane_log(lane, &records_[index % records_.size()], ORDERS_RECORD_SIZE_BYTES, ORDERS_SLOT_SIZE_BYTES) != PQFLOW_STATUS_OK) {
        throw std::runtime_error("a lane is full that should be empty");
      }
    }
  }

  sink::OpenPlan plan_;
  const std::vector<orders_record> records_ = bench::market_records(kSlots);
  std::unique_ptr<sink::LaneTable> lanes_;
  std::vector<pqflow_lane*> producers_;
  sink::CommandSlot commands_;
  sink::Counters counters_;
  sink::FailureBoard failures_;
  std::unique_ptr<sink::WriterAgent> agent_;
};

}  // namespace

// Usage: lanes RUNS ROUNDS
int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: lanes RUNS ROUNDS\n");
    return 2;
  }
  bench::pin_to_last_cpu();
  const size_t rounds = std::strtoull(argv[2], nullptr, 10);
  std::vector<bench::Contestant> contestants;
  try {
    for (const uint32_t lane_count : {1U, 2U, 3U, 4U}) {
      const auto merge = std::make_shared<Merge>(lane_count);
      contestants.push_back(
          {"scaling_lanes_" + std::to_string(lane_count) + "_ns", [merge, rounds] { return merge->ns_per_record(rounds); }});
    }
    bench::print_rows(bench::round_robin(contestants, static_cast<unsigned>(std::strtoul(argv[1], nullptr, 10)), "ns/record"));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "lanes: %s\n", error.what());
    return 2;
  }
  return 0;
}
