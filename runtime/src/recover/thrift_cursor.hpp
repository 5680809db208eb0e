// Walks Thrift's compact protocol in bytes that nobody vouches for: every step is checked, nothing is allocated, damage ends the walk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace pqflow::recover {

using Bytes = std::span<const uint8_t>;

inline std::vector<uint8_t> copy_of(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

// The protocol's numbers of types, those of field headers.
enum ThriftKind : uint8_t {
  kThriftTrue = 1,
  kThriftFalse = 2,
  kThriftI16 = 4,
  kThriftI32 = 5,
  kThriftI64 = 6,
  kThriftBinary = 8,
  kThriftList = 9,
  kThriftStruct = 12
};

// After a failure each answer is 0 or empty.
class ThriftCursor {
 public:
  explicit ThriftCursor(Bytes bytes) noexcept : bytes_(bytes) {}

  // Calls visit(id, kind) for each field of the struct that begins here. A visitor takes the field's value from the cursor; what it leaves
  // is skipped. False: damaged.
  template <typename Visit>
  bool fields(Visit&& visit) {
    int16_t id = 0;
    while (!has_failed_) {
      const uint8_t head = byte();
      if (head == 0) {
        return !has_failed_;
      }
      id = field_id(head, id);
      const auto kind = static_cast<ThriftKind>(head & 0x0f);
      const size_t before = position_;
      visit(id, kind);
      if (position_ == before) {
        skip(kind, 0);
      }
    }
    return false;
  }

  // Calls visit() at the beginning of each struct of the list that begins here. False: damaged, or elements of another kind.
  template <typename Visit>
  bool structs(Visit&& visit) {
    const uint64_t count = begin_list(kThriftStruct);
    for (uint64_t index = 0; index < count && !has_failed_; ++index) {
      visit();
    }
    return !has_failed_;
  }

  // A value of kind I16, I32 or I64.
  int64_t integer(ThriftKind kind) noexcept;
  Bytes binary(ThriftKind kind) noexcept;
  // The struct that begins here, as its bytes.
  Bytes encoded_struct(ThriftKind kind) noexcept;
  // The elements of a list of structs, as their bytes; `count`: how many.
  Bytes encoded_structs(ThriftKind kind, size_t& count) noexcept;

  size_t position() const noexcept { return position_; }
  bool has_failed() const noexcept { return has_failed_; }
  void fail() noexcept { has_failed_ = true; }

 private:
  uint8_t byte() noexcept;
  uint64_t varint() noexcept;
  int64_t zigzag() noexcept;
  int16_t field_id(uint8_t head, int16_t before) noexcept;
  uint64_t begin_list(ThriftKind element) noexcept;
  Bytes take(uint64_t size_bytes) noexcept;
  void skip(uint8_t kind, unsigned depth) noexcept;
  void skip_element(uint8_t kind, unsigned depth) noexcept;
  void skip_list(unsigned depth) noexcept;
  void skip_map(unsigned depth) noexcept;
  void skip_struct(unsigned depth) noexcept;
  bool expect(ThriftKind kind, ThriftKind expected) noexcept;

  Bytes bytes_;
  size_t position_ = 0;
  bool has_failed_ = false;
};

}  // namespace pqflow::recover
