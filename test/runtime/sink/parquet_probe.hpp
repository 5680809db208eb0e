// Reads back what a capture wrote: the footer, its key-values, and the values of an uncompressed, required 8-byte column. Shares no code
// with the writer.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace pqflow::sink::test {

struct ProbedFile {
  std::string path;
  int64_t row_count = 0;
  std::vector<int64_t> row_group_rows;
  std::map<std::string, std::string> key_values;
  std::vector<uint64_t> first_column;  // Empty when the codec is not UNCOMPRESSED.
  std::vector<int32_t> codecs;         // Of the first row group's chunks.
};

// Throws std::runtime_error, with the rule that is broken, when the file is not a complete Parquet file.
ProbedFile probe(const std::string& path);

// The 8-byte values of column `column_index`.
std::vector<uint64_t> read_column(const std::string& path, size_t column_index);

}  // namespace pqflow::sink::test
