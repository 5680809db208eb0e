// Definition and repetition levels of one page of one column under construction.
#pragma once

#include <pqflow/descriptor.h>

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/aligned_buffer.hpp"
#include "columns/staged_leaf.hpp"
#include "parquet/page_plan.hpp"

namespace pqflow::parquet {

// Levels of a page as they are stored: first those of repetition, then those of definition.
struct EncodedLevels {
  std::span<const uint8_t> bytes;
  size_t repetition_bytes;
  size_t definition_bytes;
};

// Writer thread; allocates in the constructor only. begin, then for each block present, append; the levels are kept one byte each until
// the page ends.
class PageLevels {
 public:
  PageLevels(const pqflow_field& field, const ColumnPlan& plan, size_t max_block_values);

  void begin() noexcept { entry_count_ = 0; }
  // Where the presence of the next block's values is to be written, a byte each; not looked at for a required leaf.
  uint8_t* present() noexcept;
  // The block's levels, after its presence is known.
  void append(const columns::StagedLeaf& block) noexcept;

  // Entries of the page: what its num_values says, nulls and empty lists included.
  size_t entry_count() const noexcept { return entry_count_; }
  // The page is to end after its first entries: `entry_count`, at the end of a row. The rest stays where it is for begin_with_rest().
  void cut(size_t entry_count) noexcept { entry_count_ = entry_count; }
  // Starts the next page with the `entry_count` entries that a cut left over.
  void begin_with_rest(size_t entry_count) noexcept;
  bool begins_row(size_t entry) const noexcept { return repetition_bits_ == 0 || repetition_levels_.data()[entry] == 0; }
  bool has_value(size_t entry) const noexcept { return definition_bits_ == 0 || definition_levels_.data()[entry] == max_definition_level_; }
  // Of the entries, as bytes; empty where the largest level is 0.
  std::span<const uint8_t> definition_levels() const noexcept { return levels_of(definition_levels_); }
  std::span<const uint8_t> repetition_levels() const noexcept { return levels_of(repetition_levels_); }
  // As they stand in a V1 data page: repetition, then definition levels, each with its length. Valid until the next page.
  EncodedLevels encode_v1() noexcept;
  // In a V2 data page: without lengths, which its header has.
  EncodedLevels encode_v2() noexcept;

  size_t memory_bytes() const noexcept;

 private:
  std::span<const uint8_t> levels_of(const base::AlignedBuffer& levels) const noexcept {
    return levels.size_bytes() == 0 ? std::span<const uint8_t>() : std::span(levels.data(), entry_count_);
  }

  using Encode = size_t(uint8_t* target, const uint8_t* levels, size_t count, unsigned bit_width) noexcept;
  EncodedLevels encode(Encode* encode_levels) noexcept;

  uint8_t max_definition_level_;
  unsigned definition_bits_;
  unsigned repetition_bits_;
  base::AlignedBuffer definition_levels_;
  base::AlignedBuffer repetition_levels_;
  base::AlignedBuffer block_present_;  // An optional leaf of a nested column.
  base::AlignedBuffer encoded_;
  size_t entry_count_ = 0;
};

}  // namespace pqflow::parquet
