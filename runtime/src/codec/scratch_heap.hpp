// A heap in one block of fixed size, for a library that allocates while it works.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/aligned_buffer.hpp"

namespace pqflow::codec {

// One thread. First fit over blocks that lie one behind the other, each with its header before it:
//
//   | header | bytes … | header | bytes … | …
//
// allocate() walks them and joins free neighbours on the way; that suits a few dozen live blocks. When all are released it is as new.
class ScratchHeap {
 public:
  explicit ScratchHeap(size_t size_bytes);

  // Aligned to 64 bytes. Null when there is no room: never takes memory from elsewhere.
  void* allocate(size_t size_bytes) noexcept;
  // Null is allowed.
  void release(void* memory) noexcept;
  // Null is owned.
  bool owns(const void* memory) const noexcept;

  // The furthest that blocks have reached since construction.
  size_t high_water_bytes() const noexcept { return high_water_bytes_; }
  size_t memory_bytes() const noexcept { return memory_.memory_bytes(); }

 private:
  struct Header {
    size_t size_bytes;  // Header included.
    bool is_free;
  };
  static constexpr size_t kUnitBytes = 64;
  static_assert(sizeof(Header) <= kUnitBytes);

  Header* header_at(size_t offset_bytes) noexcept;
  void join_following(size_t offset_bytes) noexcept;
  void* take(size_t offset_bytes, size_t needed_bytes) noexcept;

  base::AlignedBuffer memory_;
  size_t size_bytes_;
  size_t high_water_bytes_ = 0;
};

}  // namespace pqflow::codec
