// The ways in which the Arrow contender writes the same records.
#pragma once

#include <arrow/io/interfaces.h>
#include <parquet/properties.h>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "../../src/writer_modes.hpp"

namespace rivals {

// Records as they lie in the ring.
struct Records {
  const std::vector<uint8_t>& slots;
  size_t slot_size_bytes;
  size_t count() const { return slots.size() / slot_size_bytes; }
  const uint8_t* at(size_t index) const { return slots.data() + index * slot_size_bytes; }
};

struct Way {
  bench::WriterMode mode;  // Columns and their types.
  std::shared_ptr<parquet::WriterProperties> properties;
  size_t row_group_rows;
};

using Stream = std::shared_ptr<arrow::io::OutputStream>;

// All write a whole file to the stream and return the nanoseconds it took; the clock stands while records are brought near, as in the rows
// of pqflow.
uint64_t write_low_level(const Way& way, const Records& records, const Stream& stream);
// StreamWriter as it comes.
uint64_t write_row_by_row(const Way& way, const Records& records, const Stream& stream);
// StreamWriter with what makes it fastest.
uint64_t write_rows_unwatched(const Way& way, const Records& records, const Stream& stream);

}  // namespace rivals
