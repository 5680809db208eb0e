#include "recover/page_check.hpp"

#include <optional>

#include "encoding/crc32.hpp"

namespace pqflow::recover {

namespace {

// PageHeader (parquet.thrift).
struct PageFacts {
  std::optional<int64_t> stored_bytes;
  std::optional<int64_t> crc;
  int64_t value_count = 0;  // Of a data page.
};

constexpr int16_t kDataPageHeader = 5;
constexpr int16_t kDataPageHeaderV2 = 8;

void read_value_count(ThriftCursor& cursor, PageFacts& page) {
  cursor.fields([&](int16_t id, ThriftKind kind) {
    if (id == 1) {
      page.value_count = cursor.integer(kind);
    }
  });
}

// Answers its bytes, or 0 for damage.
size_t read_page_header(Bytes bytes, PageFacts& page) {
  ThriftCursor cursor(bytes);
  const bool is_whole = cursor.fields([&](int16_t id, ThriftKind kind) {
    if (id == 3) {
      page.stored_bytes = cursor.integer(kind);
    } else if (id == 4) {
      page.crc = cursor.integer(kind);
    } else if ((id == kDataPageHeader || id == kDataPageHeaderV2) && kind == kThriftStruct) {
      read_value_count(cursor, page);
    }
  });
  return is_whole ? cursor.position() : 0;
}

}  // namespace

bool pages_are_right(Bytes chunk, uint64_t value_count) {
  uint64_t found_values = 0;
  while (!chunk.empty()) {
    PageFacts page;
    const size_t header_bytes = read_page_header(chunk, page);
    if (header_bytes == 0 || !page.stored_bytes || !page.crc || *page.stored_bytes < 0 || page.value_count < 0 ||
        static_cast<uint64_t>(*page.stored_bytes) > chunk.size() - header_bytes) {
      return false;
    }
    const Bytes body = chunk.subspan(header_bytes, static_cast<size_t>(*page.stored_bytes));
    if (encoding::crc32(0, body.data(), body.size()) != static_cast<uint32_t>(*page.crc)) {
      return false;
    }
    found_values += static_cast<uint64_t>(page.value_count);
    chunk = chunk.subspan(header_bytes + body.size());
  }
  return found_values == value_count;
}

}  // namespace pqflow::recover
