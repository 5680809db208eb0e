#include "verify/arrow_schema_rules.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>

namespace pqflow::verify {
namespace {

constexpr std::string_view kKey = "ARROW:schema";
constexpr uint32_t kContinuation = 0xffffffff;
constexpr size_t kPrefixBytes = 8;

std::optional<uint8_t> sextet_of(char character) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const size_t place = kAlphabet.find(character);
  return place == std::string_view::npos ? std::nullopt : std::optional(static_cast<uint8_t>(place));
}

// RFC 4648, section 4; the padding may be left out.
std::optional<std::vector<uint8_t>> base64_bytes(std::string_view text) {
  while (text.ends_with('=')) {
    text.remove_suffix(1);
  }
  std::vector<uint8_t> bytes;
  uint32_t bits = 0;
  unsigned bit_count = 0;
  for (const char character : text) {
    const std::optional<uint8_t> sextet = sextet_of(character);
    if (!sextet) {
      return std::nullopt;
    }
    bits = bits << 6 | *sextet;
    bit_count += 6;
    if (bit_count >= 8) {
      bit_count -= 8;
      bytes.push_back(static_cast<uint8_t>(bits >> bit_count));
    }
  }
  return bit_count < 6 ? std::optional(std::move(bytes)) : std::nullopt;
}

// A flatbuffer, read with every offset checked; throws Malformed. Positions count from its first byte.
class FlatBuffer {
 public:
  explicit FlatBuffer(Bytes bytes) : bytes_(bytes) {}

  template <typename Number>
  Number number(size_t position) const {
    if (position > bytes_.size() || sizeof(Number) > bytes_.size() - position) {
      throw Malformed(position, "an offset leads out of the message");
    }
    Number value;
    std::memcpy(&value, bytes_.data() + position, sizeof value);
    return value;
  }
  // Where the reference at `position` leads.
  size_t target(size_t position) const { return position + number<uint32_t>(position); }
  // The `index`-th field of the table at `table`; empty where it is left out.
  std::optional<size_t> field(size_t table, size_t index) const {
    const int64_t vtable = static_cast<int64_t>(table) - number<int32_t>(table);
    if (vtable < 0) {
      throw Malformed(table, "a table's fields lie before the message");
    }
    const auto start = static_cast<size_t>(vtable);
    const size_t entry = 4 + 2 * index;
    if (entry + 2 > number<uint16_t>(start)) {
      return std::nullopt;
    }
    const auto offset = number<uint16_t>(start + entry);
    return offset == 0 ? std::nullopt : std::optional(table + offset);
  }
  // The table or vector that a field refers to.
  size_t referred(size_t table, size_t index, const char* name) const {
    const std::optional<size_t> place = field(table, index);
    if (!place) {
      throw Malformed(table, std::string("no ") + name);
    }
    return target(*place);
  }
  std::string_view text(size_t position) const {
    const auto length = number<uint32_t>(position);
    if (length > bytes_.size() - position - sizeof length) {
      throw Malformed(position, "a text leads out of the message");
    }
    return {reinterpret_cast<const char*>(bytes_.data()) + position + sizeof length, length};
  }

 private:
  Bytes bytes_;
};

// Message.fbs and Schema.fbs of Arrow's format: Message {version, header type, header, …}, Schema {endianness, fields, …}, Field {name, …}.
std::vector<std::string_view> names_in(const FlatBuffer& buffer) {
  constexpr uint8_t kSchemaHeader = 1;
  const size_t message = buffer.target(0);
  const std::optional<size_t> header_type = buffer.field(message, 1);
  if (!header_type || buffer.number<uint8_t>(*header_type) != kSchemaHeader) {
    throw Malformed(message, "the message holds no schema");
  }
  const size_t fields = buffer.referred(buffer.referred(message, 2, "header"), 1, "fields");
  const auto count = buffer.number<uint32_t>(fields);
  std::vector<std::string_view> names;
  for (uint32_t index = 0; index < count; ++index) {
    const size_t field = buffer.target(fields + 4 + size_t{4} * index);
    names.push_back(buffer.text(buffer.referred(field, 0, "name of a field")));
  }
  return names;
}

// Old writers left out the prefix: continuation marker and length.
Bytes message_in(const std::vector<uint8_t>& framed) {
  const FlatBuffer prefix(framed);
  if (prefix.number<uint32_t>(0) != kContinuation) {
    return framed;
  }
  const auto length = prefix.number<uint32_t>(4);
  if (length > framed.size() - kPrefixBytes) {
    throw Malformed(kPrefixBytes, "a message of " + std::to_string(length) + " bytes is cut");
  }
  return Bytes(framed).subspan(kPrefixBytes, length);
}

std::vector<std::string_view> top_level_names(const std::vector<Leaf>& leaves) {
  std::vector<std::string_view> names;
  for (const Leaf& leaf : leaves) {
    if (names.empty() || names.back() != leaf.path.front()) {
      names.push_back(leaf.path.front());
    }
  }
  return names;
}

}  // namespace

void check_arrow_schema(const FileMetadata& file, const std::vector<Leaf>& leaves, uint64_t place, const Reporter& reporter) {
  const auto entry = std::ranges::find(file.key_values, kKey, &std::pair<std::string, std::string>::first);
  if (entry == file.key_values.end()) {
    return;
  }
  const std::optional<std::vector<uint8_t>> framed = base64_bytes(entry->second);
  if (!reporter.require(framed.has_value(), Rule::kArrowSchema, place, "ARROW:schema is no base64")) {
    return;
  }
  try {
    const std::vector<std::string_view> names = names_in(FlatBuffer(message_in(*framed)));
    reporter.require(names == top_level_names(leaves), Rule::kArrowSchema, place, "ARROW:schema has other columns than the file");
  } catch (const Malformed& damage) {
    reporter.add(Rule::kArrowSchema, place, std::string("ARROW:schema: ") + damage.what());
  }
}

}  // namespace pqflow::verify
