#include "verify/thrift_reader.hpp"

#include <array>
#include <cstring>

namespace pqflow::verify {
namespace {

constexpr unsigned kMaxDepth = 64;
constexpr unsigned kMaxVarintBytes = 10;

// The protocol's numbers of types.
enum : uint8_t {
  kStop = 0,
  kTrue = 1,
  kFalse = 2,
  kByte = 3,
  kI16 = 4,
  kI32 = 5,
  kI64 = 6,
  kDouble = 7,
  kBinary = 8,
  kList = 9,
  kSet = 10,
  kMap = 11,
  kStruct = 12
};

class Parser {
 public:
  explicit Parser(Bytes bytes) : bytes_(bytes) {}

  ThriftStruct read_struct(unsigned depth) {
    check_depth(depth);
    ThriftStruct fields;
    int16_t id = 0;
    for (uint8_t head = read_byte(); head != kStop; head = read_byte()) {
      id = read_field_id(head, id);
      const uint8_t type = head & 0x0f;
      if (!fields.emplace(id, read_field(type, depth)).second) {
        fail("field " + std::to_string(id) + " appears twice");
      }
    }
    return fields;
  }
  size_t position() const noexcept { return position_; }

 private:
  [[noreturn]] void fail(const std::string& why) const { throw Malformed(position_, why); }

  void check_depth(unsigned depth) const {
    if (depth > kMaxDepth) {
      fail("nested deeper than " + std::to_string(kMaxDepth));
    }
  }
  uint8_t read_byte() {
    if (position_ == bytes_.size()) {
      fail("ends in the middle of a structure");
    }
    return bytes_[position_++];
  }
  uint64_t read_varint() {
    uint64_t value = 0;
    for (unsigned count = 0; count < kMaxVarintBytes; ++count) {
      const uint8_t part = read_byte();
      value |= static_cast<uint64_t>(part & 0x7f) << (count * 7);
      if ((part & 0x80) == 0) {
        return value;
      }
    }
    fail("a number takes more than " + std::to_string(kMaxVarintBytes) + " bytes");
  }
  int64_t read_zigzag() {
    const uint64_t value = read_varint();
    return static_cast<int64_t>((value >> 1) ^ (0 - (value & 1)));
  }
  int16_t read_field_id(uint8_t head, int16_t previous) {
    const int64_t id = (head >> 4) != 0 ? previous + (head >> 4) : read_zigzag();
    if (id < INT16_MIN || id > INT16_MAX) {
      fail("field number " + std::to_string(id) + " is out of range");
    }
    return static_cast<int16_t>(id);
  }
  ThriftValue read_field(uint8_t type, unsigned depth) {
    if (type == kTrue || type == kFalse) {
      return {ThriftKind::kBool, int64_t{type == kTrue ? 1 : 0}};
    }
    return read_value(type, depth);
  }
  ThriftValue read_value(uint8_t type, unsigned depth) {
    switch (type) {
      case kTrue:
      case kFalse:
        return {ThriftKind::kBool, int64_t{read_byte() == kTrue ? 1 : 0}};  // As a list's element.
      case kByte:
        return {ThriftKind::kI8, int64_t{static_cast<int8_t>(read_byte())}};
      case kI16:
        return {ThriftKind::kI16, read_integer(16)};
      case kI32:
        return {ThriftKind::kI32, read_integer(32)};
      case kI64:
        return {ThriftKind::kI64, read_zigzag()};
      case kDouble:
        return {ThriftKind::kDouble, read_double()};
      case kBinary:
        return {ThriftKind::kBinary, read_bytes(read_varint())};
      case kList:
      case kSet:
        return {ThriftKind::kList, read_list(depth + 1)};
      case kMap:
        return {ThriftKind::kMap, read_map(depth + 1)};
      case kStruct:
        return {ThriftKind::kStruct, read_struct(depth + 1)};
      default:
        fail("type " + std::to_string(type) + " does not exist");
    }
  }
  int64_t read_integer(unsigned bits) {
    const int64_t value = read_zigzag();
    const int64_t limit = int64_t{1} << (bits - 1);
    if (value < -limit || value >= limit) {
      fail(std::to_string(value) + " does not fit " + std::to_string(bits) + " bits");
    }
    return value;
  }
  double read_double() {
    double value;
    std::memcpy(&value, read_bytes(sizeof(double)).data(), sizeof(double));
    return value;
  }
  Bytes read_bytes(uint64_t size_bytes) {
    if (size_bytes > bytes_.size() - position_) {
      fail("a value of " + std::to_string(size_bytes) + " bytes runs beyond the end");
    }
    const Bytes value = bytes_.subspan(position_, size_bytes);
    position_ += size_bytes;
    return value;
  }
  uint64_t read_count(uint64_t count) const {
    if (count > bytes_.size() - position_) {
      fail("a list of " + std::to_string(count) + " elements runs beyond the end");
    }
    return count;
  }
  ThriftList read_list(unsigned depth) {
    check_depth(depth);
    const uint8_t head = read_byte();
    const uint8_t short_count = head >> 4;
    const uint64_t count = read_count(short_count == 15 ? read_varint() : short_count);
    ThriftList elements;  // Not reserved: nested lists that each claim the rest of the bytes would take many times their memory.
    for (uint64_t index = 0; index < count; ++index) {
      elements.push_back(read_value(head & 0x0f, depth));
    }
    return elements;
  }
  // Keys and values in turn: no structure of parquet.thrift has a map, but an unknown field may be one.
  ThriftList read_map(unsigned depth) {
    check_depth(depth);
    const uint64_t count = read_count(read_varint());
    ThriftList elements;
    const uint8_t types = count == 0 ? uint8_t{0} : read_byte();
    for (uint64_t index = 0; index < count; ++index) {
      elements.push_back(read_value(types >> 4, depth));
      elements.push_back(read_value(types & 0x0f, depth));
    }
    return elements;
  }

  Bytes bytes_;
  size_t position_ = 0;
};

}  // namespace

const char* name_of(ThriftKind kind) noexcept {
  static constexpr std::array kNames = {"bool", "i8", "i16", "i32", "i64", "double", "binary", "list", "map", "struct"};
  return kNames[static_cast<size_t>(kind)];
}

ThriftDocument read_thrift(Bytes bytes) {
  Parser parser(bytes);
  ThriftStruct fields = parser.read_struct(0);
  return {std::move(fields), parser.position()};
}

}  // namespace pqflow::verify
