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

// A value as one number: keys are compared in one instruction.
template <typename Word>
class WordDictionary final : public Dictionary {
 public:
  explicit WordDictionary(const DictionaryLimits& limits)
      : max_entries_(std::min(limits.max_entries, limits.max_plain_bytes / sizeof(Word))),
        table_(max_entries_),
        entries_(max_entries_ * sizeof(Word)) {}

  size_t index_values(const uint8_t* values, size_t count, uint32_t* indices) noexcept override {
    for (size_t position = 0; position < count; ++position) {
      const Word value = load<Word>(values + position * sizeof(Word));
      const IndexTable::Place place = table_.find(mix(value), [&](uint32_t index) { return entry(index) == value; });
      if (place.is_found) {
        indices[position] = place.index;
      } else if (entry_count_ < max_entries_) {
        indices[position] = enter(place, value);
      } else {
        return position;
      }
    }
    return count;
  }

  void reset() noexcept override {
    table_.reset();
    entry_count_ = 0;
  }
  size_t entry_count() const noexcept override { return entry_count_; }
  size_t max_entries() const noexcept override { return max_entries_; }
  std::span<uint8_t> plain_values() noexcept override { return {entries_.data(), entry_count_ * sizeof(Word)}; }
  size_t memory_bytes() const noexcept override { return table_.memory_bytes() + entries_.memory_bytes(); }

 private:
  Word entry(uint32_t index) const noexcept { return load<Word>(entries_.data() + index * sizeof(Word)); }
  uint32_t enter(const IndexTable::Place& place, Word value) noexcept {
    const auto index = static_cast<uint32_t>(entry_count_++);
    store(entries_.data() + index * sizeof(Word), value);
    table_.enter(place.slot, index);
    return index;
  }

  size_t max_entries_;
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
