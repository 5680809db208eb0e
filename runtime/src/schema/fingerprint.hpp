// 64-bit FNV-1a over canonical text: tells two definitions apart by accident-proof odds, not against an adversary. Chosen over a library's
// hash because it is read once per schema, over a few kilobytes, and must never change with a library's version.
#pragma once

#include <cstdint>
#include <string_view>

namespace pqflow::schema {

constexpr uint64_t fingerprint(std::string_view text) noexcept {
  uint64_t hash = 0xcbf29ce484222325U;
  for (const char character : text) {
    hash = (hash ^ static_cast<uint8_t>(character)) * 0x100000001b3U;
  }
  return hash;
}

}  // namespace pqflow::schema
