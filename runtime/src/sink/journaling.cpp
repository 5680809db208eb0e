#include "sink/journaling.hpp"

#include <algorithm>
#include <utility>

namespace pqflow::sink {

Journaling::Journaling(JournalOptions options, CaptureFile& file, const LaneCollector& lanes, Publisher& publisher, WriteHealth& health,
                       const base::SystemCalls& system, const base::Clock& clock, Sleeper& writer)
    : options_(std::move(options)),
      lanes_(lanes),
      publisher_(publisher),
      health_(health),
      system_(system),
      clock_(clock),
      pieces_(system),
      syncer_(system, writer) {
  if (options_.is_on) {
    file.tell_when_begun([this](const std::string& path) { return file_began(path); });
  }
}

// ---- Syncs ----

void Journaling::take_answer(int os_error) {
  if (os_error != 0) {
    fail();
    return;
  }
  synced_ = asked_;
  claim();
}

void Journaling::settle() {
  if (const auto os_error = syncer_.wait()) {
    take_answer(*os_error);
  }
}

// Behind records that are in no segment nothing is durable before they are, with their row groups.
void Journaling::claim() noexcept {
  if (publisher_.durable_end() >= gap_end_) {
    publisher_.journaled(synced_);
  }
}

// What was synced stays good, and is needed until it is in a synced row group.
void Journaling::fail() noexcept {
  health_.count_failure();
  is_failed_ = true;
  retry_at_ns_ = clock_.monotonic_ns(clock_.context) + kRetryNs;
}

void Journaling::look() {
  if (!options_.is_on || segments_.empty()) {
    return;
  }
  if (const auto os_error = syncer_.answer()) {
    take_answer(*os_error);
  }
  claim();
  remove_covered();
  const uint64_t now_ns = clock_.monotonic_ns(clock_.context);
  if (is_failed_) {
    if (now_ns >= retry_at_ns_ && syncer_.is_idle()) {
      (void)begin_segment();  // A failure is counted, and tried again.
    }
    return;
  }
  if (written_ > synced_ && syncer_.is_idle() && now_ns >= sync_at_ns_) {
    asked_ = written_;
    sync_at_ns_ = now_ns + options_.interval_ns;
    syncer_.begin(segments_.back().file->fd());
  }
}

// ---- Segments ----

// The old one is synced first: at any time only the last one has what is not on the disk.
base::Result Journaling::end_segment() {
  settle();
  if (is_failed_ || segments_.empty()) {
    return base::Result::ok();
  }
  if (auto result = segments_.back().file->sync(); !result.is_ok()) {
    fail();
    return result;
  }
  synced_ = written_;
  claim();
  return base::Result::ok();
}

// With a mark at its beginning, so that those before it can go. Its name lasts before anything in it counts.
base::Result Journaling::begin_segment() {
  auto file = std::make_unique<journal::JournalSegment>(system_, pieces_);
  base::Result result = file->create(options_.identity, next_number_++);
  if (!result.is_ok()) {
    fail();
    return result;
  }
  result = file->append_mark(first_needed_, file_path_);
  result = result.is_ok() ? file->take_name() : std::move(result);
  if (!result.is_ok()) {
    file->remove();
    fail();
    return result;
  }
  gap_end_ = lanes_.taken_records() != synced_ ? lanes_.taken_records() : gap_end_;
  is_failed_ = false;
  written_ = synced_ = asked_ = lanes_.taken_records();
  segments_.push_back({std::move(file), written_});
  return base::Result::ok();
}

void Journaling::remove_covered() noexcept {
  while (segments_.size() > 1 && segments_.front().end <= publisher_.durable_end()) {
    segments_.front().file->remove();
    segments_.pop_front();
  }
}

void Journaling::remove() noexcept {
  (void)syncer_.wait();
  for (const Segment& segment : segments_) {
    segment.file->remove();
  }
  segments_.clear();
}

// ---- Records ----

void Journaling::append(uint32_t lane_index, uint64_t first_sequence, const ring::Span& span) {
  if (!options_.is_on || !is_writable()) {
    return;
  }
  if (segments_.back().file->is_full() && (!end_segment().is_ok() || !begin_segment().is_ok())) {
    return;
  }
  const journal::JournaledSpan journaled{
      lane_index, first_sequence, {span.first_record, span.record_count * options_.identity.slot_size_bytes}};
  if (!segments_.back().file->append(journaled).is_ok()) {
    fail();
    return;
  }
  written_ += span.record_count;
  segments_.back().end = written_;
}

// ---- Marks ----

base::Result Journaling::mark() {
  settle();
  if (!is_writable()) {
    return begin_segment();
  }
  base::Result result = segments_.back().file->append_mark(first_needed_, file_path_);
  if (!result.is_ok()) {
    fail();
    return begin_segment();
  }
  result = end_segment();
  return result.is_ok() ? std::move(result) : begin_segment();
}

// From now on the journal is that file's.
base::Result Journaling::file_began(const std::string& path) {
  file_path_ = path;
  return mark();
}

base::Result Journaling::file_completed() {
  if (!options_.is_on) {
    return base::Result::ok();
  }
  first_needed_ = publisher_.persisted().next_index;
  return mark();
}

}  // namespace pqflow::sink
