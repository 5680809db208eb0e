#include "parquet/thrift_writer.hpp"

#include <cassert>

#include "encoding/varint.hpp"

namespace pqflow::parquet {
namespace {

constexpr uint8_t kStop = 0;
constexpr int kMaxShortDelta = 15;
constexpr size_t kMaxShortCount = 14;

std::span<const uint8_t> bytes_of(std::string_view text) { return {reinterpret_cast<const uint8_t*>(text.data()), text.size()}; }

}  // namespace

void ThriftWriter::begin_struct() {
  assert(depth_ < kMaxDepth);
  last_field_ids_[depth_++] = 0;
}

void ThriftWriter::resume_struct(int16_t last_field_id) {
  begin_struct();
  last_field_ids_[depth_ - 1] = last_field_id;
}

void ThriftWriter::end_struct() {
  out_.push_back(kStop);
  --depth_;
}

void ThriftWriter::field_header(int16_t id, ThriftType type) {
  int16_t& last_id = last_field_ids_[depth_ - 1];
  const int delta = id - last_id;
  assert(delta > 0);
  if (delta <= kMaxShortDelta) {
    out_.push_back(static_cast<uint8_t>(delta << 4 | static_cast<int>(type)));
  } else {
    out_.push_back(static_cast<uint8_t>(type));
    varint(encoding::zigzag(id));
  }
  last_id = id;
}

void ThriftWriter::varint(uint64_t value) {
  uint8_t encoded[encoding::kMaxVarintBytes];
  const size_t size_bytes = encoding::encode_varint(encoded, value);
  out_.insert(out_.end(), encoded, encoded + size_bytes);
}

void ThriftWriter::bytes(std::span<const uint8_t> value) {
  varint(value.size());
  out_.insert(out_.end(), value.begin(), value.end());
}

void ThriftWriter::field_bool(int16_t id, bool value) { field_header(id, value ? ThriftType::kTrue : ThriftType::kFalse); }

void ThriftWriter::field_i8(int16_t id, int8_t value) {
  field_header(id, ThriftType::kI8);
  out_.push_back(static_cast<uint8_t>(value));
}

void ThriftWriter::field_i16(int16_t id, int16_t value) {
  field_header(id, ThriftType::kI16);
  varint(encoding::zigzag(value));
}

void ThriftWriter::field_i32(int16_t id, int32_t value) {
  field_header(id, ThriftType::kI32);
  varint(encoding::zigzag(value));
}

void ThriftWriter::field_i64(int16_t id, int64_t value) {
  field_header(id, ThriftType::kI64);
  varint(encoding::zigzag(value));
}

void ThriftWriter::field_binary(int16_t id, std::span<const uint8_t> value) {
  field_header(id, ThriftType::kBinary);
  bytes(value);
}

void ThriftWriter::field_string(int16_t id, std::string_view value) { field_binary(id, bytes_of(value)); }

void ThriftWriter::field_struct(int16_t id) {
  field_header(id, ThriftType::kStruct);
  begin_struct();
}

void ThriftWriter::field_empty_struct(int16_t id) {
  field_struct(id);
  end_struct();
}

void ThriftWriter::field_encoded_struct(int16_t id, std::span<const uint8_t> encoded) {
  field_header(id, ThriftType::kStruct);
  encoded_elements(encoded);
}

void ThriftWriter::field_list(int16_t id, ThriftType element_type, size_t count) {
  field_header(id, ThriftType::kList);
  if (count <= kMaxShortCount) {
    out_.push_back(static_cast<uint8_t>(count << 4 | static_cast<size_t>(element_type)));
  } else {
    out_.push_back(static_cast<uint8_t>(0xf0 | static_cast<int>(element_type)));
    varint(count);
  }
}

void ThriftWriter::element_i32(int32_t value) { varint(encoding::zigzag(value)); }

void ThriftWriter::element_i64(int64_t value) { varint(encoding::zigzag(value)); }

void ThriftWriter::element_bool(bool value) { out_.push_back(static_cast<uint8_t>(value ? ThriftType::kTrue : ThriftType::kFalse)); }

void ThriftWriter::element_binary(std::span<const uint8_t> value) { bytes(value); }

void ThriftWriter::element_string(std::string_view value) { bytes(bytes_of(value)); }

void ThriftWriter::encoded_elements(std::span<const uint8_t> structs) { out_.insert(out_.end(), structs.begin(), structs.end()); }

}  // namespace pqflow::parquet
