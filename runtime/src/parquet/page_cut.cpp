#include "parquet/page_cut.hpp"

#include "encoding/bytes.hpp"
#include "encoding/plain.hpp"

namespace pqflow::parquet {

PageMeasure::PageMeasure(const pqflow_field& field, const ColumnPlan& plan)
    : is_limited_(plan.max_set_pages > 1),
      max_page_bits_(plan.page_bytes * 8),
      bits_per_byte_(field.physical_type == PQFLOW_PHYSICAL_BOOLEAN ? 1 : 8),
      bits_per_entry_(level_bits(field.max_repetition_level) + level_bits(field.max_definition_level)),
      fixed_value_bytes_(field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY ? 0 : plan.max_value_bytes) {}

size_t PageMeasure::value_bytes(const uint8_t* value) const noexcept {
  return fixed_value_bytes_ != 0 ? fixed_value_bytes_ : encoding::kByteArrayPrefixBytes + encoding::load<uint32_t>(value);
}

void PageMeasure::add_row(PageExtent& rows, const PageExtent& page, const uint8_t* values, const PageLevels& levels) const noexcept {
  do {
    if (levels.has_value(rows.entry_count)) {
      rows.values_bytes += value_bytes(values + rows.values_bytes);
      ++rows.present_count;
    }
    ++rows.entry_count;
  } while (rows.entry_count < page.entry_count && !levels.begins_row(rows.entry_count));
  ++rows.row_count;
}

PageExtent PageMeasure::fitting(const PageExtent& settled, const PageExtent& page, const uint8_t* values,
                                const PageLevels& levels) const noexcept {
  PageExtent rows = settled;
  while (rows.row_count < page.row_count) {
    PageExtent next = rows;
    add_row(next, page, values, levels);
    if (is_exceeded(next)) {
      break;
    }
    rows = next;
  }
  return rows;
}

}  // namespace pqflow::parquet
