// Memory that pages need only while they end: columns end theirs one after the other, so one set serves all.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/aligned_buffer.hpp"

namespace pqflow::parquet {

struct ScratchPlan {
  size_t max_page_values;
  size_t max_front_bytes;       // Header and levels before the values of a page.
  size_t max_encoded_bytes;     // Values of a page in the encoding that can take most.
  size_t max_compressed_bytes;  // The same, or a dictionary, through a codec.
};

struct PageScratch {
  explicit PageScratch(const ScratchPlan& plan)
      : front_bytes(plan.max_front_bytes),
        page(plan.max_front_bytes + plan.max_encoded_bytes),
        compressed(plan.max_compressed_bytes),
        index_words((plan.max_page_values + kIndicesReadBeyond) * sizeof(uint32_t)),
        length_words(2 * plan.max_page_values * sizeof(uint32_t)) {}

  // Where encoded values go; header and levels fit before them.
  uint8_t* values() noexcept { return page.data() + front_bytes; }
  uint32_t* indices() noexcept { return reinterpret_cast<uint32_t*>(index_words.data()); }
  uint32_t* lengths() noexcept { return reinterpret_cast<uint32_t*>(length_words.data()); }
  size_t memory_bytes() const noexcept {
    return page.memory_bytes() + compressed.memory_bytes() + index_words.memory_bytes() + length_words.memory_bytes();
  }

  static constexpr size_t kIndicesReadBeyond = 32;
  size_t front_bytes;
  base::AlignedBuffer page;
  base::AlignedBuffer compressed;
  base::AlignedBuffer index_words;
  base::AlignedBuffer length_words;
};

}  // namespace pqflow::parquet
