// What was appended to a file since its last good sync. A sync that fails may have cost any of it on the disk, and in the system's memory
// too: then only this has it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace pqflow::io {

// Writer thread. Allocates only while it grows beyond what it has ever held.
class UnsyncedBytes {
 public:
  // Of a new file, empty. Keeps nothing unless told to.
  void begin(bool is_keeping) {
    is_keeping_ = is_keeping;
    begin_bytes_ = 0;
    kept_.clear();
  }
  void append(std::span<const std::span<const uint8_t>> pieces) {
    if (!is_keeping_) {
      return;
    }
    for (const auto& piece : pieces) {
      kept_.insert(kept_.end(), piece.begin(), piece.end());
    }
  }
  // Everything below `end_bytes`, of what was appended, is on the disk.
  void synced(uint64_t end_bytes) {
    if (is_keeping_ && end_bytes > begin_bytes_) {
      kept_.erase(kept_.begin(), kept_.begin() + static_cast<std::ptrdiff_t>(end_bytes - begin_bytes_));
      begin_bytes_ = end_bytes;
    }
  }

  bool is_keeping() const noexcept { return is_keeping_; }
  // Where in the file bytes() begin; what lies before was synced.
  uint64_t begin_bytes() const noexcept { return begin_bytes_; }
  std::span<const uint8_t> bytes() const noexcept { return kept_; }

 private:
  bool is_keeping_ = false;
  uint64_t begin_bytes_ = 0;
  std::vector<uint8_t> kept_;
};

}  // namespace pqflow::io
