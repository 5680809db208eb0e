#include "sink/sink.hpp"

#include <algorithm>
#include <utility>

#include "ring/lane_layout.hpp"
#include "sink/capture_ring.hpp"
#include "sink/file_size_signal.hpp"
#include "sink/lane_statistics.hpp"
#include "sink/live_sinks.hpp"
#include "sink/options.hpp"
#include "sink/orphan_recovery.hpp"

namespace pqflow::sink {

namespace {

AgentOptions agent_options(const OpenPlan& plan, const FileNames& names, uint64_t first_sequence) {
  const pqflow_options& options = plan.options;
  AgentOptions agent;
  agent.row_group = plan.row_group();
  agent.target.path_template = plan.path_template;
  agent.target.if_exists = options.if_exists;
  agent.target.rotate_bytes = options.rotate_bytes;
  agent.target.layout = options.layout;
  agent.target.host = names.host;
  agent.target.process_id = names.process_id;
  agent.target.first_sequence = first_sequence;
  agent.cuts = {options.flush_interval_ns, options.rotate_rows, options.rotate_interval_ns, options.rotate_clock_ns};
  agent.slot_release = slot_release_of(options);
  agent.has_interims = options.durability == PQFLOW_DURABILITY_PROCESS;
  agent.target.is_synced = is_synced_level(options.durability);
  agent.journal = journal_options(plan);
  agent.metadata = options.metadata;
  agent.encoder_count = options.encoder_threads;
  agent.manifest_path = names.manifest_path;
  agent.file_listener = {options.file_callback, options.file_context};
  return agent;
}

// A round that moved fewer records than are given back at once has drained the lane.
IdleOptions idle_options(const pqflow_options& options) {
  return {options.idle_strategy, options.idle_sleep_max_ns, static_cast<size_t>(std::min<uint64_t>(1024, options.ring_slots_count / 8))};
}

bool has_ring_file(const OpenPlan& plan) noexcept { return plan.options.durability != PQFLOW_DURABILITY_FILE; }

LaneRecipe lane_recipe(const OpenPlan& plan, ring::RingFile& ring) {
  const columns::RecordSchema& schema = plan.schema;
  LaneRecipe recipe;
  recipe.geometry = ring::make_geometry(plan.options.ring_slots_count, schema.slot_size_bytes, schema.record_size_bytes);
  recipe.layout_fingerprint = schema.layout_fingerprint;
  recipe.schema_fingerprint = schema.schema_fingerprint;
  recipe.max_lanes = plan.options.max_lanes;
  recipe.ring_memory = plan.options.ring_memory;
  recipe.full_policy = plan.options.full_policy;
  recipe.full_timeout_ns = plan.options.full_timeout_ns;
  recipe.full_callback = {plan.options.full_callback, plan.options.full_context};
  recipe.ring = has_ring_file(plan) ? &ring : nullptr;
  recipe.is_ring_optional = plan.is_ring_optional;
  return recipe;
}

base::Result closed() { return base::Result::failure(PQFLOW_STATUS_CLOSED, "the sink was closed"); }

}  // namespace

Sink::Sink(OpenPlan plan) : plan_(std::move(plan)), lanes_(lane_recipe(plan_, ring_)) {}

base::Result Sink::open(const pqflow_open_request& request, const Environment& environment, std::unique_ptr<Sink>& sink) {
  OpenPlan plan;
  if (auto result = make_open_plan(request, plan); !result.is_ok()) {
    return result;
  }
  FileNames names;
  if (auto result = name_files(plan, environment.system, environment.clock, names); !result.is_ok()) {
    return result;
  }
  RecoveredOrphans orphans;  // First: their rings take room that the own one may need.
  if (plan.options.orphans == PQFLOW_ORPHANS_RECOVER) {
    if (auto result = recover_orphans(plan, names, environment.system, environment.clock, orphans); !result.is_ok()) {
      return result;
    }
  }
  std::unique_ptr<Sink> opened;
  if (auto result = make(std::move(plan), environment.system, opened); !result.is_ok()) {
    return result;
  }
  if (auto result = opened->start(environment, names, orphans); !result.is_ok()) {
    return result;
  }
  sink = std::move(opened);
  return base::Result::ok();
}

// Where the ring that nobody asked for cannot be, the lanes lie in private memory.
base::Result Sink::make(OpenPlan plan, const base::SystemCalls& system, std::unique_ptr<Sink>& sink) {
  sink.reset(new Sink(std::move(plan)));
  base::Result result = sink->take_first_lane(system);
  if (result.is_ok() || !has_ring_file(sink->plan_) || !sink->plan_.is_ring_optional) {
    return result;
  }
  OpenPlan private_plan = std::move(sink->plan_);
  private_plan.options.durability = PQFLOW_DURABILITY_FILE;
  sink.reset(new Sink(std::move(private_plan)));
  return sink->take_first_lane(system);
}

base::Result Sink::take_first_lane(const base::SystemCalls& system) {
  if (has_ring_file(plan_)) {
    if (auto result = create_ring(plan_, system, ring_); !result.is_ok()) {
      return result;
    }
  }
  return lanes_.attach(lane_);
}

base::Result Sink::start(const Environment& environment, const FileNames& names, const RecoveredOrphans& orphans) {
  make_agent(environment, names, orphans);
  if (auto result = begin_first_file(); !result.is_ok()) {
    return result;
  }
  if (auto result = agent_->start_encoders(environment.start_thread); !result.is_ok()) {
    return result;
  }
  if (auto result = agent_->start_syncs(environment.start_thread); !result.is_ok()) {
    return result;
  }
  id_ = LiveSinks::instance().add(lanes_);
  remember_opening_lane(id_, *lane_);
  if (auto result = thread_.start(
          *agent_, *idle_, [this] { show_live(); }, environment.start_thread);
      !result.is_ok()) {
    return result;  // The agent's end removes the file.
  }
  running_ = true;
  return base::Result::ok();
}

base::Result Sink::begin_first_file() {
  const FileSizeSignalBlocked blocked;
  if (auto result = agent_->begin_first_file(); !result.is_ok()) {
    return result;
  }
  if (plan_.options.orphans == PQFLOW_ORPHANS_REPORT) {
    counters_.orphans_found.store(static_cast<uint32_t>(agent_->orphans_beside()));
  }
  board_.open(plan_.schema.name);
  show_live();
  return base::Result::ok();
}

// For other processes, not all of one instant. Writer thread, or the opening one before that exists.
void Sink::show_live() noexcept {
  if (!board_.is_due()) {
    return;
  }
  uint64_t waiting_records = 0;
  for (uint32_t index = 0; index < lanes_.count(); ++index) {
    waiting_records = std::max(waiting_records, describe_lane(lanes_[index]).waiting_records);
  }
  board_.show(stats(), waiting_records, agent_->file_in_progress());
}

void Sink::make_agent(const Environment& environment, const FileNames& names, const RecoveredOrphans& orphans) {
  const AgentLinks links{plan_.schema, lanes_, commands_, counters_, failures_, environment.system, environment.clock};
  AgentOptions options = agent_options(plan_, names, orphans.next_sequence);
  options.target.ring = ring_.is_open() ? &ring_.header() : nullptr;
  agent_ = std::make_unique<WriterAgent>(links, options);
  idle_ = make_idle_strategy(idle_options(plan_.options), commands_);
  memory_bytes_ = agent_->memory_bytes();
  counters_.orphans_found.store(orphans.found);
  counters_.orphans_recovered.store(orphans.recovered);
  agent_->note_orphans(orphans.failure);
}

Sink::~Sink() {
  LiveSinks::instance().remove(id_);  // First: threads that end from now on leave the lanes alone.
  if (running_) {
    (void)close();  // The caller chose not to hear of errors.
  }
  if (ring_.is_open()) {
    ring_.remove();  // Nothing was ever logged: the sink could not be opened.
  }
}

pqflow_status Sink::log(const void* record, size_t record_size_bytes) noexcept {
  const ring::LaneGeometry& geometry = lanes_.recipe().geometry;
  if (record_size_bytes != geometry.record_size_bytes) {
    return PQFLOW_STATUS_RECORD_SIZE_MISMATCH;
  }
  return pqflow_lane_log(lane_, record, geometry.record_size_bytes, geometry.slot_size_bytes);
}

base::Result Sink::detach_lane(const pqflow_lane& lane) {
  forget_thread_lane(id_, lane);
  return lanes_.detach(lane);
}

base::Result Sink::flush() {
  if (is_forked()) {
    return forked();
  }
  const std::lock_guard lock(lifecycle_mutex_);
  return running_ ? commands_.run(Command::kFlush) : closed();
}

base::Result Sink::close() {
  if (is_forked()) {
    return forked();
  }
  const std::lock_guard lock(lifecycle_mutex_);
  if (!running_) {
    return closed();
  }
  base::Result result = commands_.run(Command::kClose);
  thread_.join();
  running_ = false;
  shut_lanes();
  end_ring(result);
  return result;
}

void Sink::shut_lanes() noexcept {
  board_.close();
  agent_.reset();
  lanes_.close();
  counters_.state.store(PQFLOW_SINK_STATE_CLOSED);
}

// The last that is stored in it was the lanes' end.
void Sink::end_ring(base::Result& result) {
  if (!ring_.is_open()) {
    return;
  }
  if (result.is_ok() || counters_.lost_records.load() == 0) {
    ring_.remove();
    return;
  }
  result.message += "; the ring " + ring_.path() + " keeps the records that no file has";
  ring_.leave();
}

pqflow_stats Sink::stats() const noexcept {
  pqflow_stats stats{};
  stats.struct_size_bytes = sizeof stats;
  stats.state = is_forked() ? PQFLOW_SINK_STATE_CLOSED : static_cast<pqflow_sink_state>(counters_.state.load());
  stats.visible_records = counters_.visible_records.load();
  stats.durable_records = counters_.durable_records.load();
  stats.persisted_records = std::max(counters_.persisted_records.load(), stats.visible_records);
  stats.accepted_records = std::max(lanes_.accepted_records(), stats.persisted_records);
  stats.dropped_records = lanes_.sum_of(&pqflow_lane_producer::dropped_count);
  stats.lost_records = counters_.lost_records.load();
  stats.invalid_values = counters_.invalid_values.load();
  stats.ring_slots_count = lanes_.recipe().geometry.slot_count;
  stats.ring_high_water_records = counters_.ring_high_water_records.load();
  stats.files_finished = counters_.files_finished.load();
  stats.row_groups_written = counters_.row_groups_written.load();
  stats.bytes_written = counters_.bytes_written.load();
  stats.write_failures = counters_.write_failures.load();
  stats.memory_bytes = memory_bytes_ + lanes_.memory_bytes();
  stats.last_status = static_cast<pqflow_status>(counters_.last_status.load());
  stats.last_os_error = counters_.last_os_error.load();
  stats.lanes_attached = lanes_.attached_count();
  stats.lanes_count = lanes_.count();
  stats.stalls = lanes_.sum_of(&pqflow_lane_producer::stall_count);
  stats.stall_ns = lanes_.sum_of(&pqflow_lane_producer::stall_ns);
  stats.late_records = lanes_.sum_of(&pqflow_lane_producer::late_count);
  stats.layout = static_cast<pqflow_file_layout>(counters_.layout.load());
  stats.is_preallocated = counters_.is_preallocated.load();
  stats.degraded_since_utc_ns = counters_.degraded_since_utc_ns.load();
  stats.degraded_retries = counters_.degraded_retries.load();
  stats.last_call = static_cast<pqflow_file_call>(counters_.last_call.load());
  stats.files_set_aside = counters_.files_set_aside.load();
  stats.row_group_rows = plan_.options.row_group_rows;
  stats.durability = lanes_.has_left_ring() ? PQFLOW_DURABILITY_FILE : plan_.options.durability;
  stats.manifest_missing_lines = counters_.manifest_missing_lines.load();
  stats.orphans_found = counters_.orphans_found.load();
  stats.orphans_recovered = counters_.orphans_recovered.load();
  return stats;
}

base::Result Sink::lane_stats(size_t lane_index, pqflow_lane_stats& stats) const {
  if (lane_index >= lanes_.count()) {
    return base::Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT,
                                 "lane " + std::to_string(lane_index) + " of " + std::to_string(lanes_.count()) + " does not exist");
  }
  stats = describe_lane(lanes_[static_cast<uint32_t>(lane_index)]);
  return base::Result::ok();
}

SinkReport Sink::report() const {
  SinkReport report{plan_.schema.name, plan_.path_template, stats(), {}, last_error().message};
  for (uint32_t index = 0; index < report.stats.lanes_count; ++index) {
    report.lanes.push_back(describe_lane(lanes_[index]));
  }
  return report;
}

base::Result Sink::last_error() const { return is_forked() ? forked() : failures_.get(); }

base::Result Sink::column_invalid_values(size_t column_index, uint64_t& count) const {
  const size_t column_count = counters_.column_invalid_values.size();
  if (column_index >= column_count) {
    return base::Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT,
                                 "column " + std::to_string(column_index) + " of " + std::to_string(column_count) + " does not exist");
  }
  count = counters_.column_invalid_values[column_index].load();
  return base::Result::ok();
}

}  // namespace pqflow::sink
