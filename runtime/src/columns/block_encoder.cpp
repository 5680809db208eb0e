#include "columns/block_encoder.hpp"

#include <algorithm>

#include "columns/bounds.hpp"
#include "columns/presence.hpp"

namespace pqflow::columns {
namespace {

bool is_optional(const pqflow_field& field) { return field.repetition == PQFLOW_REPETITION_OPTIONAL; }
bool has_no_storage(const pqflow_field& field) { return field.storage == PQFLOW_STORAGE_NONE; }

}  // namespace

BlockEncoder::BlockEncoder(const pqflow_field& field, size_t max_block_values, pqflow_float_order float_order)
    : field_(field),
      converter_(make_value_converter(field)),
      range_(has_bounds(field) ? make_range_tracker(field, float_order) : nullptr),
      compacted_(is_optional(field) ? base::AlignedBuffer(field.width_bytes * max_block_values) : base::AlignedBuffer()) {}

BlockEncoder::Present BlockEncoder::take_present(const pqflow_staging_column& staged, size_t count, uint8_t* present) {
  if (!is_optional(field_)) {
    return {staged.values, count};
  }
  size_t present_count = find_present(field_, staged.values, staged.valid, count, present);
  if (converter_->drop_unknown(staged.values, present, count)) {
    present_count = count_present(present, count);
  }
  if (present_count == count) {
    return {staged.values, count};
  }
  compact(compacted_.data(), staged.values, present, count, field_.width_bytes);
  return {compacted_.data(), present_count};
}

void BlockEncoder::include(const uint8_t* values, size_t count) {
  if (range_ != nullptr) {
    // The first value of a constant column speaks for all.
    range_->update(values, has_no_storage(field_) ? std::min<size_t>(count, 1) : count);
  }
}

void BlockEncoder::reset_range() noexcept {
  if (range_ != nullptr) {
    range_->reset();
  }
}

}  // namespace pqflow::columns
