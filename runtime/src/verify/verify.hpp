// The verifier: a Parquet file → everything that is wrong with it. Its code shares nothing with the writer, and it reads files of any
// writer.
#pragma once

#include <string>

#include "verify/file_reader.hpp"
#include "verify/finding.hpp"
#include "verify/json_reader.hpp"

namespace pqflow::verify {

struct Summary {
  uint64_t size_bytes = 0;
  uint64_t row_count = 0;
  size_t row_group_count = 0;
  size_t column_count = 0;
  std::string created_by;
};

// Reads the whole file, one column chunk in memory at a time. Throws std::system_error when it cannot be read. Any thread.
// `expected_schema`: a resolved schema that the columns must be those of; null: they may be any.
Summary verify_file(const std::string& path, Findings& findings, const JsonValue* expected_schema = nullptr);
Summary verify_file(const FileReader& file, Findings& findings, const JsonValue* expected_schema = nullptr);

}  // namespace pqflow::verify
