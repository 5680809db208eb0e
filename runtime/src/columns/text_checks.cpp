#include "columns/text_checks.hpp"

#include <cstring>

#include "columns/limits.hpp"
#include "encoding/utf8.hpp"

namespace pqflow::columns {

bool is_well_formed(const void* data, size_t size_bytes) { return encoding::is_utf8(static_cast<const uint8_t*>(data), size_bytes); }

std::string check_text(const pqflow_text& text, size_t max_bytes, std::string_view what) {
  if (text.length_bytes == 0) {
    return {};
  }
  if (text.data == nullptr) {
    return std::string(what) + " is null";
  }
  if (text.length_bytes > max_bytes) {
    return std::string(what) + " is longer than " + std::to_string(max_bytes) + " bytes";
  }
  return is_well_formed(text.data, text.length_bytes) ? "" : std::string(what) + " is not well-formed UTF-8";
}

std::string check_field_name(const char* name) {
  if (name == nullptr) {
    return "name is null";
  }
  const size_t length_bytes = strnlen(name, kMaxNameBytes + 1);
  if (length_bytes == 0 || length_bytes > kMaxNameBytes) {
    return "name must have 1 … " + std::to_string(kMaxNameBytes) + " bytes";
  }
  return is_well_formed(name, length_bytes) ? "" : "name is not well-formed UTF-8";
}

}  // namespace pqflow::columns
