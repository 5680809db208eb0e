// One data page of one column under construction: blocks in, levels and values of the page out.
#pragma once

#include <pqflow/descriptor.h>

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/aligned_buffer.hpp"
#include "columns/block_encoder.hpp"
#include "columns/staged_leaf.hpp"
#include "parquet/page_cut.hpp"
#include "parquet/page_levels.hpp"
#include "parquet/page_plan.hpp"
#include "parquet/sorting_watch.hpp"
#include "parquet/value_encoder.hpp"

namespace pqflow::parquet {

// Writer thread; allocates in the constructor only. The page lies so, in memory of its own or in place in the arena:
//
//   | kMaxPageHeaderBytes | max_levels_bytes | values …          header and levels of a page that stays PLAIN are put directly before them
//
class PageBuilder {
 public:
  PageBuilder(const pqflow_field& field, const ColumnPlan& plan, size_t max_block_values);

  // True when the page's size is known beforehand and nothing is done to its bytes: then it is built where it stays, without a copy.
  bool is_in_place() const noexcept { return is_in_place_; }

  // Starts a page. `place`: plan.max_stored_bytes for a page in place, else null. `stays_staged`: its values are kept as they are staged
  // until somebody asks for them; only where plan.may_stay_staged.
  void begin(uint8_t* place, bool stays_staged) noexcept;
  // Where the values of the next block may be staged so that append() need not move them; null where they must be staged elsewhere.
  uint8_t* place_of_next() noexcept;
  void append(const columns::StagedLeaf& block);
  // After blocks were appended: whether rows of the last have no room in the page. Then cut(), what ends a page, begin_with_rest(), and ask
  // again.
  bool is_too_large() const noexcept { return measure_.is_exceeded(extent_); }
  void cut();
  void begin_with_rest();
  // The page ends because of its size: more rows like these follow.
  bool is_cut() const noexcept { return rest_.row_count != 0; }
  // Whether values are still as they were staged; then where they are, readable for 64 bytes beyond the last.
  bool is_staged() const noexcept { return is_staged_; }
  const uint8_t* staged_values() const noexcept { return staged_.data(); }
  // What they are worth, for a page that ends without their conversion: each distinct value once, PLAIN.
  void settle_staged(size_t values_bytes, std::span<const uint8_t> distinct_values, size_t distinct_count);
  // Present values so far, converted if they were not; kMaxPageHeaderBytes + max_levels_bytes before them are free (BOOLEAN: nothing is).
  PlainValues values();
  // Of a flat column, what the last append brought. Valid until the next append or the page's end.
  BlockValues last_block() const noexcept { return last_block_; }
  PageLevels& levels() noexcept { return levels_; }
  const PageLevels& levels() const noexcept { return levels_; }

  size_t row_count() const noexcept { return extent_.row_count; }
  // Level entries without a value: nulls, and in a nested column empty lists too.
  size_t null_count() const noexcept { return levels_.entry_count() - extent_.present_count; }
  size_t values_bytes() const noexcept { return extent_.values_bytes; }
  size_t present_count() const noexcept { return extent_.present_count; }
  uint64_t nan_count() const noexcept { return nan_count_; }
  // CRC-32 of the values, taken while they were hot; for pages in place.
  uint32_t crc() const noexcept { return crc_; }

  columns::BlockEncoder& encoder() noexcept { return encoder_; }
  const columns::BlockEncoder& encoder() const noexcept { return encoder_; }
  size_t memory_bytes() const noexcept;

 private:
  uint8_t* page_values() noexcept { return is_boolean_ ? booleans_.data() : values_; }
  uint8_t* staged_place() noexcept { return staged_.data() + extent_.present_count * staged_value_bytes_; }
  void settle();
  size_t take_values(const columns::BlockEncoder::Present& block, uint8_t* target);

  columns::BlockEncoder encoder_;
  PageMeasure measure_;
  size_t nan_width_bytes_;  // Of values that may be NaN; 0: none may.
  size_t max_levels_bytes_;
  bool is_optional_;
  bool is_boolean_;
  bool is_in_place_;
  bool is_complete_;        // Flat and required: every value of a block goes into the page.
  bool converts_in_place_;  // And stays as it is, or where it is.
  bool is_staged_ = false;
  size_t staged_value_bytes_;
  base::AlignedBuffer own_page_;  // Unless in place.
  base::AlignedBuffer staged_;    // Where pages may stay staged.
  base::AlignedBuffer booleans_;  // BOOLEAN: one byte a value until the page ends.
  PageLevels levels_;
  uint8_t* values_ = nullptr;  // Where the page's values begin.
  PageExtent extent_;          // Of the page.
  PageExtent settled_;         // The part of it that is known to fit, and is in the range.
  PageExtent rest_;            // What a cut left over for the next page, behind this one.
  uint64_t nan_count_ = 0;
  uint64_t rest_nan_count_ = 0;
  uint32_t crc_ = 0;
  BlockValues last_block_ = {};
};

}  // namespace pqflow::parquet
