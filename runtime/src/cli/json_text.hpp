// A text as a JSON string with its quotes.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "verify/value_rules.hpp"

namespace pqflow::cli {

// Control characters, quotes and backslashes are escaped; everything else stands as it is. A text that is not UTF-8 (a hostile file's
// names) is taken as Latin-1, so that the result is JSON in any case.
inline std::string json_text(std::string_view text) {
  const bool is_text = verify::is_utf8({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
  std::string json = "\"";
  for (const char character : text) {
    if (character == '"' || character == '\\') {
      json += '\\';
      json += character;
    } else if (static_cast<unsigned char>(character) < 0x20 || (!is_text && static_cast<unsigned char>(character) >= 0x80)) {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(character)));
      json += escaped;
    } else {
      json += character;
    }
  }
  return json + '"';
}

}  // namespace pqflow::cli
