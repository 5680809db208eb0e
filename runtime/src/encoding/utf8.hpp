// Well-formed UTF-8 (Unicode table 3-7): what STRING, JSON and ENUM values must be.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pqflow::encoding {

// True when any byte is ≥ 0x80. Bytes without one are ASCII and so well-formed.
bool has_high_bit(const uint8_t* bytes, size_t size_bytes) noexcept;

// Length (1 … 4) of the well-formed sequence at the start, 0 when there is none. size_bytes ≥ 1. Refuses overlong forms, surrogates and
// code points above U+10FFFF.
size_t utf8_sequence_bytes(const uint8_t* bytes, size_t size_bytes) noexcept;

bool is_utf8(const uint8_t* bytes, size_t size_bytes) noexcept;

// Replaces each byte that does not belong to a well-formed sequence by '?', keeping the length. Returns true when something was replaced.
bool repair_utf8(uint8_t* bytes, size_t size_bytes) noexcept;

}  // namespace pqflow::encoding
