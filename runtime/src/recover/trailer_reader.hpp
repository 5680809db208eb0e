// A row group as its trailer record tells it (parquet/trailer.hpp), read with suspicion.
#pragma once

#include <cstdint>
#include <vector>

#include "parquet/trailer.hpp"
#include "recover/thrift_cursor.hpp"

namespace pqflow::recover {

// Where the pages of a column chunk lie.
struct ChunkPlace {
  uint64_t offset_bytes = 0;
  uint64_t size_bytes = 0;
  uint64_t value_count = 0;
};

struct FoundRowGroup {
  parquet::RowGroupEntry entry;
  std::vector<ChunkPlace> chunks;
  std::vector<parquet::LaneRange> lanes;
  std::vector<uint8_t> file_metadata;  // FileMetaData without rows; empty: not the first row group of its file.
  uint64_t layout_fingerprint = 0;
  uint64_t schema_fingerprint = 0;
  int32_t float_order = 1;
  bool is_interim = false;   // A later row group, or the ring, has its records too.
  uint64_t begin_bytes = 0;  // Of its first page, in the file.
  uint64_t trailer_begin_bytes = 0;
  uint64_t end_bytes = 0;  // Behind its trailer.
};

// `record`: from a trailer's first byte on, at `offset_bytes` of the file; what follows the trailer does not matter. False: this is no
// trailer, it is damaged, or it speaks of bytes that do not lie before it.
bool read_trailer(Bytes record, uint64_t offset_bytes, FoundRowGroup& group);

// Bytes of the record that begins so, or 0 for one that is none. `header`: kTrailerHeaderBytes.
uint64_t trailer_record_bytes(Bytes header) noexcept;

// Makes it the `ordinal`-th row group of its file.
void set_ordinal(FoundRowGroup& group, size_t ordinal);

}  // namespace pqflow::recover
