#include "parquet/page_builder.hpp"

#include "encoding/crc32.hpp"
#include "encoding/hybrid.hpp"
#include "parquet/chunk_encoder.hpp"
#include "parquet/page_header.hpp"

namespace pqflow::parquet {
namespace {

constexpr unsigned kLevelBits = 1;  // Flat optional columns: levels 0 and 1.

bool is_optional(const pqflow_field& field) { return field.repetition == PQFLOW_REPETITION_OPTIONAL; }

bool has_known_size(const pqflow_field& field) {
  return !is_optional(field) && field.physical_type != PQFLOW_PHYSICAL_BYTE_ARRAY && field.physical_type != PQFLOW_PHYSICAL_BOOLEAN;
}

base::AlignedBuffer buffer_if(bool is_needed, size_t size_bytes) {
  return is_needed ? base::AlignedBuffer(size_bytes) : base::AlignedBuffer();
}

}  // namespace

PageBuilder::PageBuilder(const pqflow_field& field, const ColumnPlan& plan, size_t page_rows, size_t max_block_rows)
    : encoder_(field, max_block_rows),
      max_levels_bytes_(plan.max_levels_bytes),
      is_boolean_(field.physical_type == PQFLOW_PHYSICAL_BOOLEAN),
      is_in_place_(plan.codec == PQFLOW_CODEC_UNCOMPRESSED && has_known_size(field) && ChunkEncoder::is_always_plain(field)),
      own_page_(buffer_if(!is_in_place_ && !is_boolean_, kMaxPageHeaderBytes + plan.max_levels_bytes + plan.max_values_bytes)),
      booleans_(buffer_if(is_boolean_, page_rows)),
      levels_(buffer_if(is_optional(field), page_rows)),
      encoded_levels_(buffer_if(is_optional(field), plan.max_levels_bytes)) {}

void PageBuilder::begin(uint8_t* place) noexcept {
  values_ = is_boolean_ ? nullptr : (is_in_place_ ? place : own_page_.data()) + kMaxPageHeaderBytes + max_levels_bytes_;
  row_count_ = 0;
  present_count_ = 0;
  values_bytes_ = 0;
  crc_ = 0;
}

void PageBuilder::append(const pqflow_staging_column& staged, size_t row_count) {
  uint8_t* const levels = levels_.size_bytes() == 0 ? nullptr : levels_.data() + row_count_;
  uint8_t* const target = (is_boolean_ ? booleans_.data() : values_) + values_bytes_;
  const columns::BlockEncoder::Block block = encoder_.encode(staged, row_count, levels, target);
  if (is_in_place_) {
    crc_ = encoding::crc32(crc_, target, block.size_bytes);
  }
  row_count_ += row_count;
  present_count_ += block.present_count;
  values_bytes_ += block.size_bytes;
}

PlainValues PageBuilder::values() noexcept { return {is_boolean_ ? booleans_.data() : values_, values_bytes_, present_count_}; }

std::span<const uint8_t> PageBuilder::end_levels() noexcept {
  if (levels_.size_bytes() == 0) {
    return {};
  }
  return {encoded_levels_.data(), encoding::encode_levels_v1(encoded_levels_.data(), levels_.data(), row_count_, kLevelBits)};
}

size_t PageBuilder::memory_bytes() const noexcept {
  return encoder_.memory_bytes() + own_page_.memory_bytes() + booleans_.memory_bytes() + levels_.memory_bytes() +
         encoded_levels_.memory_bytes();
}

}  // namespace pqflow::parquet
