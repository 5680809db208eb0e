// Thrift's compact protocol, writing side: all of Parquet's metadata is encoded with it (thrift-compact-protocol.md).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace pqflow::parquet {

enum class ThriftType : uint8_t { kTrue = 1, kFalse = 2, kI8 = 3, kI16 = 4, kI32 = 5, kI64 = 6, kBinary = 8, kList = 9, kStruct = 12 };

// Thrift's integers have signs; none of ours comes near 2^63.
inline int64_t signed_of(uint64_t value) noexcept { return static_cast<int64_t>(value); }

// Appends to `out`, which the caller owns; allocates only when `out` lacks room. One thread. Fields of a struct must be written in
// ascending order of their ids. A struct begins with begin_…, its fields follow, end_struct() closes it; the outermost struct needs
// begin_struct() too.
class ThriftWriter {
 public:
  explicit ThriftWriter(std::vector<uint8_t>& out) : out_(out) {}

  // Bytes in `out`.
  size_t position() const noexcept { return out_.size(); }

  void begin_struct();  // The outermost struct, and each struct of a list.
  void end_struct();
  // Goes on in a struct whose fields up to `last_field_id` are in `out` already.
  void resume_struct(int16_t last_field_id);

  void field_bool(int16_t id, bool value);
  void field_i8(int16_t id, int8_t value);
  void field_i16(int16_t id, int16_t value);
  void field_i32(int16_t id, int32_t value);
  void field_i64(int16_t id, int64_t value);
  void field_binary(int16_t id, std::span<const uint8_t> value);
  void field_string(int16_t id, std::string_view value);
  void field_struct(int16_t id);
  void field_empty_struct(int16_t id);
  // A struct encoded before, its STOP included.
  void field_encoded_struct(int16_t id, std::span<const uint8_t> encoded);
  void field_list(int16_t id, ThriftType element_type, size_t count);

  // Elements of the list just begun.
  void element_bool(bool value);
  void element_i32(int32_t value);
  void element_i64(int64_t value);
  void element_binary(std::span<const uint8_t> value);
  void element_string(std::string_view value);
  // Structs encoded before, one after the other.
  void encoded_elements(std::span<const uint8_t> structs);

 private:
  // Deepest nesting in Parquet: FileMetaData, RowGroup, ColumnChunk, ColumnMetaData, Statistics; in a trailer one more.
  static constexpr size_t kMaxDepth = 8;

  void field_header(int16_t id, ThriftType type);
  void varint(uint64_t value);
  void bytes(std::span<const uint8_t> value);

  std::vector<uint8_t>& out_;
  std::array<int16_t, kMaxDepth> last_field_ids_{};
  size_t depth_ = 0;
};

}  // namespace pqflow::parquet
