// Thrift compact protocol → a tree of values, every byte accounted for. Independent of the writer; reads what any writer may have written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

namespace pqflow::verify {

using Bytes = std::span<const uint8_t>;

// Malformed input: where, from the start of the bytes that were read, and why.
struct Malformed : std::runtime_error {
  Malformed(size_t position, const std::string& why) : std::runtime_error(why), position_bytes(position) {}
  size_t position_bytes;
};

enum class ThriftKind : uint8_t { kBool, kI8, kI16, kI32, kI64, kDouble, kBinary, kList, kMap, kStruct };
const char* name_of(ThriftKind kind) noexcept;

struct ThriftValue;
using ThriftList = std::vector<ThriftValue>;
using ThriftStruct = std::map<int16_t, ThriftValue>;

struct ThriftValue {
  ThriftKind kind = ThriftKind::kStruct;
  std::variant<int64_t, double, Bytes, ThriftList, ThriftStruct> content;

  int64_t integer() const { return std::get<int64_t>(content); }  // Booleans too.
  Bytes binary() const { return std::get<Bytes>(content); }
  const ThriftList& list() const { return std::get<ThriftList>(content); }
  const ThriftStruct& fields() const { return std::get<ThriftStruct>(content); }
};

struct ThriftDocument {
  ThriftStruct fields;
  size_t size_bytes = 0;  // That the structure takes.
};

// Reads one structure from the start of `bytes`; binary values refer to `bytes`. Throws Malformed.
ThriftDocument read_thrift(Bytes bytes);

}  // namespace pqflow::verify
