#include "parquet/value_encoder.hpp"

#include <algorithm>
#include <array>

#include "encoding/byte_stream_split.hpp"
#include "encoding/delta_binary_packed.hpp"
#include "encoding/delta_byte_array.hpp"
#include "encoding/hybrid.hpp"
#include "encoding/plain.hpp"

namespace pqflow::parquet {
namespace {

constexpr std::array kBooleanEncodings = {PQFLOW_ENCODING_PLAIN, PQFLOW_ENCODING_RLE};
constexpr std::array kIntegerEncodings = {PQFLOW_ENCODING_PLAIN, PQFLOW_ENCODING_DELTA_BINARY_PACKED};
constexpr std::array kFloatingEncodings = {PQFLOW_ENCODING_PLAIN, PQFLOW_ENCODING_BYTE_STREAM_SPLIT};
constexpr std::array kByteArrayEncodings = {PQFLOW_ENCODING_PLAIN, PQFLOW_ENCODING_DELTA_LENGTH_BYTE_ARRAY,
                                            PQFLOW_ENCODING_DELTA_BYTE_ARRAY};
constexpr std::array kPlainOnly = {PQFLOW_ENCODING_PLAIN};

bool is_fixed_bytes(const pqflow_field& field) noexcept { return field.physical_type == PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY; }

size_t encode_plain(const pqflow_field& field, const PlainValues& values, uint8_t* target) noexcept {
  if (field.physical_type == PQFLOW_PHYSICAL_BOOLEAN) {
    return encoding::encode_plain_boolean(target, values.data, values.count);
  }
  std::copy_n(values.data, values.size_bytes, target);
  return values.size_bytes;
}

size_t encode_delta(const pqflow_field& field, encoding::Packing packing, const PlainValues& values, uint8_t* target) noexcept {
  return field.physical_type == PQFLOW_PHYSICAL_INT32 ? encoding::encode_delta_int32(target, values.data, values.count, packing)
                                                      : encoding::encode_delta_int64(target, values.data, values.count, packing);
}

size_t encode_delta_strings(const pqflow_field& field, const PlainValues& values, uint8_t* target, uint32_t* lengths) noexcept {
  return is_fixed_bytes(field)
             ? encoding::encode_delta_fixed_byte_array(target, values.data, values.count, field.type_length_bytes, lengths)
             : encoding::encode_delta_byte_array(target, values.data, values.count, lengths);
}

size_t encode_streams(const PlainValues& values, uint8_t* target) noexcept {
  const size_t width_bytes = values.count == 0 ? 1 : values.size_bytes / values.count;
  return encoding::encode_byte_stream_split(target, values.data, values.count, width_bytes);
}

}  // namespace

std::span<const pqflow_encoding> encodings_of(const pqflow_field& field) noexcept {
  switch (field.physical_type) {
    case PQFLOW_PHYSICAL_BOOLEAN:
      return kBooleanEncodings;
    case PQFLOW_PHYSICAL_INT32:
    case PQFLOW_PHYSICAL_INT64:
      return kIntegerEncodings;
    case PQFLOW_PHYSICAL_FLOAT:
    case PQFLOW_PHYSICAL_DOUBLE:
      return kFloatingEncodings;
    case PQFLOW_PHYSICAL_BYTE_ARRAY:
      // DuckDB refuses delta encodings of byte arrays that are decimals.
      return field.logical_type == PQFLOW_LOGICAL_DECIMAL ? std::span<const pqflow_encoding>(kPlainOnly) : kByteArrayEncodings;
    default:
      return kPlainOnly;
  }
}

std::span<const pqflow_encoding> named_encoding(const pqflow_field& field) noexcept {
  static constexpr std::array kAll = {PQFLOW_ENCODING_PLAIN,
                                      PQFLOW_ENCODING_RLE,
                                      PQFLOW_ENCODING_DELTA_BINARY_PACKED,
                                      PQFLOW_ENCODING_DELTA_LENGTH_BYTE_ARRAY,
                                      PQFLOW_ENCODING_DELTA_BYTE_ARRAY,
                                      PQFLOW_ENCODING_BYTE_STREAM_SPLIT};
  const auto named = std::ranges::find(kAll, static_cast<pqflow_encoding>(field.encoding));
  return {named == kAll.end() ? kAll.begin() : named, 1};
}

size_t max_encoded_bytes(const pqflow_field& field, pqflow_encoding encoding, size_t max_count, size_t max_plain_bytes) noexcept {
  switch (encoding) {
    case PQFLOW_ENCODING_RLE:
      return encoding::kLevelsPrefixBytes + encoding::max_hybrid_bytes(max_count, 1);
    case PQFLOW_ENCODING_DELTA_BINARY_PACKED:
      return encoding::max_delta_binary_packed_bytes(max_count,
                                                     field.physical_type == PQFLOW_PHYSICAL_INT32 ? sizeof(int32_t) : sizeof(int64_t));
    case PQFLOW_ENCODING_DELTA_LENGTH_BYTE_ARRAY:
      return encoding::max_delta_length_byte_array_bytes(max_count, max_plain_bytes);
    case PQFLOW_ENCODING_DELTA_BYTE_ARRAY:
      return encoding::max_delta_byte_array_bytes(max_count, max_plain_bytes);
    default:
      return max_plain_bytes;
  }
}

size_t encode_values(const pqflow_field& field, const ValueEncoding& encoding, const PlainValues& values, uint8_t* target,
                     uint32_t* lengths) noexcept {
  switch (encoding.encoding) {
    case PQFLOW_ENCODING_RLE:
      return encoding::encode_levels_v1(target, values.data, values.count, 1);
    case PQFLOW_ENCODING_DELTA_BINARY_PACKED:
      return encode_delta(field, encoding.packing, values, target);
    case PQFLOW_ENCODING_DELTA_LENGTH_BYTE_ARRAY:
      return encoding::encode_delta_length_byte_array(target, values.data, values.count, lengths);
    case PQFLOW_ENCODING_DELTA_BYTE_ARRAY:
      return encode_delta_strings(field, values, target, lengths);
    case PQFLOW_ENCODING_BYTE_STREAM_SPLIT:
      return encode_streams(values, target);
    default:
      return encode_plain(field, values, target);
  }
}

}  // namespace pqflow::parquet
