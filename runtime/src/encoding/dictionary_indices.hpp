// RLE_DICTIONARY, encoding 8 (parquet-format Encodings.md, "Dictionary Encoding"): the data page's part, indices into the dictionary page.
// One byte of bit width, then the RLE / bit-packing hybrid without a length.
#pragma once

#include <cstddef>
#include <cstdint>

#include "encoding/packing.hpp"

namespace pqflow::encoding {

// Width for indices into a dictionary of `entry_count` ≥ 1 entries: at least 1, since some readers refuse 0.
unsigned dictionary_index_bits(size_t entry_count, Packing packing = Packing::kTight) noexcept;

// Room for `count` indices, whatever they are.
constexpr size_t max_dictionary_indices_bytes(size_t count, unsigned bit_width) noexcept {
  // Every group of 8 with a run header of its own of at most 5 bytes; kernels store whole words.
  return 1 + (count + 7) / 8 * (size_t{bit_width} + 5) + 5 + 8;
}

// `indices`: below 2^bit_width, 1 ≤ bit_width ≤ 32; readable for 32 beyond the last. count < 2^31. Returns the bytes written; pure, never
// allocates or fails. 8 or more equal indices in a row become an RLE run, everything between bit-packed runs in groups of 8, the last
// filled up with 0.
size_t encode_dictionary_indices(uint8_t* target, const uint32_t* indices, size_t count, unsigned bit_width) noexcept;

}  // namespace pqflow::encoding
