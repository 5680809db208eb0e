#include "base/json.hpp"

#include <cstdio>

namespace pqflow::base {
namespace {

// RFC 8259, 7: these alone must be escaped.
bool is_control(char character) noexcept { return static_cast<unsigned char>(character) < 0x20; }

void append_escape(std::string& json, char character) {
  char escape[7];
  std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(character)));
  json += escape;
}

}  // namespace

void append_json_string(std::string& json, std::string_view text) {
  json += '"';
  for (const char character : text) {
    if (is_control(character)) {
      append_escape(json, character);
      continue;
    }
    if (character == '"' || character == '\\') {
      json += '\\';
    }
    json += character;
  }
  json += '"';
}

}  // namespace pqflow::base
