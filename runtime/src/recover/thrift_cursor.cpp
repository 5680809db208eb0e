#include "recover/thrift_cursor.hpp"

#include <limits>

namespace pqflow::recover {

namespace {

constexpr unsigned kMaxDepth = 32;
constexpr unsigned kMaxVarintBits = 70;

enum : uint8_t { kByte = 3, kDouble = 7, kSet = 10, kMap = 11 };

}  // namespace

uint8_t ThriftCursor::byte() noexcept {
  if (has_failed_ || position_ == bytes_.size()) {
    has_failed_ = true;
    return 0;
  }
  return bytes_[position_++];
}

uint64_t ThriftCursor::varint() noexcept {
  uint64_t value = 0;
  for (unsigned shift = 0; shift < kMaxVarintBits; shift += 7) {
    const uint8_t part = byte();
    value |= shift < 64 ? static_cast<uint64_t>(part & 0x7f) << shift : 0;
    if ((part & 0x80) == 0) {
      return value;
    }
  }
  has_failed_ = true;
  return 0;
}

int64_t ThriftCursor::zigzag() noexcept {
  const uint64_t value = varint();
  return static_cast<int64_t>((value >> 1) ^ (0 - (value & 1)));
}

int16_t ThriftCursor::field_id(uint8_t head, int16_t before) noexcept {
  const int64_t id = (head >> 4) != 0 ? before + (head >> 4) : zigzag();
  if (id < 0 || id > std::numeric_limits<int16_t>::max()) {
    has_failed_ = true;
    return 0;
  }
  return static_cast<int16_t>(id);
}

Bytes ThriftCursor::take(uint64_t size_bytes) noexcept {
  if (has_failed_ || size_bytes > bytes_.size() - position_) {
    has_failed_ = true;
    return {};
  }
  const Bytes taken = bytes_.subspan(position_, size_bytes);
  position_ += size_bytes;
  return taken;
}

bool ThriftCursor::expect(ThriftKind kind, ThriftKind expected) noexcept {
  has_failed_ |= kind != expected;
  return !has_failed_;
}

uint64_t ThriftCursor::begin_list(ThriftKind element) noexcept {
  const uint8_t head = byte();
  const uint64_t count = (head >> 4) == 15 ? varint() : head >> 4;
  // An element takes a byte at least.
  if (has_failed_ || (head & 0x0f) != element || count > bytes_.size() - position_) {
    has_failed_ = true;
    return 0;
  }
  return count;
}

int64_t ThriftCursor::integer(ThriftKind kind) noexcept {
  has_failed_ |= kind != kThriftI16 && kind != kThriftI32 && kind != kThriftI64;
  return has_failed_ ? 0 : zigzag();
}

Bytes ThriftCursor::binary(ThriftKind kind) noexcept { return expect(kind, kThriftBinary) ? take(varint()) : Bytes(); }

Bytes ThriftCursor::encoded_struct(ThriftKind kind) noexcept {
  const size_t start = position_;
  if (expect(kind, kThriftStruct)) {
    skip_struct(0);
  }
  return has_failed_ ? Bytes() : bytes_.subspan(start, position_ - start);
}

Bytes ThriftCursor::encoded_structs(ThriftKind kind, size_t& count) noexcept {
  count = expect(kind, kThriftList) ? begin_list(kThriftStruct) : 0;
  const size_t start = position_;
  for (size_t index = 0; index < count && !has_failed_; ++index) {
    skip_struct(0);
  }
  return has_failed_ ? Bytes() : bytes_.subspan(start, position_ - start);
}

// ---- Skipping ----

void ThriftCursor::skip_struct(unsigned depth) noexcept {
  for (uint8_t head = byte(); head != 0 && !has_failed_; head = byte()) {
    if ((head >> 4) == 0) {
      zigzag();
    }
    skip(head & 0x0f, depth + 1);
  }
}

// Of a list or a map: a boolean takes a byte there.
void ThriftCursor::skip_element(uint8_t kind, unsigned depth) noexcept {
  if (kind == kThriftTrue || kind == kThriftFalse) {
    byte();
  } else {
    skip(kind, depth);
  }
}

void ThriftCursor::skip_list(unsigned depth) noexcept {
  const uint8_t head = byte();
  const uint64_t count = (head >> 4) == 15 ? varint() : head >> 4;
  for (uint64_t index = 0; index < count && !has_failed_; ++index) {
    skip_element(head & 0x0f, depth + 1);
  }
}

// No structure of parquet.thrift has a map, but an unknown field may be one.
void ThriftCursor::skip_map(unsigned depth) noexcept {
  const uint64_t count = varint();
  const uint8_t kinds = count == 0 ? uint8_t{0} : byte();
  for (uint64_t index = 0; index < count && !has_failed_; ++index) {
    skip_element(kinds >> 4, depth + 1);
    skip_element(kinds & 0x0f, depth + 1);
  }
}

void ThriftCursor::skip(uint8_t kind, unsigned depth) noexcept {
  has_failed_ |= depth > kMaxDepth;
  if (has_failed_) {
    return;
  }
  switch (kind) {
    case kThriftTrue:
    case kThriftFalse:
      return;  // The header is the value.
    case kByte:
      byte();
      return;
    case kThriftI16:
    case kThriftI32:
    case kThriftI64:
      varint();
      return;
    case kDouble:
      take(sizeof(double));
      return;
    case kThriftBinary:
      take(varint());
      return;
    case kThriftList:
    case kSet:
      skip_list(depth);
      return;
    case kMap:
      skip_map(depth);
      return;
    case kThriftStruct:
      skip_struct(depth);
      return;
    default:
      has_failed_ = true;
  }
}

}  // namespace pqflow::recover
