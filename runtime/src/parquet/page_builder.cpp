#include "parquet/page_builder.hpp"

#include "encoding/crc32.hpp"
#include "parquet/chunk_encoder.hpp"
#include "parquet/page_header.hpp"

namespace pqflow::parquet {
namespace {

// Neither nulls nor lists, and values of one size.
bool has_known_size(const pqflow_field& field) {
  return field.max_definition_level == 0 && field.physical_type != PQFLOW_PHYSICAL_BYTE_ARRAY &&
         field.physical_type != PQFLOW_PHYSICAL_BOOLEAN;
}

base::AlignedBuffer buffer_if(bool is_needed, size_t size_bytes) {
  return is_needed ? base::AlignedBuffer(size_bytes) : base::AlignedBuffer();
}

}  // namespace

PageBuilder::PageBuilder(const pqflow_field& field, const ColumnPlan& plan, size_t max_block_values)
    : encoder_(field, max_block_values),
      max_levels_bytes_(plan.max_levels_bytes),
      is_optional_(field.max_definition_level != 0),
      is_boolean_(field.physical_type == PQFLOW_PHYSICAL_BOOLEAN),
      is_in_place_(plan.codec == PQFLOW_CODEC_UNCOMPRESSED && has_known_size(field) && ChunkEncoder::is_always_plain(field)),
      own_page_(buffer_if(!is_in_place_ && !is_boolean_, kMaxPageHeaderBytes + plan.max_levels_bytes + plan.max_values_bytes)),
      booleans_(buffer_if(is_boolean_, plan.max_page_entries)),
      levels_(field, plan, max_block_values) {}

void PageBuilder::begin(uint8_t* place) noexcept {
  values_ = is_boolean_ ? nullptr : (is_in_place_ ? place : own_page_.data()) + kMaxPageHeaderBytes + max_levels_bytes_;
  levels_.begin();
  row_count_ = 0;
  present_count_ = 0;
  values_bytes_ = 0;
  crc_ = 0;
}

void PageBuilder::append(const columns::StagedLeaf& block) {
  uint8_t* const target = (is_boolean_ ? booleans_.data() : values_) + values_bytes_;
  last_block_ = {target, is_optional_ ? levels_.present() : nullptr};
  const columns::BlockEncoder::Block encoded = encoder_.encode(block.staged, block.value_count(), levels_.present(), target);
  levels_.append(block);
  if (is_in_place_) {
    crc_ = encoding::crc32(crc_, target, encoded.size_bytes);
  }
  row_count_ += block.row_count;
  present_count_ += encoded.present_count;
  values_bytes_ += encoded.size_bytes;
}

PlainValues PageBuilder::values() noexcept { return {is_boolean_ ? booleans_.data() : values_, values_bytes_, present_count_}; }

size_t PageBuilder::memory_bytes() const noexcept {
  return encoder_.memory_bytes() + own_page_.memory_bytes() + booleans_.memory_bytes() + levels_.memory_bytes();
}

}  // namespace pqflow::parquet
