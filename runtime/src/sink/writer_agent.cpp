#include "sink/writer_agent.hpp"

#include <algorithm>
#include <utility>

#include "sink/caught_exception.hpp"
#include "sink/lane_metadata.hpp"
#include "sink/remedy.hpp"

namespace pqflow::sink {

WriterAgent::WriterAgent(const AgentLinks& links, const AgentOptions& options)
    : links_(links),
      options_(options),
      lanes_(links.lanes, options.slot_release, options.target.is_synced),
      invalid_(links.schema, links.counters),
      encoders_(make_row_group_encoders(links.schema, options.row_group, options.encoder_count, links.commands)),
      file_(links.schema, options.row_group.float_order, options.target, links.system, links.clock),
      interims_(options.has_interims, links.schema, options.row_group, file_, lanes_),
      cuts_(options.cuts),
      publisher_(file_, lanes_, links.counters, links.clock, options.cuts.flush_interval_ns),
      group_end_(lanes_.positions()),
      health_(links.counters, links.failures, links.clock),
      reports_(Manifest(links.system, options.manifest_path, {links.schema.name, options.target.host, options.target.process_id}),
               options.file_listener, links.counters, health_),
      journal_(options.journal, file_, lanes_, publisher_, health_, links.system, links.clock, links.commands),
      syncs_(options.target.is_synced, file_, publisher_, journal_, health_, links.system, links.commands) {
  group_lanes_.reserve(links.lanes.recipe().max_lanes);
}

base::Result WriterAgent::begin_first_file() {
  if (base::Result result = file_.begin(); !result.is_ok()) {
    return result;
  }
  cuts_.file_began(file_.begun_at_utc_ns());
  publisher_.file_began();
  return reports_.begin();
}

size_t WriterAgent::memory_bytes() const noexcept { return encoders_->memory_bytes() + file_.memory_bytes() + interims_.memory_bytes(); }

// ---- Rounds ----

size_t WriterAgent::do_work() noexcept {
  try {
    return finished_ ? 0 : work();
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
  syncs_.look();
  journal_.look();
  if (!may_try()) {
    release_staged_now();  // Encoders go on while a write fails, and the ring needs all the room there is.
    return 0;
  }
  cuts_.look_at(links_.clock);
  lanes_.look_for_lanes();
  drop_stale_file();
  if (!finish_due_ && is_interim_due() && !try_write_interim()) {
    return 0;
  }
  if (!finish_due_ && publisher_.is_due() && !try_publish()) {
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
  if (is_cut_due()) {
    cut_row_group();
  }
  if (file_.is_distrusted() && !finish_due_) {
    return try_finish_file(PQFLOW_FILE_END_FAULT) ? 1 : 0;
  }
  if (finish_due_ || (file_.is_full() && interims_.record_count() == 0)) {
    return try_finish_file(file_.is_at_rotate_size() ? PQFLOW_FILE_END_BYTES : PQFLOW_FILE_END_FULL) ? 1 : 0;
  }
  if (const parquet::EncodedRowGroup* const group = encoders_->oldest(); group != nullptr) {
    const uint64_t row_count = group->row_count;
    return try_write_row_group(*group) ? row_count : 0;
  }
  release_staged();
  syncs_.begin_next();
  if (cuts_.is_file_due()) {
    return encoders_->is_empty() && try_finish_file(cuts_.why_file_is_due()) ? 1 : 0;
  }
  if (encoders_->room_records() == 0) {
    return 0;
  }
  const ring::Span span = lanes_.peek(room_records());
  return span.record_count != 0 ? consume(span) : drained();
}

// Also when its file is due, or full: what was taken, or shown, belongs to that file.
bool WriterAgent::is_cut_due() const noexcept {
  const bool is_old = cuts_.is_flush_due() && !interims_.are_possible();
  const bool is_shown_in_part = interims_.record_count() != 0 && file_.is_full();
  return encoders_->is_full() || (encoders_->open_records() != 0 && (is_old || is_shown_in_part || cuts_.is_file_due()));
}

uint64_t WriterAgent::room_records() const noexcept { return std::min(encoders_->room_records(), cuts_.room_rows()); }

size_t WriterAgent::consume(const ring::Span& span) {
  if (!file_.is_open() && !try_begin_file()) {
    return 0;
  }
  note_high_water(lanes_.waiting_records(span));
  encoders_->deal(span.first_record, span.record_count);
  journal_.append(lanes_.span_lane_index(), lanes_.span_first_sequence(), span);
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

// ---- Steps that may fail, and be taken again ----

bool WriterAgent::try_begin_file() {
  if (!settle(file_.begin())) {
    return false;
  }
  empty_file_dropped_ = false;
  forget_interims();
  cuts_.file_began(file_.begun_at_utc_ns());
  publisher_.file_began();
  return true;
}

// The first file begins at open, all others with a record. One that got none before the wall clock ended it makes room for one with the
// right name.
void WriterAgent::drop_stale_file() noexcept {
  if (file_.is_open() && !finish_due_ && cuts_.is_empty_file_stale()) {
    file_.discard();
    empty_file_dropped_ = true;
  }
}

bool WriterAgent::has_unshown_records() const noexcept { return records_ahead() > interims_.record_count(); }

// Not while a row group that was cut is not written: its records come first.
bool WriterAgent::is_interim_due() const noexcept {
  return cuts_.is_flush_due() && interims_.are_possible() && has_unshown_records() && records_ahead() == encoders_->open_records() &&
         publisher_.may_write(false);
}

bool WriterAgent::try_write_interim() {
  if (!file_.is_open() && !try_begin_file()) {
    return false;
  }
  bool is_written = false;
  if (base::Result result = interims_.write(publisher_.persisted(), records_ahead(), is_written); !result.is_ok()) {
    return write_failed(std::move(result));
  }
  if (is_written) {
    cuts_.row_group_ended();
    publisher_.interim_written(interims_.end());
  } else {
    cut_row_group();  // There is room for it alone.
  }
  return true;
}

bool WriterAgent::try_publish() {
  base::Result result = publisher_.publish();
  return result.is_ok() ? settle(std::move(result)) : write_failed(std::move(result));
}

bool WriterAgent::try_write_row_group(const parquet::EncodedRowGroup& group) {
  if (!file_.is_open() && !try_begin_file()) {
    return false;
  }
  lanes_.find_end(publisher_.persisted(), group.row_count, group_end_);
  list_lane_ranges(lanes_, publisher_.persisted(), group_end_, group_lanes_);
  if (!file_.takes(group, group_lanes_)) {
    return try_finish_file(PQFLOW_FILE_END_FULL);
  }
  if (base::Result result = file_.append(group, group_lanes_); !result.is_ok()) {
    return write_failed(std::move(result));
  }
  health_.recover();
  interims_.clear();
  invalid_.row_group_written(*encoders_);
  lanes_.persist(group.row_count);
  publisher_.row_group_written(group_end_, group.row_count >= options_.row_group.row_group_rows);
  syncs_.begin_next();
  encoders_->drop_oldest();
  links_.counters.row_groups_written.add(1);
  return true;
}

bool WriterAgent::try_finish_file(pqflow_file_end end) {
  if (!finish_due_) {
    syncs_.settle();
    finish_due_ = true;
    file_end_ = end;
    lanes_.settle_gaps(publisher_.persisted());
    file_.seal(capture_metadata());
  }
  const bool was_open = file_.is_open();
  base::Result result = end_file();
  if (was_open && !file_.is_open()) {
    note_finished_file(std::move(result));
    return true;
  }
  if (file_.is_suspect() || failed_ends_ == kMaxEndTries) {
    set_file_aside(std::move(result));
    return true;
  }
  return settle(std::move(result));
}

// Close does not come back later: what may be tried again it tries now.
base::Result WriterAgent::end_file() {
  for (;;) {
    base::Result result = syncs_.complete();
    result = result.is_ok() ? file_.finish() : std::move(result);
    const bool is_at_fault = file_.is_open() && !file_.is_distrusted() && !result.is_ok() && remedy_for(result) == Remedy::kNextFile;
    failed_ends_ += is_at_fault ? 1 : 0;
    if (!is_at_fault || failed_ends_ == kMaxEndTries || command_ != Command::kClose) {
      return result;
    }
    health_.count_failure();
  }
}

// `result`: of its folder's sync.
void WriterAgent::note_finished_file(base::Result result) {
  const pqflow_finished_file file = finished_file(result.is_ok());
  file_ended();
  lanes_.start_gaps_over();
  publisher_.file_finished(result.is_ok());
  if (result.is_ok()) {
    health_.recover();
  } else {
    health_.stand_by(std::move(result));
  }
  reports_.tell(file);
}

pqflow_finished_file WriterAgent::finished_file(bool is_synced) const {
  pqflow_finished_file file = file_.finished_file();
  file.first_sequence = publisher_.file_first().taken_records;
  file.rows = publisher_.persisted().taken_records - file.first_sequence;
  file.last_sequence = file.first_sequence + (file.rows == 0 ? 0 : file.rows - 1);
  file.end = file_end_;
  file.is_synced = static_cast<uint32_t>(is_synced);
  return file;
}

// Well or not.
void WriterAgent::file_ended() {
  forget_interims();
  finish_due_ = false;
  failed_ends_ = 0;
  cuts_.file_ended(records_ahead());
  invalid_.start_over();
}

// Their file has ended, and the row group goes into the next one.
void WriterAgent::forget_interims() noexcept {
  if (interims_.record_count() != 0) {
    interims_.clear();
    cuts_.interims_ended(records_ahead());
  }
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
    entries.push_back({"pqflow:unsorted_row_groups", std::to_string(file_.unsorted_row_group_count())});
  }
  return entries;
}

// ---- Failures ----

bool WriterAgent::settle(base::Result result) {
  if (result.is_ok()) {
    health_.recover();
    return true;
  }
  degrade(std::move(result));
  return false;
}

// True: the work goes on, in the next file.
bool WriterAgent::write_failed(base::Result failure) {
  if (remedy_for(failure) == Remedy::kNextFile) {
    if (file_.has_row_groups()) {
      health_.count_failure();
      return try_finish_file(PQFLOW_FILE_END_FAULT);
    }
    discard_file();  // The next try is in a new one.
  }
  degrade(std::move(failure));
  return false;
}

// A close does not try again, and readers keep what they see.
void WriterAgent::discard_file() noexcept {
  if (command_ != Command::kClose || interims_.record_count() == 0) {
    file_.discard();
    publisher_.file_discarded();
  }
}

void WriterAgent::degrade(base::Result failure) {
  note_high_water(lanes_.most_waiting_records());
  release_staged_now();  // All the room there is: it must last until the write succeeds.
  health_.degrade(failure);
  if (command_ != Command::kNone) {
    reply(std::move(failure));
  }
}

void WriterAgent::set_file_aside(base::Result failure) {
  const uint64_t first_sequence = publisher_.filed().taken_records;
  file_.set_aside();
  lanes_.keep_gaps();
  file_ended();
  const uint64_t record_count = publisher_.file_set_aside();
  failure.message += "; it holds " + std::to_string(record_count) + " records from sequence " + std::to_string(first_sequence) + " on";
  links_.counters.files_set_aside.add(1);
  health_.stand_by(std::move(failure));
}

// While a write fails a command tries at once, the writer by itself when the wait is over.
bool WriterAgent::may_try() const noexcept { return command_ != Command::kNone || health_.may_try(); }

void WriterAgent::give_up(base::Result failure) noexcept {
  broken_ = true;
  health_.give_up(std::move(failure));
}

}  // namespace pqflow::sink
