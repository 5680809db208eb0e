// A block of memory of fixed size, aligned to a page and touched when it is made: the writer thread never meets a first-touch fault or an
// allocation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <new>

namespace pqflow::base {

class AlignedBuffer {
 public:
  // Readable and writable beyond size_bytes(), so that kernels may load or store a whole word at the last value.
  static constexpr size_t kSlackBytes = 64;
  static constexpr size_t kAlignBytes = 4096;

  AlignedBuffer() = default;
  // Allocates and touches; throws std::bad_alloc.
  explicit AlignedBuffer(size_t size_bytes) : size_bytes_(size_bytes), data_(allocate(size_bytes)) {
    std::memset(data_.get(), 0, allocated_bytes(size_bytes));
  }

  uint8_t* data() noexcept { return data_.get(); }
  const uint8_t* data() const noexcept { return data_.get(); }
  size_t size_bytes() const noexcept { return size_bytes_; }
  size_t memory_bytes() const noexcept { return data_ == nullptr ? 0 : allocated_bytes(size_bytes_); }

 private:
  struct Free {
    void operator()(uint8_t* memory) const noexcept { ::operator delete[](memory, std::align_val_t{kAlignBytes}); }
  };
  // Whole multiples of the alignment, which is what the library allocates anyway.
  static size_t allocated_bytes(size_t size_bytes) noexcept {
    return (size_bytes + kSlackBytes + kAlignBytes - 1) / kAlignBytes * kAlignBytes;
  }
  static uint8_t* allocate(size_t size_bytes) {
    if (size_bytes > std::numeric_limits<size_t>::max() - kSlackBytes - kAlignBytes) {
      throw std::bad_alloc();
    }
    return static_cast<uint8_t*>(::operator new[](allocated_bytes(size_bytes), std::align_val_t{kAlignBytes}));
  }

  size_t size_bytes_ = 0;
  std::unique_ptr<uint8_t[], Free> data_;
};

// Empty where it is not needed.
inline AlignedBuffer buffer_if(bool is_needed, size_t size_bytes) { return is_needed ? AlignedBuffer(size_bytes) : AlignedBuffer(); }

}  // namespace pqflow::base
