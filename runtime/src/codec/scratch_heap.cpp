#include "codec/scratch_heap.hpp"

#include <algorithm>
#include <functional>
#include <new>

namespace pqflow::codec {

ScratchHeap::ScratchHeap(size_t size_bytes)
    : memory_(std::max(size_bytes, kUnitBytes) / kUnitBytes * kUnitBytes), size_bytes_(memory_.size_bytes()) {
  new (memory_.data()) Header{size_bytes_, true};
}

ScratchHeap::Header* ScratchHeap::header_at(size_t offset_bytes) noexcept {
  return std::launder(reinterpret_cast<Header*>(memory_.data() + offset_bytes));
}

bool ScratchHeap::owns(const void* memory) const noexcept {
  const auto* const place = static_cast<const uint8_t*>(memory);
  return memory == nullptr || (std::greater_equal<>()(place, memory_.data()) && std::less<>()(place, memory_.data() + size_bytes_));
}

void ScratchHeap::join_following(size_t offset_bytes) noexcept {
  Header* const block = header_at(offset_bytes);
  for (size_t next = offset_bytes + block->size_bytes; next < size_bytes_ && header_at(next)->is_free;
       next = offset_bytes + block->size_bytes) {
    block->size_bytes += header_at(next)->size_bytes;
  }
}

void* ScratchHeap::take(size_t offset_bytes, size_t needed_bytes) noexcept {
  Header* const block = header_at(offset_bytes);
  const size_t left_bytes = block->size_bytes - needed_bytes;
  if (left_bytes != 0) {
    new (memory_.data() + offset_bytes + needed_bytes) Header{left_bytes, true};
  }
  *block = {needed_bytes, false};
  high_water_bytes_ = std::max(high_water_bytes_, offset_bytes + needed_bytes);
  return memory_.data() + offset_bytes + kUnitBytes;
}

void* ScratchHeap::allocate(size_t size_bytes) noexcept {
  if (size_bytes >= size_bytes_) {
    return nullptr;
  }
  const size_t needed_bytes = kUnitBytes + (size_bytes + kUnitBytes - 1) / kUnitBytes * kUnitBytes;
  for (size_t offset_bytes = 0; offset_bytes < size_bytes_; offset_bytes += header_at(offset_bytes)->size_bytes) {
    if (!header_at(offset_bytes)->is_free) {
      continue;
    }
    join_following(offset_bytes);
    if (header_at(offset_bytes)->size_bytes >= needed_bytes) {
      return take(offset_bytes, needed_bytes);
    }
  }
  return nullptr;
}

void ScratchHeap::release(void* memory) noexcept {
  if (memory != nullptr) {
    header_at(static_cast<size_t>(static_cast<uint8_t*>(memory) - memory_.data()) - kUnitBytes)->is_free = true;
  }
}

}  // namespace pqflow::codec
