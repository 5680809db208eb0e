#include "recover/footer_reader.hpp"

#include <cstring>

#include "encoding/bytes.hpp"

namespace pqflow::recover {

namespace {

constexpr char kEnding[] = {'P', 'A', 'R', '1'};
constexpr uint64_t kTailBytes = sizeof(uint32_t) + sizeof kEnding;
constexpr int16_t kSwallowField = 21;

void read_row_groups(ThriftCursor& cursor, FoundFooter& footer) {
  cursor.structs([&] {
    ++footer.row_group_count;
    cursor.fields([&](int16_t id, ThriftKind) { footer.is_linked |= id == kSwallowField; });
  });
}

}  // namespace

bool read_file_metadata(Bytes encoded, FoundFooter& footer) {
  ThriftCursor cursor(encoded);
  parquet::FooterFields& fields = footer.fields;
  const bool is_whole = cursor.fields([&](int16_t id, ThriftKind kind) {
    switch (id) {
      case 2:
        fields.schema_elements = copy_of(cursor.encoded_structs(kind, fields.schema_element_count));
        break;
      case 3:
        footer.row_count = static_cast<uint64_t>(cursor.integer(kind));
        break;
      case 4:
        read_row_groups(cursor, footer);
        break;
      case 5:
        fields.key_values = copy_of(cursor.encoded_structs(kind, fields.key_value_count));
        break;
      case 6: {
        const Bytes text = cursor.binary(kind);
        fields.created_by.assign(text.begin(), text.end());
        break;
      }
      case 7:
        fields.column_orders = copy_of(cursor.encoded_structs(kind, fields.column_count));
        break;
      default:
        break;
    }
  });
  return is_whole && fields.schema_element_count != 0 && fields.column_count != 0;
}

std::optional<std::string> schema_name_of(const parquet::FooterFields& fields) {
  constexpr int16_t kNameField = 4;
  std::optional<std::string> name;
  ThriftCursor root(fields.schema_elements);
  const bool is_whole = root.fields([&](int16_t id, ThriftKind kind) {
    if (id == kNameField) {
      const Bytes text = root.binary(kind);
      name.emplace(text.begin(), text.end());
    }
  });
  return is_whole ? name : std::nullopt;
}

base::Result read_footer(const SourceFile& file, std::optional<FoundFooter>& footer) {
  footer.reset();
  if (file.size_bytes() < sizeof kEnding + kTailBytes) {
    return base::Result::ok();
  }
  std::vector<uint8_t> bytes;
  if (auto result = file.read(file.size_bytes() - kTailBytes, kTailBytes, bytes); !result.is_ok()) {
    return result;
  }
  const uint64_t footer_bytes = encoding::load<uint32_t>(bytes.data());
  const bool is_magic = std::memcmp(bytes.data() + sizeof(uint32_t), kEnding, sizeof kEnding) == 0;
  if (!is_magic || footer_bytes > file.size_bytes() - kTailBytes - sizeof kEnding) {
    return base::Result::ok();
  }
  if (auto result = file.read(file.size_bytes() - kTailBytes - footer_bytes, footer_bytes, bytes); !result.is_ok()) {
    return result;
  }
  FoundFooter found;
  if (read_file_metadata(bytes, found)) {
    footer = std::move(found);
  }
  return base::Result::ok();
}

}  // namespace pqflow::recover
