// FileMetaData of pqflow's own files: of the trailer that begins a file, and of the footer that ends it.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "parquet/footer_writer.hpp"
#include "recover/source_file.hpp"
#include "recover/thrift_cursor.hpp"

namespace pqflow::recover {

struct FoundFooter {
  parquet::FooterFields fields;
  uint64_t row_count = 0;
  size_t row_group_count = 0;
  bool is_linked = false;  // Of a live file (parquet::LiveFooter).
};

// False: damaged. What follows the struct does not matter.
bool read_file_metadata(Bytes encoded, FoundFooter& footer);

// The name of the schema, as its root element has it; nothing where that is damaged.
std::optional<std::string> schema_name_of(const parquet::FooterFields& fields);

// What ends the file, if that is a footer. A Result for a file that cannot be read.
base::Result read_footer(const SourceFile& file, std::optional<FoundFooter>& footer);

}  // namespace pqflow::recover
