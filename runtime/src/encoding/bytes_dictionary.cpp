#include <cstring>

#include "encoding/bytes.hpp"
#include "encoding/dictionary.hpp"
#include "encoding/index_table.hpp"
#include "encoding/plain.hpp"

namespace pqflow::encoding {
namespace {

constexpr size_t kWordBytes = sizeof(uint64_t);
constexpr uint64_t kHashFactor = 0x9e3779b97f4a7c15U;

uint64_t mix(uint64_t left, uint64_t right) noexcept {
  const __uint128_t product = static_cast<__uint128_t>(left ^ kHashFactor) * (right ^ 0xe7037ed1a0b428dbU);
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

// The word at `bytes` without what lies beyond `size_bytes` ≤ 8.
uint64_t load_part(const uint8_t* bytes, size_t size_bytes) noexcept {
  return size_bytes == 0 ? 0 : load<uint64_t>(bytes) & (~uint64_t{0} >> ((kWordBytes - size_bytes) * 8));
}

// What tells most values apart: the bytes themselves where they fit into a word, else a hash of them. Not a guarded hash: whoever chooses
// the values can make a capture slow, as with every dictionary encoder, but not wrong.
uint64_t key_of(const uint8_t* bytes, size_t size_bytes) noexcept {
  if (size_bytes <= kWordBytes) {
    return load_part(bytes, size_bytes);
  }
  uint64_t hash = size_bytes;
  while (size_bytes > kWordBytes) {
    hash = mix(hash, load<uint64_t>(bytes));
    bytes += kWordBytes;
    size_bytes -= kWordBytes;
  }
  return mix(hash, load_part(bytes, size_bytes));
}

struct Entry {
  uint32_t offset_bytes;  // Of its first byte, after the prefix.
  uint32_t length_bytes;
  uint64_t key;
};

uint64_t hash_of(uint64_t key, uint32_t length_bytes) noexcept { return mix(length_bytes, key); }

class BytesDictionary final : public Dictionary {
 public:
  BytesDictionary(size_t width_bytes, const DictionaryLimits& limits)
      : limits_(limits),
        width_bytes_(static_cast<uint32_t>(width_bytes)),
        table_(limits.max_entries),
        entries_(limits.max_entries * sizeof(Entry)),
        plain_(limits.max_plain_bytes + kReadBeyondBytes) {}

  size_t index_values(const uint8_t* values, size_t count, uint32_t* indices) noexcept override {
    const size_t prefix_bytes = width_bytes_ == 0 ? kByteArrayPrefixBytes : 0;
    for (size_t position = 0; position < count; ++position) {
      const uint32_t length_bytes = width_bytes_ == 0 ? load<uint32_t>(values) : width_bytes_;
      const uint8_t* const bytes = values + prefix_bytes;
      if (!index_one(bytes, length_bytes, indices[position])) {
        return position;
      }
      values = bytes + length_bytes;
    }
    return count;
  }

  void reset() noexcept override {
    table_.reset();
    entry_count_ = 0;
    plain_bytes_ = 0;
  }
  size_t entry_count() const noexcept override { return entry_count_; }
  size_t max_entries() const noexcept override { return limits_.max_entries; }
  std::span<uint8_t> plain_values() noexcept override { return {plain_.data(), plain_bytes_}; }
  size_t memory_bytes() const noexcept override { return table_.memory_bytes() + entries_.memory_bytes() + plain_.memory_bytes(); }

 private:
  static constexpr size_t kReadBeyondBytes = 16;  // Values are loaded in whole words.

  const Entry& entry(uint32_t index) const noexcept { return reinterpret_cast<const Entry*>(entries_.data())[index]; }

  bool index_one(const uint8_t* bytes, uint32_t length_bytes, uint32_t& result) noexcept {
    const uint64_t key = key_of(bytes, length_bytes);
    const uint64_t hash = hash_of(key, length_bytes);
    result = table_.view().find(hash, [&](uint32_t index) {
      const Entry& known = entry(index);
      return known.key == key && known.length_bytes == length_bytes &&
             (length_bytes <= kWordBytes || std::memcmp(plain_.data() + known.offset_bytes, bytes, length_bytes) == 0);
    });
    return result < IndexTable::kMaxEntries || enter(hash, bytes, length_bytes, key, result);
  }

  bool enter(uint64_t hash, const uint8_t* bytes, uint32_t length_bytes, uint64_t key, uint32_t& result) noexcept {
    const size_t prefix_bytes = width_bytes_ == 0 ? kByteArrayPrefixBytes : 0;
    if (entry_count_ == limits_.max_entries || plain_bytes_ + prefix_bytes + length_bytes > limits_.max_plain_bytes) {
      return false;
    }
    uint8_t* const target = plain_.data() + plain_bytes_;
    if (width_bytes_ == 0) {
      store(target, length_bytes);
    }
    if (length_bytes != 0) {
      std::memcpy(target + prefix_bytes, bytes, length_bytes);
    }
    result = static_cast<uint32_t>(entry_count_++);
    reinterpret_cast<Entry*>(entries_.data())[result] = {static_cast<uint32_t>(plain_bytes_ + prefix_bytes), length_bytes, key};
    table_.enter(hash, result);
    if (table_.is_crowded()) {
      widen_table();
    }
    plain_bytes_ += prefix_bytes + length_bytes;
    return true;
  }

  void widen_table() noexcept {
    table_.widen();
    for (uint32_t index = 0; index < entry_count_; ++index) {
      table_.enter(hash_of(entry(index).key, entry(index).length_bytes), index);
    }
  }

  DictionaryLimits limits_;
  uint32_t width_bytes_;
  IndexTable table_;
  base::AlignedBuffer entries_;
  base::AlignedBuffer plain_;
  size_t entry_count_ = 0;
  size_t plain_bytes_ = 0;
};

}  // namespace

std::unique_ptr<Dictionary> make_bytes_dictionary(size_t width_bytes, const DictionaryLimits& limits) {
  return std::make_unique<BytesDictionary>(width_bytes, limits);
}

}  // namespace pqflow::encoding
