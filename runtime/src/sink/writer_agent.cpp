#include "sink/writer_agent.hpp"

#include <algorithm>
#include <utility>

#include "sink/caught_exception.hpp"
#include "sink/lane_metadata.hpp"

namespace pqflow::sink {

namespace {

parquet::KeyValue key_value(const char* key, uint64_t value) { return {key, std::to_string(value)}; }

}  // namespace

WriterAgent::WriterAgent(const AgentLinks& links, const AgentOptions& options)
    : links_(links),
      options_(options),
      lanes_(links.lanes, options.slot_release),
      invalid_(links.schema, links.counters),
      encoders_(make_row_group_encoders(links.schema, options.row_group, options.encoder_count, links.commands)),
      file_(links.schema, options.row_group.float_order, options.target, links.system, links.clock),
      cuts_(options.cuts),
      publisher_(file_, lanes_, links.counters, links.clock, options.cuts.flush_interval_ns),
      group_end_(lanes_.positions()) {
  group_lanes_.reserve(links.lanes.recipe().max_lanes);
}

base::Result WriterAgent::begin_first_file() {
  base::Result result = file_.begin();
  publisher_.file_began();
  return result;
}

size_t WriterAgent::memory_bytes() const noexcept { return encoders_->memory_bytes() + file_.memory_bytes(); }

// ---- Rounds ----

size_t WriterAgent::do_work() noexcept {
  try {
    return work();
  } catch (...) {
    give_up(describe_exception("the writer thread"));
    return 0;
  }
}

size_t WriterAgent::work() {
  poll_command();
  if (broken_) {
    if (command_ != Command::kNone) {
      reply(links_.failures.get());
    }
    return 0;
  }
  if (!may_try()) {
    release_staged_now();  // Encoders go on while a write fails, and the ring needs all the room there is.
    return 0;
  }
  cuts_.look_at(links_.clock);
  lanes_.look_for_lanes();
  if (!finish_due_ && publisher_.is_due() && !settle(publisher_.publish())) {
    return 0;
  }
  size_t moved_records = 0;
  while (moved_records < ring::kSpanMaxRecords) {
    const size_t step_records = step();
    if (step_records == 0) {
      break;
    }
    moved_records += step_records;
  }
  return moved_records;
}

size_t WriterAgent::step() {
  if (encoders_->is_full() || cuts_.is_row_group_due()) {
    cut_row_group();
  }
  if (finish_due_ || file_.is_full()) {
    return try_finish_file() ? 1 : 0;
  }
  if (const parquet::EncodedRowGroup* const group = encoders_->oldest(); group != nullptr) {
    const uint64_t row_count = group->row_count;
    return try_write_row_group(*group) ? row_count : 0;
  }
  release_staged();
  if (cuts_.is_file_due()) {
    return encoders_->is_empty() && try_finish_file() ? 1 : 0;
  }
  if (encoders_->room_records() == 0) {
    return 0;
  }
  const ring::Span span = lanes_.peek(room_records());
  return span.record_count != 0 ? consume(span) : drained();
}

uint64_t WriterAgent::room_records() const noexcept { return std::min(encoders_->room_records(), cuts_.room_rows()); }

size_t WriterAgent::consume(const ring::Span& span) {
  if (!file_.is_open() && !try_begin_file()) {
    return 0;
  }
  note_high_water(lanes_.waiting_records(span));
  encoders_->deal(span.first_record, span.record_count);
  lanes_.advance(span.record_count);
  cuts_.records_taken(span.record_count);
  invalid_.follow(*encoders_);
  release_staged();
  return span.record_count;
}

void WriterAgent::cut_row_group() {
  encoders_->cut();
  cuts_.row_group_ended();
}

void WriterAgent::release_staged() noexcept { lanes_.release_all_but(encoders_->unstaged_records()); }

void WriterAgent::release_staged_now() noexcept {
  release_staged();
  lanes_.publish_released();
}

// Beside them wait those that encoders have not come to.
void WriterAgent::note_high_water(uint64_t waiting_records) noexcept {
  base::Shared<uint64_t>& high_water = links_.counters.ring_high_water_records;
  high_water.store(std::max(high_water.load(), waiting_records + encoders_->unstaged_records()));
}

// The lanes are empty, or the command's records are all read. What there is to write or to wait for then is the next step's.
size_t WriterAgent::drained() {
  release_staged_now();
  if (command_ == Command::kNone) {
    return 0;
  }
  if (encoders_->open_records() != 0) {
    cut_row_group();
    return 1;
  }
  if (!encoders_->is_empty()) {
    return 0;
  }
  if (command_ == Command::kFlush && !publisher_.shows_all_or_hastens()) {
    return 0;  // Shown in a later round.
  }
  const bool ends_file = command_ == Command::kClose || !file_.is_live();
  const bool capture_has_no_file = command_ == Command::kClose && file_.files_finished() == 0;
  if (ends_file && file_.is_open() && (file_.has_row_groups() || capture_has_no_file) && !try_finish_file()) {
    return 0;
  }
  reply(loss_);
  return 0;
}

// ---- Steps that may fail, and be taken again ----

bool WriterAgent::try_begin_file() {
  if (!settle(file_.begin())) {
    return false;
  }
  publisher_.file_began();
  return true;
}

bool WriterAgent::try_write_row_group(const parquet::EncodedRowGroup& group) {
  if (!file_.is_open() && !try_begin_file()) {
    return false;
  }
  lanes_.find_end(publisher_.persisted(), group.row_count, group_end_);
  list_lane_ranges(lanes_, publisher_.persisted(), group_end_, group_lanes_);
  if (!file_.takes(group, group_lanes_)) {
    return try_finish_file();
  }
  invalid_.follow(*encoders_);
  if (!settle(file_.append(group, group_lanes_))) {
    return false;
  }
  lanes_.persist(group.row_count);
  publisher_.row_group_written(group_end_, group.row_count >= options_.row_group.row_group_rows);
  encoders_->drop_oldest();
  links_.counters.row_groups_written.add(1);
  return true;
}

bool WriterAgent::try_finish_file() {
  if (!finish_due_) {
    finish_due_ = true;
    lanes_.settle_gaps(publisher_.persisted());
    file_.seal(capture_metadata());
  }
  const bool was_open = file_.is_open();
  base::Result result = file_.finish();
  if (was_open && !file_.is_open()) {
    note_finished_file();
  }
  if (!settle(std::move(result))) {
    if (file_.is_suspect() && !finished_) {
      set_file_aside();
    }
    return false;
  }
  return true;
}

void WriterAgent::note_finished_file() {
  finish_due_ = false;
  cuts_.file_ended(records_ahead());
  lanes_.start_gaps_over();
  invalid_.start_over();
  publisher_.file_finished();
}

std::vector<parquet::KeyValue> WriterAgent::capture_metadata() const {
  if (options_.metadata == PQFLOW_METADATA_SCHEMA_ONLY) {
    return {};
  }
  std::vector<parquet::KeyValue> entries = describe_records(lanes_, publisher_.file_first(), publisher_.persisted());
  if (!invalid_.is_empty()) {
    entries.push_back({"pqflow:invalid_values", invalid_.json()});
  }
  if (file_.unsorted_row_group_count() != 0) {
    entries.push_back(key_value("pqflow:unsorted_row_groups", file_.unsorted_row_group_count()));
  }
  return entries;
}

// ---- Failures ----

bool WriterAgent::settle(base::Result result) {
  if (result.is_ok()) {
    recover();
    return true;
  }
  degrade(std::move(result));
  return false;
}

void WriterAgent::degrade(base::Result failure) {
  Counters& counters = links_.counters;
  counters.write_failures.add(1);
  counters.last_status.store(failure.status);
  counters.last_os_error.store(failure.os_error);
  counters.state.store(PQFLOW_SINK_STATE_DEGRADED);
  note_high_water(lanes_.most_waiting_records());
  links_.failures.set(failure);
  release_staged_now();  // All the room there is: it must last until the write succeeds.
  degraded_ = true;
  retry_at_ns_ = links_.clock.monotonic_ns(links_.clock.context) + retry_wait_ns_;
  retry_wait_ns_ = std::min(retry_wait_ns_ * 2, kRetryMaxNs);
  if (command_ != Command::kNone) {
    reply(std::move(failure));
  }
}

void WriterAgent::recover() {
  if (!degraded_) {
    return;
  }
  Counters& counters = links_.counters;
  links_.failures.set(loss_);
  counters.last_status.store(loss_.status);
  counters.last_os_error.store(loss_.os_error);
  counters.state.store(PQFLOW_SINK_STATE_RUNNING);
  degraded_ = false;
  retry_wait_ns_ = kRetryFirstNs;
}

void WriterAgent::set_file_aside() {
  const uint64_t first_sequence = publisher_.filed().taken_records;
  file_.set_aside();
  cuts_.file_ended(records_ahead());
  invalid_.start_over();
  finish_due_ = false;
  const uint64_t record_count = publisher_.file_set_aside();
  if (loss_.is_ok()) {
    loss_ = links_.failures.get();
    loss_.message += "; it holds " + std::to_string(record_count) + " records from sequence " + std::to_string(first_sequence) + " on";
  }
  recover();
}

// While a write fails a command tries at once, the writer by itself when the wait is over.
bool WriterAgent::may_try() const noexcept {
  return !degraded_ || command_ != Command::kNone || links_.clock.monotonic_ns(links_.clock.context) >= retry_at_ns_;
}

void WriterAgent::give_up(base::Result failure) noexcept {
  broken_ = true;
  links_.counters.last_status.store(failure.status);
  links_.counters.last_os_error.store(failure.os_error);
  links_.counters.state.store(PQFLOW_SINK_STATE_DEGRADED);
  links_.failures.set(std::move(failure));
}

// ---- Commands ----

void WriterAgent::poll_command() {
  if (command_ != Command::kNone) {
    return;
  }
  command_ = links_.commands.poll();
  if (command_ == Command::kFlush) {
    lanes_.aim_at_accepted();
  }
}

void WriterAgent::reply(base::Result result) {
  if (command_ == Command::kClose) {
    if (!result.is_ok()) {
      file_.abandon();
      links_.counters.lost_records.store(links_.lanes.accepted_records() - publisher_.filed_records());
    }
    finished_ = true;
  }
  command_ = Command::kNone;
  lanes_.aim_at_nothing();
  links_.commands.reply(std::move(result));  // Last: the caller may end the thread now.
}

}  // namespace pqflow::sink
