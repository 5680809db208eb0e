// The Brotli compressor by its own type, for tests of its memory; pages go through Compressor.
#pragma once

#include "codec/page_codec.hpp"

#ifdef PQFLOW_WITH_BROTLI

#include "codec/scratch_heap.hpp"

namespace pqflow::codec {

// Brotli's encoder allocates while it works: tables when it starts, and buffers whose size follows the data. All of it comes from a heap of
// fixed size, emptied for each page. That has room for every page that was tried; what unforeseen data may need beyond it comes from malloc
// for that page and is counted, since the library ends the process when it is refused memory.
class BrotliCompressor final : public PageCompressor {
 public:
  // What pages up to that size were measured to need, with a margin. Beyond pages of 512 KiB it grows no further: 1 MiB at level 0, 8 MiB
  // at level 4, 50 MiB at level 9.
  static size_t heap_bytes(int32_t level, size_t max_source_bytes) noexcept;

  BrotliCompressor(int32_t level, size_t heap_bytes);

  size_t compress(uint8_t* target, size_t capacity_bytes, const uint8_t* source, size_t source_bytes) override;
  size_t memory_bytes() const noexcept override { return sizeof(*this) + heap_.memory_bytes(); }

  size_t heap_high_water_bytes() const noexcept { return heap_.high_water_bytes(); }
  // Allocations that did not find room in the heap, since construction.
  uint64_t overflow_count() const noexcept { return overflow_count_; }

 private:
  // Callbacks of the library; `self` is the compressor.
  static void* allocate(void* self, size_t size_bytes) noexcept;
  static void release(void* self, void* memory) noexcept;

  int32_t level_;
  ScratchHeap heap_;
  uint64_t overflow_count_ = 0;
};

}  // namespace pqflow::codec

#endif
