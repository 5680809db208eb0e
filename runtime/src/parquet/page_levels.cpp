#include "parquet/page_levels.hpp"

#include <cstring>

#include "encoding/hybrid.hpp"

namespace pqflow::parquet {
namespace {

bool is_optional(const pqflow_field& field) { return field.repetition == PQFLOW_REPETITION_OPTIONAL; }

}  // namespace

PageLevels::PageLevels(const pqflow_field& field, const ColumnPlan& plan, size_t max_block_values)
    : max_definition_level_(field.max_definition_level),
      definition_bits_(level_bits(field.max_definition_level)),
      repetition_bits_(level_bits(field.max_repetition_level)),
      definition_levels_(base::buffer_if(definition_bits_ != 0, plan.max_page_entries)),
      repetition_levels_(base::buffer_if(repetition_bits_ != 0, plan.max_page_entries)),
      block_present_(base::buffer_if(plan.is_nested && is_optional(field), max_block_values)),
      encoded_(base::buffer_if(definition_bits_ != 0, plan.max_levels_bytes)) {}

uint8_t* PageLevels::present() noexcept {
  if (block_present_.size_bytes() != 0) {
    return block_present_.data();
  }
  return definition_levels_.size_bytes() == 0 ? nullptr : definition_levels_.data() + entry_count_;
}

void PageLevels::append(const columns::StagedLeaf& block) noexcept {
  if (block.levels != nullptr) {
    uint8_t* const target = definition_levels_.data() + entry_count_;
    if (block_present_.size_bytes() != 0) {
      columns::add_presence(target, *block.levels, block_present_.data());
    } else {
      std::memcpy(target, block.levels->definition_levels, block.entry_count());
    }
    if (repetition_bits_ != 0) {
      std::memcpy(repetition_levels_.data() + entry_count_, block.levels->repetition_levels, block.entry_count());
    }
  }
  entry_count_ += block.entry_count();
}

void PageLevels::begin_with_rest(size_t entry_count) noexcept {
  for (base::AlignedBuffer* const levels : {&definition_levels_, &repetition_levels_}) {
    if (levels->size_bytes() != 0) {
      std::memmove(levels->data(), levels->data() + entry_count_, entry_count);
    }
  }
  entry_count_ = entry_count;
}

EncodedLevels PageLevels::encode(Encode* encode_levels) noexcept {
  EncodedLevels encoded = {};
  if (repetition_bits_ != 0) {
    encoded.repetition_bytes = encode_levels(encoded_.data(), repetition_levels_.data(), entry_count_, repetition_bits_);
  }
  if (definition_bits_ != 0) {
    encoded.definition_bytes =
        encode_levels(encoded_.data() + encoded.repetition_bytes, definition_levels_.data(), entry_count_, definition_bits_);
  }
  encoded.bytes = {encoded_.data(), encoded.repetition_bytes + encoded.definition_bytes};
  return encoded;
}

EncodedLevels PageLevels::encode_v1() noexcept { return encode(encoding::encode_levels_v1); }
EncodedLevels PageLevels::encode_v2() noexcept { return encode(encoding::encode_hybrid); }

size_t PageLevels::memory_bytes() const noexcept {
  return definition_levels_.memory_bytes() + repetition_levels_.memory_bytes() + block_present_.memory_bytes() + encoded_.memory_bytes();
}

}  // namespace pqflow::parquet
