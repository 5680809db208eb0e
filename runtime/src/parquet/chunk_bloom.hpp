// The Bloom filter of one column chunk as it stands in the file: header and bits.
#pragma once

#include <pqflow/descriptor.h>

#include <cstdint>
#include <span>
#include <vector>

#include "encoding/bloom_filter.hpp"
#include "parquet/value_encoder.hpp"

namespace pqflow::parquet {

// One per column that has a filter. Writer thread; allocates in the constructor only.
class ChunkBloom {
 public:
  // `max_values`: of a row group; `field.bloom_filter_ndv` may say that fewer of them differ.
  ChunkBloom(const pqflow_field& field, uint64_t max_values);

  // Values of the chunk, each at least once. No BOOLEAN.
  void insert(const PlainValues& values) noexcept;
  // After the chunk's last value. Valid until clear().
  void finish();
  std::span<const uint8_t> header() const noexcept { return header_; }
  std::span<const uint8_t> bits() const noexcept { return bits_; }
  size_t size_bytes() const noexcept { return header_.size() + bits_.size(); }
  void clear() noexcept;

  size_t memory_bytes() const noexcept { return sizeof(*this) + filter_.memory_bytes() + header_.capacity(); }

 private:
  double max_fpp_;
  bool has_lengths_;
  encoding::BloomFilter filter_;
  std::vector<uint8_t> header_;
  std::span<const uint8_t> bits_;
};

}  // namespace pqflow::parquet
