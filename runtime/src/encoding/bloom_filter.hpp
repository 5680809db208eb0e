// Split block Bloom filter (parquet-format BloomFilter.md): blocks of 256 bits, eight bits set per value, XXH64 with seed 0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/aligned_buffer.hpp"

namespace pqflow::encoding {

// One thread. Begun as large as it may need to be, and folded at the end to what its values need: so nobody has to know beforehand how many
// distinct ones there are.
class BloomFilter {
 public:
  static constexpr size_t kBlockBytes = 32;
  static constexpr size_t kMaxBytes = size_t{128} << 20;  // Arrow reads no larger ones.

  // Bytes for `distinct_count` values of which a share `max_fpp` 0 … 1 of strangers passes: a power of two, as Arrow wants it.
  static size_t bytes_for(uint64_t distinct_count, double max_fpp) noexcept;

  // `max_bytes`: what bytes_for() says. Allocates and touches.
  explicit BloomFilter(size_t max_bytes);

  // PLAIN bytes of a value, a BYTE_ARRAY without its length.
  void insert(std::span<const uint8_t> value) noexcept;
  // Halves the filter while no more than `max_fpp` of strangers would pass. Nothing may be inserted afterwards before clear(). The bits
  // stay valid until then.
  std::span<const uint8_t> fold(double max_fpp) noexcept;
  void clear() noexcept;

  size_t memory_bytes() const noexcept { return memory_.memory_bytes(); }

 private:
  double folded_fpp() const noexcept;
  void fold_once() noexcept;
  uint32_t* block(size_t index) noexcept;
  const uint32_t* block(size_t index) const noexcept;

  base::AlignedBuffer memory_;
  size_t max_bytes_;
  size_t block_count_;
};

}  // namespace pqflow::encoding
