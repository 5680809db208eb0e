// When the encoding of a column is chosen anew. A choice costs about twenty pages of encoding (ADR 42), and data
// seldom change their nature.
#pragma once

#include <algorithm>
#include <cstddef>

namespace pqflow::parquet {

// One per column. Depends on what it was told alone, so that equal values give equal files.
class ChoiceSchedule {
 public:
  // Chunks that a choice holds for: at first, and where it was confirmed again and again. The period doubles each time.
  static constexpr unsigned kMinChunks = 32;
  static constexpr unsigned kMaxChunks = 256;
  // A chunk whose encoded values take so much more or less room than those of the choice's first one may be of another nature: then the
  // choice holds for no more than kMinChunks.
  static constexpr double kMaxDrift = 0.25;

  // Whether a page of so many values should be chosen by. A choice made from few values (a flush came early, most were null) is made again
  // from more.
  bool is_due(size_t value_count) const noexcept { return chunks_ >= period_chunks_ || value_count > 2 * chosen_from_count_; }

  // From a page of so many values, more than 0, the first of its chunk that has any.
  void choose(size_t value_count, bool is_same_as_before) noexcept {
    period_chunks_ = is_same_as_before && is_steady_ ? std::min(2 * period_chunks_, kMaxChunks) : kMinChunks;
    is_steady_ = true;
    chunks_ = 0;
    chosen_from_count_ = value_count;
    bytes_per_value_ = 0;
  }

  // What was chosen does not work: the next chunk has to choose.
  void give_up() noexcept {
    period_chunks_ = 0;
    is_steady_ = false;
  }

  // The chunk's encoded values, before any codec. A chunk that is smaller than what was chosen by says nothing.
  void end_chunk(size_t value_count, size_t encoded_bytes) noexcept {
    ++chunks_;
    if (value_count == 0 || value_count < chosen_from_count_) {
      return;
    }
    const double bytes_per_value = static_cast<double>(encoded_bytes) / static_cast<double>(value_count);
    if (bytes_per_value_ == 0) {
      bytes_per_value_ = bytes_per_value;
    } else if (bytes_per_value > bytes_per_value_ * (1 + kMaxDrift) || bytes_per_value < bytes_per_value_ * (1 - kMaxDrift)) {
      period_chunks_ = std::min(period_chunks_, kMinChunks);
      is_steady_ = false;
    }
  }

 private:
  unsigned period_chunks_ = 0;  // 0: the next chunk chooses.
  unsigned chunks_ = 0;         // That have ended since the choice.
  size_t chosen_from_count_ = 0;
  double bytes_per_value_ = 0;  // Of the choice's first chunk; 0 before its end.
  bool is_steady_ = false;      // Since the choice.
};

}  // namespace pqflow::parquet
