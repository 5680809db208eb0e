#include <algorithm>

#include "encoding/bytes.hpp"
#include "encoding/dictionary.hpp"
#include "encoding/index_table.hpp"
#include "encoding/kernels/kernels.hpp"

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
        entries_(max_entries_ * sizeof(Word)) {
    tiny_values_.fill(kNotInTinyTable);
  }

  size_t index_values(const uint8_t* values, size_t count, uint32_t* indices) noexcept override {
    size_t position = 0;
    if constexpr (sizeof(Word) == sizeof(uint32_t)) {
      position = index_tiny(values, count, indices);
    }
    for (;; ++position) {
      position += index_known(values + position * sizeof(Word), count - position, indices + position);
      if (position == count || !enter(load<Word>(values + position * sizeof(Word)), indices[position])) {
        return position;
      }
    }
  }

  void reset() noexcept override {
    tiny_values_.fill(kNotInTinyTable);
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

  // Of values up to the first that is too large, or does not fit any more.
  size_t index_tiny(const uint8_t* values, size_t count, uint32_t* indices) noexcept {
    for (size_t position = 0;; ++position) {
      position += kernels_.look_up_tiny(values + position * sizeof(Word), count - position, tiny_values_, indices + position);
      if (position == count) {
        return count;
      }
      const Word value = load<Word>(values + position * sizeof(Word));
      if (value >= kTinyTableSize || !enter(value, indices[position])) {
        return position;
      }
    }
  }

  // Of values up to the first that is new. Nothing is entered, so that everything but values and indices stays in registers.
  size_t index_known(const uint8_t* values, size_t count, uint32_t* indices) const noexcept {
    const IndexSlots::View small_values = small_values_.view();
    const IndexTable::View table = table_.view();
    const uint8_t* const entries = entries_.data();
    for (size_t position = 0; position < count; ++position) {
      const Word value = load<Word>(values + position * sizeof(Word));
      const auto is_equal = [&](uint32_t index) { return load<Word>(entries + index * sizeof(Word)) == value; };
      const uint32_t index = value < kSmallValueCount ? small_values.index_at(value) : table.find(mix(value), is_equal);
      if (index >= IndexSlots::kMaxEntries) {
        return position;
      }
      indices[position] = index;
    }
    return count;
  }

  // A value that is not known yet. False where the dictionary is full.
  bool enter(Word value, uint32_t& index) noexcept {
    if (entry_count_ == max_entries_) {
      return false;
    }
    index = static_cast<uint32_t>(entry_count_++);
    store(entries_.data() + index * sizeof(Word), value);
    if (value < kSmallValueCount) {
      small_values_.enter(value, index);
      if (value < kTinyTableSize) {
        tiny_values_[value] = index;
      }
      return true;
    }
    table_.enter(mix(value), index);
    if (table_.is_crowded()) {
      widen_table();
    }
    return true;
  }
  void widen_table() noexcept {
    table_.widen();
    for (uint32_t index = 0; index < entry_count_; ++index) {
      if (const Word value = entry(index); value >= kSmallValueCount) {
        table_.enter(mix(value), index);
      }
    }
  }
  const Kernels& kernels_ = kernels();
  size_t max_entries_;
  TinyTable tiny_values_;  // The first of the small ones once more.
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
