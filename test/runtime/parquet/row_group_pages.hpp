// Takes an encoded row group apart again: bytes, page headers, page bodies.
#pragma once

#include <gtest/gtest.h>
#include <libdeflate.h>

#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include "parquet/encoded_row_group.hpp"
#include "parquet/thrift_reader.hpp"

namespace pqflow::test {

struct Page {
  ThriftNode header;
  std::vector<uint8_t> body;
  size_t header_bytes;
};

inline std::vector<uint8_t> bytes_of(const parquet::EncodedRowGroup& row_group) {
  std::vector<uint8_t> bytes;
  for (const auto& piece : row_group.pieces) {
    bytes.insert(bytes.end(), piece.begin(), piece.end());
  }
  EXPECT_EQ(bytes.size(), row_group.compressed_bytes);
  return bytes;
}

// The pages of one chunk; checks what every page must fulfil.
inline std::vector<Page> pages_of(const parquet::EncodedRowGroup& row_group, size_t column) {
  const std::vector<uint8_t> bytes = bytes_of(row_group);
  const parquet::EncodedChunk& chunk = row_group.chunks[column];
  std::vector<Page> pages;
  uint64_t uncompressed_bytes = 0;
  uint64_t value_count = 0;
  size_t position = chunk.offset_bytes;
  while (position < chunk.offset_bytes + chunk.compressed_bytes) {
    ThriftReader reader(std::span<const uint8_t>(bytes).subspan(position));
    Page page = {reader.read_struct(), {}, reader.position()};
    position += page.header_bytes;
    page.body.assign(bytes.begin() + static_cast<ptrdiff_t>(position),
                     bytes.begin() + static_cast<ptrdiff_t>(position + static_cast<size_t>(page.header.number_at(3))));
    position += page.body.size();
    EXPECT_EQ(static_cast<uint32_t>(page.header.number_at(4)), libdeflate_crc32(0, page.body.data(), page.body.size()));
    uncompressed_bytes += page.header_bytes + static_cast<uint64_t>(page.header.number_at(2));
    value_count += static_cast<uint64_t>(page.header.at(chunk.data_page_version == 2 ? 8 : 5).number_at(1));
    pages.push_back(std::move(page));
  }
  EXPECT_EQ(position, chunk.offset_bytes + chunk.compressed_bytes);
  EXPECT_EQ(uncompressed_bytes, chunk.uncompressed_bytes);
  EXPECT_EQ(value_count, chunk.value_count);
  EXPECT_EQ(pages.size(), std::accumulate(chunk.pages_by_encoding.begin(), chunk.pages_by_encoding.end(), 0U));
  return pages;
}

}  // namespace pqflow::test
