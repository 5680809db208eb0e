#include "parquet/page_plan.hpp"

#include <algorithm>
#include <bit>

#include "codec/codec.hpp"
#include "columns/encoding_rules.hpp"
#include "columns/value_converter.hpp"
#include "encoding/dictionary_indices.hpp"
#include "encoding/hybrid.hpp"
#include "encoding/plain.hpp"
#include "parquet/page_header.hpp"
#include "parquet/value_encoder.hpp"

namespace pqflow::parquet {
namespace {

constexpr uint64_t kPageShareOfGroup = 4;
// The least a page counts against row_group_bytes: its header, which is never shorter.
constexpr uint64_t kMinPageBytes = 16;

// A definition and a repetition level until the page ends: they count where a row can have thousands of elements.
constexpr size_t kNestedLevelBytes = 2;

uint64_t max_row_bytes(const columns::RecordSchema& schema) {
  uint64_t row_bytes = 1;
  for (size_t column = 0; column < schema.leaf_indices.size(); ++column) {
    const size_t value_bytes =
        columns::max_plain_bytes(schema.fields[schema.leaf_indices[column]]) + (schema.level_tree.is_flat(column) ? 0 : kNestedLevelBytes);
    row_bytes += value_bytes * schema.level_tree.max_entries_per_row(column);
  }
  return row_bytes;
}

size_t plan_page_rows(const columns::RecordSchema& schema, const RowGroupOptions& options) {
  const uint64_t rows_in_share = options.row_group_bytes / kPageShareOfGroup / max_row_bytes(schema);
  const uint64_t rows = std::min<uint64_t>({options.page_rows, options.row_group_rows, rows_in_share});
  return static_cast<size_t>(std::max<uint64_t>(rows, 1));
}

size_t values_bytes(const pqflow_field& field, size_t max_value_bytes, size_t value_count) {
  return field.physical_type == PQFLOW_PHYSICAL_BOOLEAN ? encoding::max_plain_boolean_bytes(value_count) : max_value_bytes * value_count;
}

size_t levels_bytes(uint8_t max_level, size_t entry_count) {
  return max_level == 0 ? 0 : encoding::kLevelsPrefixBytes + encoding::max_hybrid_bytes(entry_count, level_bits(max_level));
}

// Entries and bytes that a dictionary may have: more than half of the values would seldom pay, and a dictionary page is read as a whole.
constexpr size_t kMaxDictionaryBytes = size_t{1} << 20;
constexpr uint64_t kMaxDictionaryEntries = uint64_t{1} << 17;

void plan_dictionary(const pqflow_field& field, uint64_t max_group_entries, ColumnPlan& plan) {
  if (columns::may_have_dictionary(field)) {
    const uint64_t entries = std::clamp<uint64_t>(max_group_entries / 2, 1, kMaxDictionaryEntries);
    plan.max_dictionary_entries = static_cast<size_t>(entries);
    plan.max_dictionary_bytes =
        std::max(plan.max_value_bytes, std::min(kMaxDictionaryBytes, plan.max_dictionary_entries * plan.max_value_bytes));
  }
}

size_t max_values_bytes_of(const pqflow_field& field, const ColumnPlan& plan) {
  size_t max_bytes = plan.max_dictionary_bytes == 0 ? 0 : encoding::max_dictionary_indices_bytes(plan.max_page_entries, 32);
  const auto include = [&](pqflow_encoding encoding) {
    max_bytes = std::max(max_bytes, max_encoded_bytes(field, encoding, plan.max_page_entries, plan.max_values_bytes));
  };
  include(PQFLOW_ENCODING_PLAIN);
  std::ranges::for_each(plan.encodings, include);
  return max_bytes;
}

// Below that, what is saved is not worth the time, the reader's included.
double min_codec_gain_of(pqflow_profile profile) { return profile == PQFLOW_PROFILE_FAST ? 0.10 : 0.04; }

size_t stored_bytes(pqflow_codec codec, size_t page_bytes) {
  return kMaxPageHeaderBytes + codec::Compressor::max_compressed_bytes(codec, page_bytes);
}

// What dividing a page in two adds at most: a header, lengths, the fill of the last block, a codec's margin. All of that is in the bound of
// a page of one value; the second header is for what the margins of both parts round up.
size_t max_page_overhead_bytes(const pqflow_field& field, const ColumnPlan& plan) {
  ColumnPlan one_value = plan;
  one_value.max_page_entries = 1;
  one_value.max_values_bytes = values_bytes(field, plan.max_value_bytes, 1);
  const size_t max_levels_bytes = levels_bytes(field.max_repetition_level, 1) + levels_bytes(field.max_definition_level, 1);
  return kMaxPageHeaderBytes + stored_bytes(plan.codec, max_levels_bytes + max_values_bytes_of(field, one_value));
}

// A page and the first row of the next are larger than page_bytes: so two pages one after the other are, too.
size_t max_set_pages(const pqflow_field& field, const RowGroupOptions& options, size_t page_rows, const ColumnPlan& plan) {
  const unsigned level_bits_per_entry = level_bits(field.max_repetition_level) + level_bits(field.max_definition_level);
  const uint64_t max_set_bytes = plan.max_values_bytes + (uint64_t{plan.max_page_entries} * level_bits_per_entry + 7) / 8;
  if (max_set_bytes <= options.page_bytes) {
    return 1;
  }
  return static_cast<size_t>(std::min<uint64_t>(page_rows, 2 * max_set_bytes / options.page_bytes + 1));
}

void plan_cuts_by_bytes(const pqflow_field& field, const RowGroupOptions& options, size_t page_rows, ColumnPlan& plan) {
  plan.page_bytes = options.page_bytes;
  plan.max_set_pages = max_set_pages(field, options, page_rows, plan);
  plan.max_set_stored_bytes = plan.max_stored_bytes + (plan.max_set_pages - 1) * max_page_overhead_bytes(field, plan);
}

bool is_sorted_by(const columns::RecordSchema& schema, size_t column) {
  return std::ranges::any_of(schema.sorting_columns, [&](const pqflow_sorting_column& sorting) { return sorting.column_index == column; });
}

ColumnPlan plan_column(const columns::RecordSchema& schema, size_t column, const RowGroupOptions& options, size_t page_rows) {
  const pqflow_field& field = schema.fields[schema.leaf_indices[column]];
  const size_t max_entries_per_row = schema.level_tree.max_entries_per_row(column);
  ColumnPlan plan = {};
  plan.is_nested = !schema.level_tree.is_flat(column);
  plan.max_page_entries = page_rows * max_entries_per_row;
  const bool has_own_codec = field.codec != PQFLOW_CODEC_FROM_FILE;
  plan.codec = has_own_codec ? static_cast<pqflow_codec>(field.codec) : options.codec;
  plan.codec_level = has_own_codec ? field.codec_level : options.codec_level;
  plan.data_page_version = options.data_page_version;
  plan.float_order = options.float_order;
  plan.min_codec_gain = min_codec_gain_of(options.profile);
  plan.encodings =
      columns::is_chosen_encoding(field.encoding) && options.profile != PQFLOW_PROFILE_WIDEST ? encodings_of(field) : named_encoding(field);
  plan.max_chunk_values = options.row_group_rows * max_entries_per_row;
  plan.max_value_bytes = columns::max_plain_bytes(field);
  plan.max_values_bytes = values_bytes(field, plan.max_value_bytes, plan.max_page_entries);
  plan.max_levels_bytes =
      levels_bytes(field.max_repetition_level, plan.max_page_entries) + levels_bytes(field.max_definition_level, plan.max_page_entries);
  plan_dictionary(field, std::min(options.row_group_rows, 2 * kMaxDictionaryEntries) * max_entries_per_row, plan);
  plan.max_encoded_bytes = max_values_bytes_of(field, plan);
  const bool stays_plain = field.encoding == PQFLOW_ENCODING_PLAIN && field.physical_type != PQFLOW_PHYSICAL_BOOLEAN;
  plan.max_scratch_bytes = stays_plain ? 0 : plan.max_encoded_bytes;
  const bool is_tried = plan.codec != PQFLOW_CODEC_UNCOMPRESSED;
  const size_t max_tried_bytes = std::max(plan.max_encoded_bytes, plan.max_dictionary_bytes);
  plan.max_trial_bytes = is_tried ? codec::Compressor::max_compressed_bytes(plan.codec, max_tried_bytes) : 0;
  plan.max_chunk_rows = options.row_group_rows;
  plan.pages_per_chunk = std::max(1.0, static_cast<double>(options.row_group_rows) / static_cast<double>(page_rows));
  plan.max_stored_bytes = stored_bytes(plan.codec, plan.max_levels_bytes + plan.max_encoded_bytes);
  plan_cuts_by_bytes(field, options, page_rows, plan);
  plan.may_stay_staged = plan.max_set_pages == 1 && !is_sorted_by(schema, column);
  return plan;
}

// Page sets that a row group can have.
uint64_t max_set_count(const RowGroupOptions& options, size_t page_rows, size_t column_count) {
  const uint64_t sets_by_rows = (options.row_group_rows + page_rows - 1) / page_rows;
  const uint64_t sets_by_bytes = options.row_group_bytes / (kMinPageBytes * column_count) + 1;
  return std::min(sets_by_rows, sets_by_bytes);
}

}  // namespace

unsigned level_bits(uint8_t max_level) noexcept { return static_cast<unsigned>(std::bit_width(max_level)); }

PagePlan make_page_plan(const columns::RecordSchema& schema, const RowGroupOptions& options) {
  PagePlan plan = {};
  plan.page_rows = plan_page_rows(schema, options);
  for (size_t index = 0; index < schema.leaf_indices.size(); ++index) {
    plan.columns.push_back(plan_column(schema, index, options, plan.page_rows));
    const ColumnPlan& column = plan.columns.back();
    plan.max_page_entries = std::max(plan.max_page_entries, column.max_page_entries);
    plan.max_page_set_bytes += column.max_set_stored_bytes;
    if (column.max_dictionary_bytes != 0) {
      plan.max_dictionary_set_bytes += stored_bytes(column.codec, column.max_dictionary_bytes);
    }
  }
  const uint64_t set_count = max_set_count(options, plan.page_rows, plan.columns.size());
  for (ColumnPlan& column : plan.columns) {
    const uint64_t pages_by_bytes = options.row_group_bytes / kMinPageBytes + column.max_set_pages;
    column.max_page_count = static_cast<size_t>(std::min(set_count * column.max_set_pages, pages_by_bytes));
    plan.max_page_count += column.max_page_count;
  }
  // By bytes: pages before the last set count less than row_group_bytes; what a codec or a reserved header adds to them is bounded page by
  // page.
  const uint64_t added_bytes = options.row_group_bytes / 128 + plan.max_page_count * 2 * kMaxPageHeaderBytes;
  const uint64_t arena_by_bytes = options.row_group_bytes + added_bytes + plan.max_page_set_bytes;
  const uint64_t arena_by_rows = set_count * plan.max_page_set_bytes;
  plan.arena_bytes = static_cast<size_t>(std::min(arena_by_bytes, arena_by_rows)) + plan.max_dictionary_set_bytes;
  return plan;
}

}  // namespace pqflow::parquet
