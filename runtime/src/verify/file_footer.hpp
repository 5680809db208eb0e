// A file's footer, read and parsed: what everything about the file begins with.
#pragma once

#include <optional>

#include "verify/file_reader.hpp"
#include "verify/metadata.hpp"

namespace pqflow::verify {

struct FileFooter {
  uint64_t offset_bytes;  // Of FileMetaData; pages and indexes lie before it.
  std::vector<uint8_t> bytes;
  ThriftDocument document;
  FileMetadata metadata;  // Refers to `bytes` and `document`.
};

// Empty when the file has no footer that can be parsed; what is wrong goes to `reporter`. Throws std::system_error.
std::optional<FileFooter> read_file_footer(const FileReader& file, const Reporter& reporter);

}  // namespace pqflow::verify
