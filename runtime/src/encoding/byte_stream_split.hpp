// BYTE_STREAM_SPLIT, encoding 9 (parquet-format Encodings.md, "Byte Stream Split"): first bytes of all values, then their second bytes, and
// so on. No header, no padding. For FLOAT, DOUBLE, INT32, INT64 and FIXED_LEN_BYTE_ARRAY.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pqflow::encoding {

// `values`: `count` PLAIN values of `width_bytes`. Writes count × width_bytes and returns that; pure, never allocates or fails.
size_t encode_byte_stream_split(uint8_t* target, const uint8_t* values, size_t count, size_t width_bytes) noexcept;

}  // namespace pqflow::encoding
