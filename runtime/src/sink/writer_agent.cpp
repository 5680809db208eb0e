#include "sink/writer_agent.hpp"

#include <algorithm>
#include <exception>
#include <limits>
#include <new>
#include <utility>

namespace pqflow::sink {

namespace {

constexpr uint64_t kNoLimit = std::numeric_limits<uint64_t>::max();

parquet::KeyValue key_value(const char* key, uint64_t value) { return {key, std::to_string(value)}; }

base::Result describe_exception() noexcept {
  try {
    throw;
  } catch (const std::bad_alloc&) {
    return base::Result::failure(PQFLOW_STATUS_OUT_OF_MEMORY, {});
  } catch (const std::exception& exception) {
    try {
      return base::Result::failure(PQFLOW_STATUS_INTERNAL_ERROR, std::string("the writer thread stopped: ") + exception.what());
    } catch (...) {
      return base::Result::failure(PQFLOW_STATUS_INTERNAL_ERROR, {});
    }
  } catch (...) {
    return base::Result::failure(PQFLOW_STATUS_INTERNAL_ERROR, {});
  }
}

}  // namespace

WriterAgent::WriterAgent(const AgentLinks& links, const AgentOptions& options)
    : links_(links),
      options_(options),
      reader_(links.lane, links.geometry, options.first_index),
      gaps_(links.lane),
      invalid_(links.schema, links.counters),
      group_(links.schema, options.row_group),
      file_(links.schema, options.row_group.float_order, options.target, links.system, links.clock),
      cuts_(options.cuts),
      group_first_index_(options.first_index),
      file_first_index_(options.first_index),
      persisted_index_(options.first_index),
      visible_index_(options.first_index) {}

base::Result WriterAgent::begin_first_file() {
  base::Result result = file_.begin();
  publish();
  return result;
}

size_t WriterAgent::memory_bytes() const noexcept {
  return group_.memory_bytes() + file_.memory_bytes() + GapLedger::kMaxListedGaps * sizeof(pqflow_gap);
}

// ---- Rounds ----

size_t WriterAgent::do_work() noexcept {
  try {
    return work();
  } catch (...) {
    give_up(describe_exception());
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
    return 0;
  }
  cuts_.look_at(links_.clock);
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
  if (group_.room_rows() == 0 || cuts_.is_row_group_due()) {
    const uint64_t row_count = group_.row_count();
    return try_write_row_group() ? row_count : 0;
  }
  if (finish_due_ || file_.is_full() || cuts_.is_file_due()) {
    return try_finish_file() ? 1 : 0;
  }
  const ring::Span span = reader_.peek(room_records());
  if (span.record_count == 0) {
    drained();
    return 0;
  }
  return consume(span);
}

uint64_t WriterAgent::room_records() const noexcept {
  const uint64_t until_drained = command_ == Command::kFlush ? drain_index_ - reader_.cursor() : kNoLimit;
  return std::min({group_.room_rows(), cuts_.room_rows(), until_drained});
}

size_t WriterAgent::consume(const ring::Span& span) {
  if (!file_.is_open() && !try_begin_file()) {
    return 0;
  }
  const uint64_t waiting = span.may_continue ? std::max<uint64_t>(reader_.waiting_records(), span.record_count) : span.record_count;
  links_.counters.ring_high_water_records.store(std::max(links_.counters.ring_high_water_records.load(), waiting));
  if (group_.row_count() == 0) {
    group_first_index_ = reader_.cursor();
  }
  group_.append(span.first_record, span.record_count);
  reader_.advance(span.record_count);
  cuts_.records_taken(span.record_count);
  invalid_.follow(group_);
  if (options_.slot_release == PQFLOW_SLOT_RELEASE_PER_SPAN) {
    reader_.release(reader_.cursor());
  }
  gaps_.follow(reader_);
  return span.record_count;
}

// Nothing more to read, or the command's records are all read.
void WriterAgent::drained() {
  if (options_.slot_release == PQFLOW_SLOT_RELEASE_PER_SPAN) {
    reader_.release_now(reader_.cursor());
  }
  if (command_ == Command::kNone) {
    return;
  }
  if (group_.row_count() != 0 && !try_write_row_group()) {
    return;
  }
  const bool capture_has_no_file = command_ == Command::kClose && file_.files_finished() == 0;
  if (file_.is_open() && (file_.has_row_groups() || capture_has_no_file) && !try_finish_file()) {
    return;
  }
  reply(loss_);
}

// ---- Steps that may fail, and be taken again ----

bool WriterAgent::try_begin_file() {
  if (!settle(file_.begin())) {
    return false;
  }
  file_first_index_ = reader_.cursor();
  publish();
  return true;
}

bool WriterAgent::try_write_row_group() {
  if (encoded_ == nullptr) {
    encoded_ = &group_.finish();
  }
  const uint64_t row_count = encoded_->row_count;
  if (!settle(file_.append(*encoded_, group_first_index_))) {
    return false;
  }
  group_.reset();
  cuts_.row_group_ended();
  encoded_ = nullptr;
  persisted_index_ = group_first_index_ + row_count;
  if (options_.slot_release == PQFLOW_SLOT_RELEASE_WHEN_PERSISTED) {
    reader_.release_now(persisted_index_);
  }
  links_.counters.row_groups_written.add(1);
  publish();
  return true;
}

bool WriterAgent::try_finish_file() {
  if (!finish_due_) {
    finish_due_ = true;
    gaps_.settle(reader_);
    file_.seal(capture_metadata());
  }
  if (!settle(file_.finish())) {
    if (file_.is_suspect() && !finished_) {
      set_file_aside();
    }
    return false;
  }
  finish_due_ = false;
  cuts_.file_ended();
  gaps_.start_over();
  invalid_.start_over();
  visible_index_ = persisted_index_;
  publish();
  return true;
}

std::vector<parquet::KeyValue> WriterAgent::capture_metadata() const {
  if (options_.metadata == PQFLOW_METADATA_SCHEMA_ONLY) {
    return {};
  }
  std::vector<parquet::KeyValue> entries{
      key_value("pqflow:sequence_first", file_first_index_),
      key_value("pqflow:sequence_count", persisted_index_ - file_first_index_),
      key_value("pqflow:dropped_records", gaps_.dropped_records()),
      {"pqflow:gaps", gaps_.gaps_json()},
  };
  if (gaps_.unlisted_records() != 0) {
    entries.push_back(key_value("pqflow:gaps_unlisted", gaps_.unlisted_records()));
  }
  if (!invalid_.is_empty()) {
    entries.push_back({"pqflow:invalid_values", invalid_.json()});
  }
  if (file_.unsorted_row_group_count() != 0) {
    entries.push_back(key_value("pqflow:unsorted_row_groups", file_.unsorted_row_group_count()));
  }
  return entries;
}

// A file is synced before it gets its final name: what is visible is durable in this version.
void WriterAgent::publish() noexcept {
  Counters& counters = links_.counters;
  reader_.publish_watermarks(persisted_index_, visible_index_, visible_index_);
  counters.persisted_records.store(persisted_index_ - options_.first_index);
  counters.visible_records.store(visible_index_ - options_.first_index - lost_records_);
  counters.durable_records.store(visible_index_ - options_.first_index - lost_records_);
  counters.lost_records.store(lost_records_);
  counters.files_finished.store(file_.files_finished());
  counters.bytes_written.store(file_.bytes_written());
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
  counters.ring_high_water_records.store(std::max(counters.ring_high_water_records.load(), reader_.waiting_records()));
  links_.failures.set(failure);
  if (options_.slot_release == PQFLOW_SLOT_RELEASE_PER_SPAN) {
    reader_.release_now(reader_.cursor());  // All the room there is: it must last until the write succeeds.
  }
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
  const uint64_t record_count = persisted_index_ - visible_index_;
  if (loss_.is_ok()) {
    loss_ = links_.failures.get();
    loss_.message += "; it holds " + std::to_string(record_count) + " records from sequence " + std::to_string(visible_index_) + " on";
  }
  file_.set_aside();
  cuts_.file_ended();
  invalid_.start_over();
  lost_records_ += record_count;
  visible_index_ = persisted_index_;
  finish_due_ = false;
  publish();
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
    drain_index_ = reader_.drain_index();
  }
}

void WriterAgent::reply(base::Result result) {
  if (command_ == Command::kClose) {
    if (!result.is_ok()) {
      file_.abandon();
      const uint64_t accepted = ring::accepted_records(links_.lane, links_.geometry.slot_count, options_.first_index);
      links_.counters.lost_records.store(accepted - (visible_index_ - options_.first_index - lost_records_));
    }
    finished_ = true;
  }
  command_ = Command::kNone;
  links_.commands.reply(std::move(result));  // Last: the caller may end the thread now.
}

}  // namespace pqflow::sink
