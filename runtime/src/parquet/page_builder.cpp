#include "parquet/page_builder.hpp"

#include <algorithm>
#include <cstring>

#include "columns/fixed_converters.hpp"
#include "columns/type_rules.hpp"
#include "columns/value_converter.hpp"
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

}  // namespace

PageBuilder::PageBuilder(const pqflow_field& field, const ColumnPlan& plan, size_t max_block_values)
    : encoder_(field, max_block_values, plan.float_order),
      measure_(field, plan),
      nan_width_bytes_(columns::is_floating_column(field) ? plan.max_value_bytes : 0),
      max_levels_bytes_(plan.max_levels_bytes),
      is_optional_(field.max_definition_level != 0),
      is_boolean_(field.physical_type == PQFLOW_PHYSICAL_BOOLEAN),
      is_in_place_(plan.max_set_pages == 1 && plan.codec == PQFLOW_CODEC_UNCOMPRESSED && has_known_size(field) &&
                   ChunkEncoder::is_always_plain(field)),
      is_complete_(field.max_definition_level == 0 && field.max_repetition_level == 0),
      converts_in_place_(is_complete_ && !is_boolean_ && encoder_.converts_in_place()),
      staged_value_bytes_(field.width_bytes),
      own_page_(base::buffer_if(!is_in_place_ && !is_boolean_, kMaxPageHeaderBytes + plan.max_levels_bytes + plan.max_values_bytes)),
      staged_(base::buffer_if(ChunkEncoder::may_want_staged(field, plan),
                              field.width_bytes * plan.max_page_entries + columns::kReadBeyondBytes)),
      booleans_(base::buffer_if(is_boolean_, plan.max_page_entries)),
      levels_(field, plan, max_block_values) {}

void PageBuilder::begin(uint8_t* place, bool stays_staged) noexcept {
  is_staged_ = stays_staged;
  values_ = is_boolean_ ? nullptr : (is_in_place_ ? place : own_page_.data()) + kMaxPageHeaderBytes + max_levels_bytes_;
  levels_.begin();
  extent_ = {};
  settled_ = {};
  rest_ = {};
  nan_count_ = 0;
  crc_ = 0;
}

uint8_t* PageBuilder::place_of_next() noexcept {
  if (is_staged_ && is_complete_) {
    return staged_place();
  }
  return converts_in_place_ ? page_values() + extent_.values_bytes : nullptr;
}

void PageBuilder::append(const columns::StagedLeaf& block) {
  uint8_t* const target = page_values() + extent_.values_bytes;
  last_block_ = {target, is_optional_ ? levels_.present() : nullptr};
  const columns::BlockEncoder::Present present = encoder_.take_present(block.staged, block.value_count(), levels_.present());
  const size_t size_bytes = take_values(present, target);
  levels_.append(block);
  if (is_in_place_) {
    crc_ = encoding::crc32(crc_, target, size_bytes);
  }
  nan_count_ += encoder_.take_nan_count();
  extent_.row_count += block.row_count;
  extent_.entry_count += block.entry_count();
  extent_.present_count += present.count;
  extent_.values_bytes += size_bytes;
  if (!is_staged_ && !is_too_large()) {
    settle();
  }
}

// Returns the PLAIN bytes, none of values that stay staged.
size_t PageBuilder::take_values(const columns::BlockEncoder::Present& block, uint8_t* target) {
  if (!is_staged_) {
    return encoder_.convert(block.values, block.count, target);
  }
  uint8_t* const place = staged_place();
  if (block.values != place) {
    std::copy_n(block.values, block.count * staged_value_bytes_, place);
  }
  return 0;
}

void PageBuilder::settle_staged(size_t values_bytes, std::span<const uint8_t> distinct_values, size_t distinct_count) {
  extent_.values_bytes = values_bytes;
  encoder_.include(distinct_values.data(), distinct_count);
  settled_ = extent_;
}

void PageBuilder::settle() {
  encoder_.include(page_values() + settled_.values_bytes, extent_.present_count - settled_.present_count);
  settled_ = extent_;
}

void PageBuilder::cut() {
  const PageExtent whole = extent_;
  extent_ = measure_.fitting(settled_, whole, page_values(), levels_);
  rest_ = whole - extent_;
  levels_.cut(extent_.entry_count);
  settle();
  uint8_t* const rest_values = page_values() + extent_.values_bytes;
  // They are canonical already: this only counts.
  rest_nan_count_ = nan_width_bytes_ == 0 ? 0 : columns::canonicalise_nans(rest_values, rest_values, rest_.present_count, nan_width_bytes_);
  nan_count_ -= rest_nan_count_;
}

void PageBuilder::begin_with_rest() {
  std::memmove(page_values(), page_values() + extent_.values_bytes, rest_.values_bytes);
  levels_.begin_with_rest(rest_.entry_count);
  extent_ = rest_;
  settled_ = {};
  rest_ = {};
  nan_count_ = rest_nan_count_;
  if (!is_too_large()) {
    settle();
  }
}

PlainValues PageBuilder::values() {
  if (is_staged_) {
    extent_.values_bytes = encoder_.convert(staged_values(), extent_.present_count, page_values());
    nan_count_ += encoder_.take_nan_count();
    is_staged_ = false;
    settle();
  }
  return {page_values(), extent_.values_bytes, extent_.present_count};
}

size_t PageBuilder::memory_bytes() const noexcept {
  return encoder_.memory_bytes() + own_page_.memory_bytes() + staged_.memory_bytes() + booleans_.memory_bytes() + levels_.memory_bytes();
}

}  // namespace pqflow::parquet
