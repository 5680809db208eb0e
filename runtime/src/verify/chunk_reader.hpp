// Walks the pages of one column chunk: rules of pages and values, and the facts for everything that is said of the chunk elsewhere.
#pragma once

#include <functional>

#include "verify/chunk_facts.hpp"
#include "verify/file_reader.hpp"
#include "verify/page_decoder.hpp"

namespace pqflow::verify {

struct ChunkReading {
  bool keeps_distinct = false;
  bool keeps_rows = false;
  // Called with each data page that could be decoded, where it is set.
  std::function<void(const PageHeader& header, const DecodedPage& page)> on_data_page;
};

// The chunk's place inside the file has been checked. Reports to `reporter`, which is the column's.
ChunkFacts read_chunk(const FileReader& file, const Leaf& leaf, const ColumnChunk& chunk, const ChunkReading& reading,
                      const Reporter& reporter);

}  // namespace pqflow::verify
