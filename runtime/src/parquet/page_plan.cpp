#include "parquet/page_plan.hpp"

#include <algorithm>

#include "codec/codec.hpp"
#include "columns/value_converter.hpp"
#include "encoding/hybrid.hpp"
#include "encoding/plain.hpp"
#include "parquet/page_header.hpp"

namespace pqflow::parquet {
namespace {

constexpr uint64_t kPageShareOfGroup = 4;
// The least a page counts against row_group_bytes: its header, which is never shorter.
constexpr uint64_t kMinPageBytes = 16;

uint64_t max_row_bytes(const columns::RecordSchema& schema) {
  uint64_t row_bytes = 1;
  for (const size_t leaf : schema.leaf_indices) {
    row_bytes += columns::max_plain_bytes(schema.fields[leaf]);
  }
  return row_bytes;
}

size_t plan_page_rows(const columns::RecordSchema& schema, const RowGroupOptions& options) {
  const uint64_t rows_in_share = options.row_group_bytes / kPageShareOfGroup / max_row_bytes(schema);
  const uint64_t rows = std::min<uint64_t>({options.page_rows, options.row_group_rows, rows_in_share});
  return static_cast<size_t>(std::max<uint64_t>(rows, 1));
}

size_t values_bytes(const pqflow_field& field, size_t max_value_bytes, size_t page_rows) {
  return field.physical_type == PQFLOW_PHYSICAL_BOOLEAN ? encoding::max_plain_boolean_bytes(page_rows) : max_value_bytes * page_rows;
}

size_t levels_bytes(const pqflow_field& field, size_t page_rows) {
  return field.repetition == PQFLOW_REPETITION_OPTIONAL ? encoding::kLevelsPrefixBytes + encoding::max_hybrid_bytes(page_rows, 1) : 0;
}

ColumnPlan plan_column(const pqflow_field& field, const RowGroupOptions& options, size_t page_rows) {
  ColumnPlan plan = {};
  const bool has_own_codec = field.codec != PQFLOW_CODEC_FROM_FILE;
  plan.codec = has_own_codec ? static_cast<pqflow_codec>(field.codec) : options.codec;
  plan.codec_level = codec::resolve_level(plan.codec, has_own_codec ? field.codec_level : options.codec_level);
  plan.max_value_bytes = columns::max_plain_bytes(field);
  plan.max_values_bytes = values_bytes(field, plan.max_value_bytes, page_rows);
  plan.max_levels_bytes = levels_bytes(field, page_rows);
  plan.max_stored_bytes =
      kMaxPageHeaderBytes + codec::Compressor::max_compressed_bytes(plan.codec, plan.max_levels_bytes + plan.max_values_bytes);
  return plan;
}

}  // namespace

PagePlan make_page_plan(const columns::RecordSchema& schema, const RowGroupOptions& options) {
  PagePlan plan = {};
  plan.page_rows = plan_page_rows(schema, options);
  for (const size_t leaf : schema.leaf_indices) {
    plan.columns.push_back(plan_column(schema.fields[leaf], options, plan.page_rows));
    plan.max_page_set_bytes += plan.columns.back().max_stored_bytes;
  }
  const uint64_t page_sets_by_rows = (options.row_group_rows + plan.page_rows - 1) / plan.page_rows;
  const uint64_t page_sets_by_bytes = options.row_group_bytes / (kMinPageBytes * plan.columns.size()) + 1;
  plan.max_page_count = static_cast<size_t>(std::min(page_sets_by_rows, page_sets_by_bytes));
  // By bytes: pages before the last set count less than row_group_bytes; what a codec or a reserved header adds to them is bounded page by
  // page.
  const uint64_t added_bytes = options.row_group_bytes / 128 + plan.max_page_count * plan.columns.size() * 2 * kMaxPageHeaderBytes;
  const uint64_t arena_by_bytes = options.row_group_bytes + added_bytes + plan.max_page_set_bytes;
  const uint64_t arena_by_rows = plan.max_page_count * plan.max_page_set_bytes;
  plan.arena_bytes = static_cast<size_t>(std::min(arena_by_bytes, arena_by_rows));
  return plan;
}

}  // namespace pqflow::parquet
