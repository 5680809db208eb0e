// A file of three columns and one row group, described by hand, and its footer read back.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "columns/test_schema.hpp"
#include "encoding/bytes.hpp"
#include "parquet/encoded_row_group.hpp"
#include "parquet/file_metadata.hpp"
#include "parquet/thrift_reader.hpp"

namespace pqflow::parquet::test {

using namespace pqflow::test;
using Bytes = std::vector<uint8_t>;

// Checks the frame (length, PAR1) and reads the struct, which must fill it.
inline ThriftNode read_footer(const Bytes& footer) {
  EXPECT_EQ(std::string(footer.end() - 4, footer.end()), "PAR1");
  EXPECT_EQ(encoding::load<uint32_t>(footer.data() + footer.size() - 8), footer.size() - 8);
  ThriftReader reader(std::span<const uint8_t>(footer).first(footer.size() - 8));
  ThriftNode node = reader.read_struct();
  EXPECT_EQ(reader.position(), footer.size() - 8);
  return node;
}

class Footer : public ::testing::Test {
 protected:
  Footer()
      : test_schema_({make_field("id", PQFLOW_STORAGE_INT64),
                      optional_field(make_field("note", PQFLOW_STORAGE_PADDED_TEXT, 200), PQFLOW_NULL_BIT),
                      make_field("ratio", PQFLOW_STORAGE_DOUBLE)}) {
    test_schema_.fields()[0].field_id = 7;
    schema_ = test_schema_.build();
    row_group_.row_count = 1000;
    row_group_.uncompressed_bytes = 9000;
    row_group_.compressed_bytes = 4500;
    row_group_.chunks.resize(3);
    for (size_t index = 0; index < 3; ++index) {
      EncodedChunk& chunk = row_group_.chunks[index];
      chunk.offset_bytes = index * 1500;
      chunk.uncompressed_bytes = 3000;
      chunk.compressed_bytes = 1500;
      chunk.value_count = 1000;
      chunk.pages_by_encoding[PQFLOW_ENCODING_PLAIN] = 4;
      chunk.codec = PQFLOW_CODEC_ZSTD;
    }
    row_group_.chunks[0].bounds = {{1, 0, 0, 0, 0, 0, 0, 0}, {9, 0, 0, 0, 0, 0, 0, 0}, true, true, true};
    row_group_.chunks[1].bounds = {{'a'}, {'c'}, true, true, false};
    row_group_.chunks[1].null_count = 17;
    row_group_.chunks[1].byte_array_bytes = 12345;
    row_group_.chunks[1].distinct_count = 12;
    row_group_.chunks[2].nan_count = 1000;
  }

  ThriftNode footer(const FileMetadata& metadata, std::vector<KeyValue> capture = {}) const {
    Bytes out;
    metadata.encode_footer(capture, 0, out);
    return read_footer(out);
  }

  TestSchema test_schema_;
  columns::RecordSchema schema_;
  EncodedRowGroup row_group_;
};

}  // namespace pqflow::parquet::test
