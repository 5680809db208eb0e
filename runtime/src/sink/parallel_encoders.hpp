// Row groups on several encoder threads at once, whole groups each: the n-th that is dealt goes to encoder n modulo their number, and they
// are written in that order. An encoder has one row group at a time; it gets the next when its last one is written. A row group that the
// encoder finds full by its bytes before the agent has cut it becomes two, at the same page as one thread would cut it.
#pragma once

#include <memory>
#include <vector>

#include "columns/record_schema.hpp"
#include "parquet/row_group_writer.hpp"
#include "sink/encoder_thread.hpp"
#include "sink/row_group_encoders.hpp"

namespace pqflow::sink {

class ParallelEncoders final : public RowGroupEncoders {
 public:
  // Allocates and touches all memory. `writer` is woken when a row group can be written; it outlives this.
  ParallelEncoders(const columns::RecordSchema& schema, const parquet::RowGroupOptions& options, size_t encoder_count, Sleeper& writer);

  base::Result start(ThreadStarter starter) override;

  bool is_full() const noexcept override { return open_records_ == row_group_rows_; }
  uint64_t room_records() const noexcept override;
  uint64_t open_records() const noexcept override { return open_records_; }
  bool is_empty() const noexcept override { return open_records_ == 0 && cut_groups_ == written_groups_; }

  void deal(const uint8_t* first_record, size_t record_count) override;
  void cut() override;
  uint64_t unstaged_records() const noexcept override;

  const parquet::EncodedRowGroup* oldest() override;
  void drop_oldest() noexcept override;

  uint64_t invalid_values(size_t column_index) const noexcept override { return invalid_values_[column_index]; }
  size_t memory_bytes() const noexcept override;

 private:
  struct Encoder {
    std::unique_ptr<EncoderThread> thread;
    uint64_t dealt_records = 0;                    // Since the start.
    uint64_t written_records = 0;                  // Of its groups that are written to their end.
    std::vector<uint64_t> counted_invalid_values;  // By column, what invalid_values_ has of them.
  };

  Encoder& encoder_of(uint64_t group) noexcept { return encoders_[group % encoders_.size()]; }
  const Encoder& encoder_of(uint64_t group) const noexcept { return encoders_[group % encoders_.size()]; }
  void count_invalid_values(Encoder& encoder, const parquet::RowGroupWriter& group) noexcept;

  const uint64_t row_group_rows_;
  std::vector<Encoder> encoders_;
  std::vector<uint64_t> invalid_values_;
  // Of groups as they were dealt.
  uint64_t cut_groups_ = 0;      // The next one is being filled.
  uint64_t written_groups_ = 0;  // The next one is the oldest.
  uint64_t open_records_ = 0;
  bool is_oldest_counted_ = false;  // Its invalid values are among invalid_values_.
};

}  // namespace pqflow::sink
