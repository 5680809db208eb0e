// PLAIN values of a page → the same values in one of Parquet's encodings (Encodings.md), chosen by number. Dictionaries are elsewhere.
#pragma once

#include <pqflow/descriptor.h>

#include <cstddef>
#include <cstdint>
#include <span>

#include "encoding/packing.hpp"

namespace pqflow::parquet {

// Values as columns hand them over: BOOLEAN one byte each, everything else PLAIN.
struct PlainValues {
  uint8_t* data;
  size_t size_bytes;
  size_t count;
};

// The encodings of the column's type, PLAIN first, the dictionary left out. Those that many readers cannot read stand in no list: see
// docs/readers.md.
std::span<const pqflow_encoding> encodings_of(const pqflow_field& field) noexcept;

// The encoding that the field names, as a list of one; PLAIN where it names none or a dictionary, whose pages without one are PLAIN.
std::span<const pqflow_encoding> named_encoding(const pqflow_field& field) noexcept;

// Room that encode_values needs for a page, whatever the values.
size_t max_encoded_bytes(const pqflow_field& field, pqflow_encoding encoding, size_t max_count, size_t max_plain_bytes) noexcept;

// An encoding and what it leaves open.
struct ValueEncoding {
  pqflow_encoding encoding = PQFLOW_ENCODING_PLAIN;
  encoding::Packing packing = encoding::Packing::kTight;  // Of DELTA_BINARY_PACKED and RLE_DICTIONARY; tight for all others.

  bool operator==(const ValueEncoding&) const = default;
};

// Returns the bytes written. `lengths`: scratch of 2 × count words for byte arrays. Pure, never allocates or fails.
size_t encode_values(const pqflow_field& field, const ValueEncoding& encoding, const PlainValues& values, uint8_t* target,
                     uint32_t* lengths) noexcept;

}  // namespace pqflow::parquet
