#include "verify/verify.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "verify/arrow_schema_rules.hpp"
#include "verify/expected_schema.hpp"
#include "verify/file_footer.hpp"
#include "verify/row_group_rules.hpp"
#include "verify/schema_tree.hpp"

namespace pqflow::verify {
namespace {

bool has_bounds(const FileMetadata& metadata) {
  return std::any_of(metadata.row_groups.begin(), metadata.row_groups.end(), [](const RowGroup& group) {
    return std::any_of(group.columns.begin(), group.columns.end(),
                       [](const ColumnChunk& chunk) { return chunk.statistics && chunk.statistics->min; });
  });
}

bool is_space(char character) { return character == ' ' || (character >= '\t' && character <= '\r'); }

std::string_view without_leading_space(std::string_view text) {
  const auto* const first = std::find_if_not(text.begin(), text.end(), is_space);
  return text.substr(static_cast<size_t>(first - text.begin()));
}

// What stands after the word "version": a number, and perhaps "(build …)" at the end.
bool is_version(std::string_view text) {
  const size_t bracket = text.find('(');
  if (bracket == std::string_view::npos) {
    return true;
  }
  return without_leading_space(text.substr(bracket + 1)).starts_with("build") && text.find(')') == text.size() - 1;
}

// The form that parquet-java's version parser takes apart. No regular expression: those of the standard library recurse for each character.
bool is_created_by(std::string_view text) {
  constexpr std::string_view kWord = "version";
  for (size_t place = text.find(kWord); place != std::string_view::npos; place = text.find(kWord, place + 1)) {
    if (place > 0 && is_space(text[place - 1]) && is_version(text.substr(place + kWord.size()))) {
      return true;
    }
  }
  return false;
}

void check_file(const FileMetadata& metadata, size_t leaf_count, uint64_t offset_bytes, const Reporter& reporter) {
  reporter.require(metadata.version == 1 || metadata.version == 2, Rule::kVersion, offset_bytes,
                   "version is " + std::to_string(metadata.version));
  reporter.require(!metadata.created_by || is_created_by(*metadata.created_by), Rule::kCreatedBy, offset_bytes,
                   "created_by `" + metadata.created_by.value_or("") + "` has no version that readers find");
  uint64_t row_count = 0;  // Unsigned, as all sums of what a file says: it may say anything.
  for (const RowGroup& group : metadata.row_groups) {
    row_count += static_cast<uint64_t>(group.row_count);
  }
  reporter.require_equal(static_cast<uint64_t>(metadata.row_count), row_count, Rule::kFileRows, offset_bytes, "num_rows");
  if (metadata.column_order_count) {
    reporter.require_equal(*metadata.column_order_count, leaf_count, Rule::kColumnOrders, offset_bytes, "the number of column_orders");
  } else {
    reporter.require(!has_bounds(metadata), Rule::kColumnOrders, offset_bytes,
                     "bounds are written and column_orders is missing: their meaning is not defined");
  }
}

// Every byte belongs to one chunk at most. A chunk with a negative offset or size is found elsewhere.
void check_overlaps(const FileMetadata& metadata, const Reporter& reporter) {
  std::vector<std::pair<int64_t, int64_t>> extents;
  for (const RowGroup& group : metadata.row_groups) {
    for (const ColumnChunk& chunk : group.columns) {
      if (chunk.first_page_offset() >= 0 && !chunk.is_without_pages()) {
        extents.emplace_back(chunk.first_page_offset(), chunk.compressed_bytes);
      }
    }
  }
  std::sort(extents.begin(), extents.end());
  for (size_t index = 1; index < extents.size(); ++index) {
    const auto& [previous_offset, previous_bytes] = extents[index - 1];
    reporter.require(extents[index].first - previous_offset >= previous_bytes, Rule::kChunkPlace,
                     static_cast<uint64_t>(extents[index].first), "a chunk begins inside the one before it");
  }
}

// A file that grows may name its newest row group first: the footers before it stand behind.
bool is_listed_newest_first(const FileMetadata& metadata) {
  return metadata.row_groups.size() > 1 && metadata.row_groups.front().ordinal == static_cast<int64_t>(metadata.row_groups.size() - 1);
}

}  // namespace

Summary verify_file(const std::string& path, Findings& findings, const JsonValue* expected_schema) {
  return verify_file(FileReader(path), findings, expected_schema);
}

Summary verify_file(const FileReader& file, Findings& findings, const JsonValue* expected_schema) {
  const Reporter reporter(findings, "");
  Summary summary;
  summary.size_bytes = file.size_bytes();
  const std::optional<FileFooter> footer = read_file_footer(file, reporter);
  if (!footer) {
    return summary;
  }
  const FileMetadata* const metadata = &footer->metadata;
  const std::vector<Leaf> leaves = read_schema(*metadata, reporter, footer->offset_bytes);
  summary = {file.size_bytes(), static_cast<uint64_t>(metadata->row_count), metadata->row_groups.size(), leaves.size(),
             metadata->created_by.value_or("")};
  if (leaves.empty()) {
    return summary;
  }
  if (expected_schema != nullptr) {
    check_expected_schema(*expected_schema, *metadata, footer->offset_bytes, reporter);
  }
  check_file(*metadata, leaves.size(), footer->offset_bytes, reporter);
  check_arrow_schema(*metadata, leaves, footer->offset_bytes, reporter);
  check_overlaps(*metadata, reporter);
  const size_t last = metadata->row_groups.size() - 1;
  const bool is_newest_first = is_listed_newest_first(*metadata);
  for (size_t index = 0; index < metadata->row_groups.size(); ++index) {
    const RowGroupPlace place{index, is_newest_first ? last - index : index, footer->offset_bytes, footer->offset_bytes};
    check_row_group(file, leaves, metadata->row_groups[index], place, reporter);
  }
  return summary;
}

}  // namespace pqflow::verify
