#include "sink/parallel_encoders.hpp"

#include <algorithm>
#include <utility>

#include "ring/lane_reader.hpp"

namespace pqflow::sink {

namespace {

constexpr size_t kMinQueueCapacity = 64;
constexpr size_t kMaxQueueCapacity = size_t{1} << 14;

// A row group in spans of a quarter of their greatest length: so the agent can deal it out at once and go on to the next encoder. Where
// spans are shorter the agent waits, which makes them longer.
size_t queue_capacity(uint64_t row_group_rows) noexcept {
  return std::clamp<size_t>(row_group_rows / ring::kSpanMaxRecords * 4, kMinQueueCapacity, kMaxQueueCapacity);
}

}  // namespace

ParallelEncoders::ParallelEncoders(const columns::RecordSchema& schema, const parquet::RowGroupOptions& options, size_t encoder_count,
                                   Sleeper& writer)
    : row_group_rows_(options.row_group_rows), encoders_(encoder_count), invalid_values_(schema.leaf_indices.size()) {
  for (Encoder& encoder : encoders_) {
    encoder.thread = std::make_unique<EncoderThread>(schema, options, queue_capacity(options.row_group_rows), writer);
    encoder.counted_invalid_values.resize(invalid_values_.size());
  }
}

base::Result ParallelEncoders::start(ThreadStarter starter) {
  for (const Encoder& encoder : encoders_) {
    if (auto result = encoder.thread->start(starter); !result.is_ok()) {
      return result;
    }
  }
  return base::Result::ok();
}

uint64_t ParallelEncoders::room_records() const noexcept {
  const bool is_free = cut_groups_ - written_groups_ < encoders_.size();
  return is_free && encoder_of(cut_groups_).thread->takes_span() ? row_group_rows_ - open_records_ : 0;
}

void ParallelEncoders::deal(const uint8_t* first_record, size_t record_count) {
  Encoder& encoder = encoder_of(cut_groups_);
  encoder.dealt_records += record_count;
  open_records_ += record_count;
  encoder.thread->deal(first_record, record_count);
}

void ParallelEncoders::cut() {
  encoder_of(cut_groups_).thread->cut();
  ++cut_groups_;
  open_records_ = 0;
}

// In the order of dealing: behind the first group that is not staged to its end nothing counts as staged.
uint64_t ParallelEncoders::unstaged_records() const noexcept {
  uint64_t unstaged = 0;
  const uint64_t end_group = std::min(cut_groups_ + 1, written_groups_ + encoders_.size());
  for (uint64_t group = written_groups_; group < end_group; ++group) {
    const Encoder& encoder = encoder_of(group);
    unstaged += encoder.dealt_records - (unstaged == 0 ? encoder.thread->staged_records() : encoder.written_records);
  }
  return unstaged;
}

const parquet::EncodedRowGroup* ParallelEncoders::oldest() {
  Encoder& encoder = encoder_of(written_groups_);
  const parquet::RowGroupWriter* const group = encoder.thread->finished();
  if (group == nullptr) {
    return nullptr;
  }
  if (!is_oldest_counted_) {
    count_invalid_values(encoder, *group);
    is_oldest_counted_ = true;
  }
  return &encoder.thread->finished_group();
}

void ParallelEncoders::count_invalid_values(Encoder& encoder, const parquet::RowGroupWriter& group) noexcept {
  for (size_t index = 0; index < invalid_values_.size(); ++index) {
    const uint64_t count = group.invalid_values(index);
    invalid_values_[index] += count - std::exchange(encoder.counted_invalid_values[index], count);
  }
}

void ParallelEncoders::drop_oldest() noexcept {
  Encoder& encoder = encoder_of(written_groups_);
  if (encoder.thread->is_last()) {
    encoder.written_records = encoder.dealt_records;
    ++written_groups_;
  }
  is_oldest_counted_ = false;
  encoder.thread->drop();
}

size_t ParallelEncoders::memory_bytes() const noexcept {
  const size_t counts_bytes = invalid_values_.size() * sizeof(uint64_t);
  size_t total_bytes = sizeof(ParallelEncoders) + counts_bytes;
  for (const Encoder& encoder : encoders_) {
    total_bytes += sizeof(Encoder) + counts_bytes + encoder.thread->memory_bytes();
  }
  return total_bytes;
}

}  // namespace pqflow::sink
