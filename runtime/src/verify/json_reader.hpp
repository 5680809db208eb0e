// JSON (RFC 8259), for the resolved schema that files are compared with: a few kilobytes, read once.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace pqflow::verify {

struct JsonError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

enum class JsonKind : uint8_t { kNull, kBool, kNumber, kText, kArray, kObject };

struct JsonValue {
  JsonKind kind = JsonKind::kNull;
  bool is_true = false;
  std::string text;                // kText, UTF-8; kNumber as it is written.
  std::vector<JsonValue> items;    // kArray; kObject: the members' values.
  std::vector<std::string> names;  // kObject: one for each item.

  // The member of that name; a null value where there is none, or where this is no object.
  const JsonValue& at(std::string_view name) const;
  // Of a number that is an integer of 64 bits; `fallback` for anything else.
  int64_t integer(int64_t fallback) const;
};

// One value and nothing after it. Throws JsonError with the offset of what is wrong; nesting deeper than 64 is.
JsonValue read_json(std::string_view text);

}  // namespace pqflow::verify
