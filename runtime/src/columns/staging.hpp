// One block of unpacked records: per leaf column the values as they lay in the record, and the bytes that say which are present; of a
// nested column those of all its elements.
#pragma once

#include <pqflow/descriptor.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/aligned_buffer.hpp"
#include "columns/record_schema.hpp"

namespace pqflow::columns {

// Rows of a block: so many that per-block work is spread thin and so few that the block stays in the second-level cache; at least 1 for
// very wide records.
size_t staging_rows(const RecordSchema& schema) noexcept;

// Writer thread. Allocates and touches in the constructor only.
class Staging {
 public:
  Staging(const RecordSchema& schema, size_t row_capacity);
  const pqflow_staging_column* columns() const noexcept { return columns_.data(); }
  size_t row_capacity() const noexcept { return row_capacity_; }
  size_t memory_bytes() const noexcept;

 private:
  size_t row_capacity_;
  base::AlignedBuffer memory_;
  std::vector<pqflow_staging_column> columns_;
};

}  // namespace pqflow::columns
