// The naive columnarizer, a fixed text: a loop over records around a loop over a table of columns, each value moved by a memcpy whose size
// is only known at run time. This is what one writes first, and what the others are measured against. Not to be improved.
#pragma once

#include <pqflow/descriptor.h>

#include <cstddef>
#include <cstring>
#include <vector>

namespace rivals {

struct NaiveColumn {
  size_t offset_bytes;
  size_t width_bytes;
};

inline std::vector<NaiveColumn> naive_columns(const pqflow_descriptor& descriptor) {
  std::vector<NaiveColumn> columns;
  for (uint32_t index = 0; index < descriptor.field_count; ++index) {
    columns.push_back({descriptor.fields[index].offset_bytes, descriptor.fields[index].width_bytes});
  }
  return columns;
}

// Not inlined: sizes stay unknown to the compiler, as they would be in a library.
[[gnu::noinline]] inline void naive_unpack(const std::vector<NaiveColumn>& columns, const uint8_t* records, size_t record_count,
                                           size_t stride_bytes, const pqflow_staging_column* staged) {
  for (size_t row = 0; row < record_count; ++row) {
    const uint8_t* const record = records + row * stride_bytes;
    for (size_t index = 0; index < columns.size(); ++index) {
      std::memcpy(staged[index].values + row * columns[index].width_bytes, record + columns[index].offset_bytes,
                  columns[index].width_bytes);
    }
  }
}

}  // namespace rivals
