#include "parquet/staged_indexer.hpp"

#include <algorithm>
#include <cstring>

#include "encoding/bytes.hpp"
#include "encoding/plain.hpp"

namespace pqflow::parquet {
namespace {

using encoding::load;

constexpr size_t kMaxKeyBytes = sizeof(uint64_t);
// Tables beyond that would not stay in a cache beside everything else, and converting costs less than a miss.
constexpr size_t kMaxEntries = 8192;
constexpr size_t kWidenedCount = 512;

size_t key_bytes(size_t width_bytes) { return width_bytes == sizeof(uint32_t) ? width_bytes : kMaxKeyBytes; }

std::unique_ptr<encoding::Dictionary> make_keys(size_t max_entries, size_t width_bytes) {
  return encoding::make_fixed_dictionary(key_bytes(width_bytes), {max_entries, max_entries * key_bytes(width_bytes)});
}

}  // namespace

bool StagedIndexer::serves(const pqflow_field& field) noexcept {
  return field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY && field.storage != PQFLOW_STORAGE_NONE && field.width_bytes <= kMaxKeyBytes &&
         field.width_bytes != 0 && field.null_kind != PQFLOW_NULL_ALWAYS;
}

StagedIndexer::StagedIndexer(const pqflow_field& field, const ColumnPlan& plan, encoding::Dictionary& dictionary)
    : width_bytes_(field.width_bytes),
      word_bytes_(key_bytes(width_bytes_)),
      dictionary_(dictionary),
      converter_(columns::make_value_converter(field)),
      keys_(make_keys(std::min(kMaxEntries, plan.max_dictionary_entries), width_bytes_)),
      value_bytes_(keys_->max_entries() * sizeof(uint32_t)),
      is_used_(keys_->max_entries()) {}

bool StagedIndexer::index_widened(const uint8_t* staged, size_t count, uint32_t* indices) noexcept {
  const uint64_t mask = ~uint64_t{0} >> ((kMaxKeyBytes - width_bytes_) * 8);
  uint64_t keys[kWidenedCount];
  for (size_t start = 0; start < count; start += kWidenedCount) {
    const size_t part_count = std::min(kWidenedCount, count - start);
    for (size_t index = 0; index < part_count; ++index) {
      keys[index] = load<uint64_t>(staged + (start + index) * width_bytes_) & mask;
    }
    if (keys_->index_values(reinterpret_cast<const uint8_t*>(keys), part_count, indices + start) != part_count) {
      return false;
    }
  }
  return true;
}

bool StagedIndexer::index_staged(const uint8_t* staged, size_t count, uint32_t* indices) noexcept {
  return word_bytes_ == width_bytes_ ? keys_->index_values(staged, count, indices) == count : index_widened(staged, count, indices);
}

// Converts the keys behind the first `known_count` and enters them: entry after entry, or the two lists no longer agree. A value that was
// not as it should be is converted each time, so that each is counted.
bool StagedIndexer::enter_new(size_t known_count, PageScratch& scratch) noexcept {
  const std::span<const uint8_t> keys = keys_->plain_values();
  const size_t new_count = keys_->entry_count() - known_count;
  if (new_count == 0) {
    return true;
  }
  const uint64_t invalid_before = converter_->invalid_values();
  uint8_t staged[kMaxKeyBytes + columns::kReadBeyondBytes] = {};
  uint8_t* plain = scratch.values();
  for (size_t entry = known_count; entry < known_count + new_count; ++entry) {
    std::memcpy(staged, keys.data() + entry * word_bytes_, width_bytes_);
    uint32_t index = 0;
    reinterpret_cast<uint32_t*>(value_bytes_.data())[entry] = static_cast<uint32_t>(converter_->convert(plain, staged, 1));
    if (dictionary_.index_values(plain, 1, &index) != 1 || index != entry) {
      return false;
    }
  }
  return converter_->invalid_values() == invalid_before;
}

IndexedValues StagedIndexer::sum_up(const uint32_t* indices, size_t count, PageScratch& scratch) noexcept {
  const uint32_t* const value_bytes = reinterpret_cast<const uint32_t*>(value_bytes_.data());
  uint8_t* const is_used = is_used_.data();
  const size_t entry_count = keys_->entry_count();
  std::memset(is_used, 0, entry_count);
  uint64_t total_bytes = 0;
  for (size_t position = 0; position < count; ++position) {
    total_bytes += value_bytes[indices[position]];
    is_used[indices[position]] = 1;
  }
  const uint8_t* entry_plain = dictionary_.plain_values().data();
  uint8_t* end = scratch.values();
  size_t distinct_count = 0;
  for (size_t entry = 0; entry < entry_count; ++entry) {
    if (is_used[entry] != 0) {
      end = std::copy_n(entry_plain, value_bytes[entry], end);
      ++distinct_count;
    }
    entry_plain += value_bytes[entry];
  }
  return {total_bytes, {scratch.values(), static_cast<size_t>(end - scratch.values())}, distinct_count};
}

std::optional<IndexedValues> StagedIndexer::index(const uint8_t* staged, size_t count, PageScratch& scratch) noexcept {
  const size_t known_count = keys_->entry_count();
  if (known_count != dictionary_.entry_count()) {
    give_up();
    return std::nullopt;
  }
  has_overflowed_ = !index_staged(staged, count, scratch.indices());
  if (has_overflowed_ || !enter_new(known_count, scratch)) {
    give_up();
    return std::nullopt;
  }
  return sum_up(scratch.indices(), count, scratch);
}

void StagedIndexer::begin_chunk() noexcept {
  keys_->reset();
  is_usable_ = true;
}

size_t StagedIndexer::memory_bytes() const noexcept {
  return keys_->memory_bytes() + value_bytes_.memory_bytes() + is_used_.memory_bytes() + converter_->memory_bytes();
}

}  // namespace pqflow::parquet
