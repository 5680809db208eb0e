// How long the next live file is: it cannot grow.
#pragma once

#include <algorithm>
#include <cstdint>

namespace pqflow::sink {

// Writer thread only; pure arithmetic. 64 MiB first, then twice as much for each file that was filled, up to the size at which files
// rotate, or 512 MiB where they do not. Where the system allows no file of that length, half of it.
class LiveCapacity {
 public:
  static constexpr uint64_t kFirstBytes = uint64_t{64} << 20;
  static constexpr uint64_t kMaxBytes = uint64_t{512} << 20;
  static constexpr uint64_t kMetadataBytes = uint64_t{1} << 20;

  explicit LiveCapacity(uint64_t rotate_bytes) noexcept
      : max_bytes_(rotate_bytes != 0 ? rotate_bytes : kMaxBytes), data_bytes_(std::min(max_bytes_, kFirstBytes)) {}

  uint64_t bytes() const noexcept { return data_bytes_ + kMetadataBytes; }
  void file_filled() noexcept { data_bytes_ = std::max(data_bytes_, std::min(max_bytes_, data_bytes_ * 2)); }
  // A single row group needs this much.
  void hold(uint64_t size_bytes) noexcept {
    held_bytes_ = std::max(held_bytes_, size_bytes);
    data_bytes_ = std::max(data_bytes_, size_bytes);
  }
  // Files may not be so long. False: what they must hold would not fit into shorter ones.
  bool shrink() noexcept {
    const uint64_t shorter_bytes = std::max(data_bytes_ / 2, held_bytes_);
    const bool is_shorter = shorter_bytes < data_bytes_;
    data_bytes_ = shorter_bytes;
    max_bytes_ = shorter_bytes;
    return is_shorter;
  }

 private:
  uint64_t max_bytes_;
  uint64_t data_bytes_;
  uint64_t held_bytes_ = 0;
};

}  // namespace pqflow::sink
