// One column of a row group on its way from records into Arrow's low-level API: values gathered from the structs, then one WriteBatch.
#pragma once

#include <parquet/column_writer.h>
#include <parquet/schema.h>
#include <pqflow/descriptor.h>

#include <cstddef>
#include <memory>
#include <vector>

namespace rivals {

class ColumnBatch {
 public:
  virtual ~ColumnBatch() = default;
  virtual void reserve(size_t row_count) = 0;
  // `count` records, `stride_bytes` apart.
  virtual void gather(const uint8_t* first_record, size_t count, size_t stride_bytes) = 0;
  // Writes what was gathered and forgets it; memory is kept.
  virtual void write(parquet::ColumnWriter& writer) = 0;
};

// For a leaf of the types the bench's schemas have; throws std::runtime_error for another.
std::unique_ptr<ColumnBatch> make_column_batch(const pqflow_field& field);
parquet::schema::NodePtr make_node(const pqflow_field& field);

}  // namespace rivals
