#include <cstdio>

#include "cli/inspect_output.hpp"
#include "cli/text_table.hpp"
#include "inspect/value_text.hpp"

namespace pqflow::cli {
namespace {

using inspect::ColumnReport;
using inspect::FileReport;

constexpr size_t kKeyValueLength = 100;

std::string fixed(double number, int digits) {
  char text[48];
  std::snprintf(text, sizeof text, "%.*f", digits, number);
  return text;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) {
    text += (text.empty() ? "" : ", ") + part;
  }
  return text;
}

std::string number(uint64_t value) { return std::to_string(value); }

std::string type_text(const ColumnReport& column) {
  const std::string logical = inspect::logical_type_text(column.leaf);
  return logical.empty() ? inspect::physical_type_text(column.leaf) : logical + ' ' + inspect::physical_type_text(column.leaf);
}

// "3 RLE_DICTIONARY, 1 PLAIN V2": data pages by encoding; V1 goes without saying.
std::string encodings_text(const ColumnReport& column) {
  std::vector<std::string> parts;
  for (const auto& [page, count] : column.page_counts) {
    if (page.first != verify::kDictionaryPage) {
      parts.push_back(std::to_string(count) + ' ' + inspect::encoding_name(page.second) + (page.first == verify::kDataPageV2 ? " V2" : ""));
    }
  }
  return joined(parts);
}

std::string extras_text(const ColumnReport& column) {
  std::vector<std::string> parts;
  if (column.dictionary_entry_count != 0) {
    parts.push_back("dictionary of " + number(column.dictionary_entry_count) + ", " + number(column.dictionary_bytes) + " bytes");
  }
  if (column.has_bounds) {
    parts.emplace_back(column.leaf.has_total_order ? "bounds in IEEE_754_TOTAL_ORDER" : "bounds");
  }
  if (column.has_column_index || column.has_offset_index) {
    parts.emplace_back(column.has_column_index ? "column and offset index" : "offset index");
  }
  if (column.bloom_bytes != 0) {
    parts.push_back("bloom filter of " + number(column.bloom_bytes) + " bytes");
  }
  if (!column.is_complete) {
    parts.emplace_back("not all of it can be read");
  }
  return joined(parts);
}

std::string name_of(const ColumnReport& column) { return inspect::printable(column.leaf.dotted_path()); }

std::string file_text(const std::string& path, const FileReport& report) {
  std::string text = inspect::printable(path) + "\n  " + number(report.row_count) + " rows, " + number(report.columns.size()) +
                     " columns, " + number(report.row_group_rows.size()) + " row groups, " + number(report.size_bytes) + " bytes\n";
  text += "  created by " + (report.created_by.empty() ? "an unnamed writer" : inspect::printable(report.created_by)) + "\n";
  if (!report.sorting.empty()) {
    text += "  sorted by " + inspect::printable(joined(report.sorting)) + "\n";
  }
  for (const auto& [key, value] : report.key_values) {
    text += "  " + inspect::printable(key) + " = " + inspect::cut(value, kKeyValueLength) + "\n";
  }
  if (report.finding_count != 0) {
    text += "  " + number(report.finding_count) + " findings while reading: pqflow verify tells them\n";
  }
  return text;
}

std::string sizes_text(const FileReport& report, bool is_styled) {
  TextTable table({{"column", false},
                   {"type", false},
                   {"codec", false},
                   {"values", true},
                   {"nulls", true},
                   {"NaNs", true},
                   {"bytes", true},
                   {"uncompressed", true},
                   {"ratio", true},
                   {"bytes/row", true},
                   {"min", false},
                   {"max", false}});
  for (const ColumnReport& column : report.columns) {
    const auto compressed = static_cast<double>(column.compressed_bytes);
    table.add({name_of(column), type_text(column), joined({column.codecs.begin(), column.codecs.end()}), number(column.value_count),
               number(column.null_count), column.leaf.is_floating() ? number(column.nan_count) : "-", number(column.compressed_bytes),
               number(column.uncompressed_bytes),
               column.compressed_bytes == 0 ? "-" : fixed(static_cast<double>(column.uncompressed_bytes) / compressed, 2),
               report.row_count == 0 ? "-" : fixed(compressed / static_cast<double>(report.row_count), 3), column.min.value_or("-"),
               column.max.value_or("-")});
  }
  return table.text(is_styled);
}

std::string reasons_text(const FileReport& report, bool is_styled) {
  TextTable table({{"column", false}, {"data pages", false}, {"first page, before compression", false}, {"beside them", false}});
  for (const ColumnReport& column : report.columns) {
    table.add({name_of(column), encodings_text(column), reason_of(column), extras_text(column)});
  }
  return table.text(is_styled);
}

std::string pages_text(const FileReport& report, bool is_styled) {
  TextTable table({{"column", false},
                   {"row group", true},
                   {"page", true},
                   {"offset", true},
                   {"bytes", true},
                   {"first row", true},
                   {"values", true},
                   {"nulls", true},
                   {"encoding", false},
                   {"kind", false}});
  for (const ColumnReport& column : report.columns) {
    size_t position = 0;
    size_t group = 0;
    for (const inspect::PageReport& page : column.pages) {
      position = page.row_group == group ? position : 0;
      group = page.row_group;
      table.add({name_of(column), number(group), number(position++), number(page.facts.offset_bytes), number(page.facts.stored_bytes),
                 number(page.facts.first_row), number(page.facts.values.value_count), number(page.facts.values.null_count),
                 inspect::encoding_name(page.facts.encoding), page.facts.type == verify::kDataPageV2 ? "V2" : "V1"});
    }
  }
  return table.text(is_styled);
}

}  // namespace

std::string inspect_text(const std::string& path, const FileReport& report, bool lists_pages, bool is_styled) {
  return file_text(path, report) + "\n" + sizes_text(report, is_styled) + "\n" + reasons_text(report, is_styled) +
         (lists_pages ? "\n" + pages_text(report, is_styled) : "");
}

}  // namespace pqflow::cli
