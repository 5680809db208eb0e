// The row groups of a capture whose writer thread encodes them itself.
#pragma once

#include "columns/record_schema.hpp"
#include "parquet/row_group_writer.hpp"
#include "sink/row_group_encoders.hpp"

namespace pqflow::sink {

class InlineEncoder final : public RowGroupEncoders {
 public:
  // Allocates and touches all memory.
  InlineEncoder(const columns::RecordSchema& schema, const parquet::RowGroupOptions& options) : group_(schema, options) {}

  base::Result start(ThreadStarter) override { return base::Result::ok(); }

  bool is_full() const noexcept override { return cut_ == nullptr && group_.room_rows() == 0; }
  uint64_t room_records() const noexcept override { return group_.room_rows(); }
  uint64_t open_records() const noexcept override { return cut_ == nullptr ? group_.row_count() : 0; }
  bool is_empty() const noexcept override { return group_.row_count() == 0; }

  void deal(const uint8_t* first_record, size_t record_count) override { group_.append(first_record, record_count); }
  void cut() override { cut_ = &group_.finish(); }
  uint64_t unstaged_records() const noexcept override { return 0; }

  const parquet::EncodedRowGroup* oldest() override { return cut_; }
  void drop_oldest() noexcept override {
    group_.reset();
    cut_ = nullptr;
  }

  uint64_t invalid_values(size_t column_index) const noexcept override { return group_.invalid_values(column_index); }
  size_t memory_bytes() const noexcept override { return group_.memory_bytes(); }

 private:
  parquet::RowGroupWriter group_;
  const parquet::EncodedRowGroup* cut_ = nullptr;
};

}  // namespace pqflow::sink
