#include "sink/publisher.hpp"

#include <algorithm>
#include <utility>

namespace pqflow::sink {

Publisher::Publisher(CaptureFile& file, LaneCollector& lanes, Counters& counters, const base::Clock& clock, uint64_t flush_interval_ns)
    : file_(file),
      lanes_(lanes),
      counters_(counters),
      clock_(clock),
      schedule_(flush_interval_ns),
      file_first_(lanes.positions()),
      persisted_(lanes.positions()),
      interim_end_(lanes.positions()),
      footer_end_(lanes.positions()),
      visible_(lanes.positions()),
      filed_(lanes.positions()),
      durable_(lanes.positions()),
      first_record_(lanes.taken_records()),
      counted_end_(first_record_) {}

// ---- Files ----

void Publisher::file_began() noexcept {
  file_first_ = persisted_;
  forget_interims();
  if (file_.is_live()) {
    schedule_.file_began(clock_.monotonic_ns(clock_.context));
  }
  update_counters();
}

void Publisher::row_group_written(LanePositions& end, bool is_full) noexcept {
  std::swap(persisted_, end);
  has_interims_ = false;
  schedule_.row_group_written(is_full);
  update_counters();
}

void Publisher::interim_written(const LanePositions& end) noexcept {
  interim_end_ = end;
  has_interims_ = true;
  schedule_.row_group_written(false);
  update_counters();
}

void Publisher::file_discarded() noexcept {
  forget_interims();
  update_counters();
}

// Their file has ended without them.
void Publisher::forget_interims() noexcept {
  has_interims_ = false;
  footer_end_ = persisted_;
  if (visible_.taken_records > persisted_.taken_records) {
    visible_ = persisted_;
  }
}

// Those behind the last that were counted.
void Publisher::count_durable(uint64_t end, bool is_durable) noexcept {
  if (end > counted_end_) {
    durable_records_ += is_durable ? end - counted_end_ : 0;
    counted_end_ = end;
  }
}

void Publisher::raise_durable(const LanePositions& end) noexcept {
  const uint64_t record_count = end.taken_records - durable_.taken_records;
  durable_ = end;
  update_counters();
  lanes_.give_back_synced(record_count);
}

void Publisher::synced(const LanePositions& end) noexcept {
  raise_durable(end);
  count_durable(durable_.taken_records, true);
  update_counters();
}

void Publisher::journaled(uint64_t end) noexcept {
  count_durable(end, true);
  counters_.durable_records.store(durable_records_);
}

void Publisher::file_completed() noexcept { raise_durable(persisted_); }

void Publisher::file_finished(bool is_durable) noexcept {
  forget_interims();
  filed_ = visible_ = persisted_;
  raise_durable(persisted_);
  count_durable(durable_.taken_records, is_durable);
  update_counters();
}

uint64_t Publisher::file_set_aside() noexcept {
  const uint64_t record_count = persisted_.taken_records - filed_.taken_records;
  lost_records_ += persisted_.taken_records - std::min(counted_end_, persisted_.taken_records);
  file_finished(false);
  return record_count;
}

// ---- Footers of a live file ----

bool Publisher::is_due() noexcept {
  if (!file_.is_live() || !file_.is_open() || schedule_.is_idle()) {
    return false;
  }
  now_ns_ = clock_.monotonic_ns(clock_.context);
  return schedule_.is_show_due(now_ns_) || is_write_due();
}

base::Result Publisher::publish() {
  base::Result result = schedule_.is_show_due(now_ns_) ? show() : base::Result::ok();
  return result.is_ok() && is_write_due() ? write() : result;
}

base::Result Publisher::show() {
  base::Result result = file_.show_footers();
  if (result.is_ok()) {
    schedule_.shown();
    visible_ = footer_end_;
    update_counters();
  }
  return result;
}

base::Result Publisher::write() {
  base::Result result = file_.write_footers();
  if (result.is_ok()) {
    schedule_.written(now_ns_);
    footer_end_ = written_end();
    update_counters();
  }
  return result;
}

bool Publisher::shows_all_or_hastens() noexcept {
  if (!file_.is_live() || visible_.taken_records == written_end().taken_records) {
    return true;
  }
  schedule_.press();
  return false;
}

// A file is synced before it gets its final name, its folder behind that.
void Publisher::update_counters() noexcept {
  lanes_.publish_watermarks(persisted_, visible_, durable_);
  counters_.persisted_records.store(written_end().taken_records - first_record_);
  counters_.visible_records.store(visible_.taken_records - first_record_ - lost_records_);
  counters_.durable_records.store(durable_records_);
  counters_.lost_records.store(lost_records_);
  counters_.files_finished.store(file_.files_finished());
  counters_.bytes_written.store(file_.bytes_written());
  counters_.layout.store(file_.is_live() ? PQFLOW_FILE_LAYOUT_LIVE : PQFLOW_FILE_LAYOUT_CLASSIC);
  counters_.is_preallocated.store(static_cast<uint32_t>(file_.is_preallocated()));
}

}  // namespace pqflow::sink
