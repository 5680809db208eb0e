#include "inspect/file_report.hpp"

#include <algorithm>
#include <cstdio>

#include "inspect/value_text.hpp"
#include "verify/chunk_reader.hpp"
#include "verify/decompress.hpp"
#include "verify/file_footer.hpp"

namespace pqflow::inspect {
namespace {

using verify::ColumnChunk;
using verify::Leaf;

// Adds one column's chunks up.
class ColumnInspector {
 public:
  ColumnInspector(const verify::FileReader& file, const verify::FileFooter& footer, const Leaf& leaf, const verify::Reporter& reporter)
      : file_(file), footer_(footer), reporter_(reporter), order_(leaf) {
    report_.leaf = leaf;
  }

  ColumnReport inspect(size_t column, size_t max_text_length) {
    for (size_t group = 0; group < footer_.metadata.row_groups.size(); ++group) {
      const std::vector<ColumnChunk>& chunks = footer_.metadata.row_groups[group].columns;
      if (column < chunks.size()) {
        add_metadata(chunks[column]);
        add_pages(group, chunks[column]);
      }
    }
    if (range_.has_values()) {
      report_.min = value_text(report_.leaf, range_.min(), max_text_length);
      report_.max = value_text(report_.leaf, range_.max(), max_text_length);
    }
    return std::move(report_);
  }

 private:
  void add_metadata(const ColumnChunk& chunk) {
    const char* const codec = verify::codec_name(chunk.codec);
    report_.codecs.insert(codec == nullptr ? "codec " + std::to_string(chunk.codec) : codec);
    report_.compressed_bytes += static_cast<uint64_t>(std::max<int64_t>(chunk.compressed_bytes, 0));
    report_.bloom_bytes += chunk.bloom_offset ? static_cast<uint64_t>(chunk.bloom_bytes.value_or(0)) : 0;
    report_.has_column_index |= chunk.column_index.has_value();
    report_.has_offset_index |= chunk.offset_index.has_value();
    report_.has_bounds |= chunk.statistics && chunk.statistics->min;
  }

  void add_pages(size_t group, const ColumnChunk& chunk) {
    const bool can_read = chunk.lies_inside(footer_.offset_bytes) && verify::codec_name(chunk.codec) != nullptr &&
                          chunk.type == static_cast<int64_t>(report_.leaf.type);
    if (!can_read) {
      report_.is_complete = false;
      return;
    }
    verify::ChunkReading reading;
    reading.on_data_page = [this](const verify::PageHeader& header, const verify::DecodedPage& page) { weigh(header, page); };
    const verify::ChunkFacts facts = read_chunk(file_, report_.leaf, chunk, reading, reporter_);
    add(group, facts);
  }

  void weigh(const verify::PageHeader& header, const verify::DecodedPage& page) {
    if (report_.first_costs.empty() && !page.values.all.empty()) {
      report_.first_encoding = header.encoding;
      report_.first_value_count = page.values.all.size();
      report_.first_costs = encoding_costs(report_.leaf, page.values.all);
    }
  }

  void add(size_t group, const verify::ChunkFacts& facts) {
    report_.is_complete &= facts.is_complete;
    report_.value_count += facts.values.value_count;
    report_.null_count += facts.values.null_count;
    report_.nan_count += facts.values.nan_count;
    report_.row_count += facts.values.row_count;
    report_.uncompressed_bytes += facts.uncompressed_bytes;
    report_.dictionary_entry_count = std::max(report_.dictionary_entry_count, facts.dictionary_entry_count);
    report_.dictionary_bytes += facts.dictionary_bytes;
    range_.add(order_, facts.values.range);
    for (const verify::PageEncodingStats& stats : facts.encoding_stats) {
      report_.page_counts[{stats.page_type, stats.encoding}] += stats.count;
    }
    for (const verify::PageFacts& page : facts.data_pages) {
      report_.pages.push_back({group, page});
    }
  }

  const verify::FileReader& file_;
  const verify::FileFooter& footer_;
  const verify::Reporter& reporter_;
  verify::ValueOrder order_;
  verify::ObservedRange range_;
  ColumnReport report_;
};

std::vector<std::string> sorting_of(const verify::FileMetadata& metadata, const std::vector<Leaf>& leaves) {
  std::vector<std::string> texts;
  if (!metadata.row_groups.empty()) {
    for (const verify::SortingColumn& sorting : metadata.row_groups[0].sorting) {
      const auto column = static_cast<size_t>(sorting.column_index);
      const std::string name = column < leaves.size() ? leaves[column].dotted_path() : "column " + std::to_string(sorting.column_index);
      texts.push_back(name + (sorting.is_descending ? " DESC" : " ASC") + (sorting.is_nulls_first ? " NULLS FIRST" : " NULLS LAST"));
    }
  }
  return texts;
}

FileReport describe(const verify::FileMetadata& metadata, const std::vector<Leaf>& leaves, uint64_t size_bytes) {
  FileReport report;
  report.size_bytes = size_bytes;
  report.row_count = static_cast<uint64_t>(metadata.row_count);
  report.version = metadata.version;
  for (const verify::RowGroup& group : metadata.row_groups) {
    report.row_group_rows.push_back(static_cast<uint64_t>(group.row_count));
  }
  report.created_by = metadata.created_by.value_or("");
  report.key_values = metadata.key_values;
  report.sorting = sorting_of(metadata, leaves);
  return report;
}

std::string bits_text(uint64_t bytes, size_t count) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", static_cast<double>(bytes) * 8 / static_cast<double>(count));
  return text;
}

// PLAIN_DICTIONARY is the old name of RLE_DICTIONARY.
int64_t modern(int64_t encoding) { return encoding == verify::kPlainDictionary ? int64_t{verify::kRleDictionary} : encoding; }

}  // namespace

std::optional<FileReport> inspect_file(const verify::FileReader& file, size_t max_text_length) {
  verify::Findings findings;
  const verify::Reporter reporter(findings, "");
  const std::optional<verify::FileFooter> footer = read_file_footer(file, reporter);
  if (!footer) {
    return std::nullopt;
  }
  const std::vector<Leaf> leaves = read_schema(footer->metadata, reporter, footer->offset_bytes);
  if (leaves.empty()) {
    return std::nullopt;
  }
  FileReport report = describe(footer->metadata, leaves, file.size_bytes());
  for (size_t column = 0; column < leaves.size(); ++column) {
    report.columns.push_back(ColumnInspector(file, *footer, leaves[column], reporter).inspect(column, max_text_length));
  }
  report.finding_count = findings.total_count();
  return report;
}

std::string reason_of(const ColumnReport& column) {
  if (column.first_costs.empty()) {
    return column.value_count == column.null_count ? "no value but nulls" : "";
  }
  const int64_t used = modern(column.first_encoding);
  std::string chosen;
  std::string others;
  for (const EncodingCost& cost : column.first_costs) {
    const std::string bits = bits_text(cost.bytes, column.first_value_count);
    if (cost.encoding == used) {
      chosen = std::string(encoding_name(used)) + ": " + bits + " bits a value" +
               (used == verify::kRleDictionary ? ", the dictionary with them" : "");
    } else if (cost.encoding != verify::kByteStreamSplit) {
      others += (others.empty() ? "" : ", ") + std::string(encoding_name(cost.encoding)) + ' ' + bits;
    }
  }
  if (chosen.empty()) {
    chosen = std::string(encoding_name(used)) + ": booleans in runs";
  }
  return chosen + (others.empty() ? "" : "; " + others);
}

}  // namespace pqflow::inspect
