#include "c_api/translate.hpp"

#include <algorithm>
#include <cstring>

namespace pqflow::c_api {

namespace {

bool continues_character(char byte) noexcept { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

void copy_message(const char* text, size_t length_bytes, char (&message)[PQFLOW_ERROR_MESSAGE_CAPACITY_BYTES]) noexcept {
  size_t kept_bytes = std::min(length_bytes, sizeof message - 1);
  while (kept_bytes < length_bytes && kept_bytes > 0 && continues_character(text[kept_bytes])) {
    --kept_bytes;
  }
  std::memcpy(message, text, kept_bytes);
  message[kept_bytes] = '\0';
}

}  // namespace

pqflow_status translate(const base::Result& result, pqflow_error* error) noexcept {
  if (result.is_ok() || error == nullptr) {
    return result.status;
  }
  error->status = result.status;
  error->os_error = result.os_error;
  if (result.message.empty()) {
    const char* const text = pqflow_status_text(result.status);
    copy_message(text, std::strlen(text), error->message);
  } else {
    copy_message(result.message.data(), result.message.size(), error->message);
  }
  return result.status;
}

}  // namespace pqflow::c_api
