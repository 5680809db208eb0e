// A text as a JSON string with its quotes.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

namespace pqflow::cli {

// Control characters, quotes and backslashes are escaped; everything else stands as it is.
inline std::string json_text(std::string_view text) {
  std::string json = "\"";
  for (const char character : text) {
    if (character == '"' || character == '\\') {
      json += '\\';
      json += character;
    } else if (static_cast<unsigned char>(character) < 0x20) {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(character));
      json += escaped;
    } else {
      json += character;
    }
  }
  return json + '"';
}

}  // namespace pqflow::cli
