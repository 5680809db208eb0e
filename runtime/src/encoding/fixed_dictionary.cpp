#include <algorithm>

#include "encoding/bytes.hpp"
#include "encoding/dictionary.hpp"
#include "encoding/index_table.hpp"

namespace pqflow::encoding {
namespace {

// The golden ratio's bits spread low bits upwards; the upper half of the product comes down to where the table looks.
uint64_t mix(uint64_t key) noexcept {
  const uint64_t product = key * 0x9e3779b97f4a7c15U;
  return product ^ (product >> 32);
}

// Codes, quantities and the like are looked up where they stand, without a hash.
constexpr size_t kSmallValueCount = 4096;

// A value as one number: keys are compared in one instruction.
template <typename Word>
class WordDictionary final : public Dictionary {
 public:
  explicit WordDictionary(const DictionaryLimits& limits)
      : max_entries_(std::min(limits.max_entries, limits.max_plain_bytes / sizeof(Word))),
        small_values_(kSmallValueCount),
        table_(max_entries_),
        entries_(max_entries_ * sizeof(Word)) {}

  size_t index_values(const uint8_t* values, size_t count, uint32_t* indices) noexcept override {
    for (size_t position = 0; position < count; ++position) {
      const Word value = load<Word>(values + position * sizeof(Word));
      const bool is_known = value < kSmallValueCount ? index_small(value, indices[position]) : index_hashed(value, indices[position]);
      if (!is_known) {
        return position;
      }
    }
    return count;
  }

  void reset() noexcept override {
    small_values_.reset();
    table_.reset();
    entry_count_ = 0;
  }
  size_t entry_count() const noexcept override { return entry_count_; }
  size_t max_entries() const noexcept override { return max_entries_; }
  std::span<uint8_t> plain_values() noexcept override { return {entries_.data(), entry_count_ * sizeof(Word)}; }
  size_t memory_bytes() const noexcept override { return small_values_.memory_bytes() + table_.memory_bytes() + entries_.memory_bytes(); }

 private:
  Word entry(uint32_t index) const noexcept { return load<Word>(entries_.data() + index * sizeof(Word)); }

  // False where the value is new and the dictionary full.
  bool index_small(Word value, uint32_t& result) noexcept {
    result = small_values_.index_at(value);
    if (result < IndexSlots::kMaxEntries) {
      return true;
    }
    if (!append(value, result)) {
      return false;
    }
    small_values_.enter(value, result);
    return true;
  }
  bool index_hashed(Word value, uint32_t& result) noexcept {
    const IndexTable::Place place = table_.find(mix(value), [&](uint32_t index) { return entry(index) == value; });
    result = place.index;
    if (place.is_found) {
      return true;
    }
    if (!append(value, result)) {
      return false;
    }
    table_.enter(place, result);
    if (table_.is_crowded()) {
      widen_table();
    }
    return true;
  }
  void widen_table() noexcept {
    table_.widen();
    for (uint32_t index = 0; index < entry_count_; ++index) {
      if (const Word value = entry(index); value >= kSmallValueCount) {
        table_.insert(mix(value), index);
      }
    }
  }
  bool append(Word value, uint32_t& result) noexcept {
    if (entry_count_ == max_entries_) {
      return false;
    }
    result = static_cast<uint32_t>(entry_count_++);
    store(entries_.data() + result * sizeof(Word), value);
    return true;
  }

  size_t max_entries_;
  IndexSlots small_values_;
  IndexTable table_;
  base::AlignedBuffer entries_;
  size_t entry_count_ = 0;
};

}  // namespace

std::unique_ptr<Dictionary> make_fixed_dictionary(size_t width_bytes, const DictionaryLimits& limits) {
  switch (width_bytes) {
    case sizeof(uint32_t):
      return std::make_unique<WordDictionary<uint32_t>>(limits);
    case sizeof(uint64_t):
      return std::make_unique<WordDictionary<uint64_t>>(limits);
    default:
      return make_bytes_dictionary(width_bytes, limits);
  }
}

}  // namespace pqflow::encoding
