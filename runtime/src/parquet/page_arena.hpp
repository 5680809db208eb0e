// The memory in which a row group's encoded pages come to lie. Taken front to back, given back all at once.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>

#include "base/aligned_buffer.hpp"

namespace pqflow::parquet {

class PageArena {
 public:
  explicit PageArena(size_t size_bytes) : memory_(size_bytes) {}

  uint8_t* tail() noexcept { return memory_.data() + used_bytes_; }
  size_t remaining_bytes() const noexcept { return memory_.size_bytes() - used_bytes_; }
  // The next size_bytes ≤ remaining_bytes() are no longer free.
  uint8_t* take(size_t size_bytes) noexcept {
    assert(size_bytes <= remaining_bytes());
    uint8_t* const taken = tail();
    used_bytes_ += size_bytes;
    return taken;
  }
  void reset() noexcept { used_bytes_ = 0; }
  size_t memory_bytes() const noexcept { return memory_.memory_bytes(); }

 private:
  base::AlignedBuffer memory_;
  size_t used_bytes_ = 0;
};

}  // namespace pqflow::parquet
