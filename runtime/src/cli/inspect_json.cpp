#include "cli/inspect_output.hpp"
#include "cli/json_text.hpp"
#include "inspect/value_text.hpp"

namespace pqflow::cli {
namespace {

using inspect::ColumnReport;
using inspect::FileReport;

// Members of an object, or elements of an array, one after the other.
class JsonList {
 public:
  JsonList(char open, char close) : text_(1, open), close_(close) {}
  JsonList& add(const std::string& element) {
    text_ += (text_.size() == 1 ? "" : ",") + element;
    return *this;
  }
  JsonList& add(const char* name, const std::string& value) { return add('"' + std::string(name) + "\":" + value); }
  JsonList& add(const char* name, uint64_t value) { return add(name, std::to_string(value)); }
  JsonList& flag(const char* name, bool value) { return add(name, std::string(value ? "true" : "false")); }
  std::string text() const { return text_ + close_; }

 private:
  std::string text_;
  char close_;
};

JsonList object() { return {'{', '}'}; }
JsonList array() { return {'[', ']'}; }

std::string page_kind(int64_t type) {
  return type == verify::kDictionaryPage ? "DICTIONARY_PAGE" : type == verify::kDataPageV2 ? "DATA_PAGE_V2" : "DATA_PAGE";
}

std::string encodings_json(const ColumnReport& column) {
  JsonList list = array();
  for (const auto& [page, count] : column.page_counts) {
    list.add(object()
                 .add("page", json_text(page_kind(page.first)))
                 .add("encoding", json_text(inspect::encoding_name(page.second)))
                 .add("count", static_cast<uint64_t>(count))
                 .text());
  }
  return list.text();
}

std::string first_page_json(const ColumnReport& column) {
  JsonList costs = object();
  for (const inspect::EncodingCost& cost : column.first_costs) {
    costs.add(inspect::encoding_name(cost.encoding), cost.bytes);
  }
  return object()
      .add("encoding", json_text(inspect::encoding_name(column.first_encoding)))
      .add("values", column.first_value_count)
      .add("bytesIn", costs.text())
      .add("reason", json_text(reason_of(column)))
      .text();
}

std::string pages_json(const ColumnReport& column) {
  JsonList list = array();
  for (const inspect::PageReport& page : column.pages) {
    list.add(object()
                 .add("rowGroup", page.row_group)
                 .add("page", json_text(page_kind(page.facts.type)))
                 .add("encoding", json_text(inspect::encoding_name(page.facts.encoding)))
                 .add("offset", page.facts.offset_bytes)
                 .add("bytes", page.facts.stored_bytes)
                 .add("firstRow", page.facts.first_row)
                 .add("values", page.facts.values.value_count)
                 .add("nulls", page.facts.values.null_count)
                 .text());
  }
  return list.text();
}

std::string text_or_null(const std::optional<std::string>& text) { return text ? json_text(*text) : "null"; }

std::string column_json(const ColumnReport& column, bool lists_pages) {
  JsonList codecs = array();
  for (const std::string& codec : column.codecs) {
    codecs.add(json_text(codec));
  }
  JsonList json = object();
  json.add("path", json_text(column.leaf.dotted_path()))
      .add("physicalType", json_text(inspect::physical_type_text(column.leaf)))
      .add("logicalType", json_text(inspect::logical_type_text(column.leaf)))
      .add("codecs", codecs.text())
      .add("encodings", encodings_json(column))
      .add("rows", column.row_count)
      .add("values", column.value_count)
      .add("nulls", column.null_count)
      .add("nans", column.nan_count)
      .add("bytes", column.compressed_bytes)
      .add("uncompressedBytes", column.uncompressed_bytes)
      .add("min", text_or_null(column.min))
      .add("max", text_or_null(column.max))
      .add("dictionaryEntries", column.dictionary_entry_count)
      .add("dictionaryBytes", column.dictionary_bytes)
      .add("bloomFilterBytes", column.bloom_bytes)
      .flag("bounds", column.has_bounds)
      .flag("totalOrder", column.leaf.has_total_order)
      .flag("columnIndex", column.has_column_index)
      .flag("offsetIndex", column.has_offset_index)
      .flag("complete", column.is_complete)
      .add("firstPage", first_page_json(column));
  if (lists_pages) {
    json.add("pages", pages_json(column));
  }
  return json.text();
}

}  // namespace

std::string inspect_json(const std::string& path, const FileReport& report, bool lists_pages) {
  JsonList groups = array();
  for (const uint64_t rows : report.row_group_rows) {
    groups.add(std::to_string(rows));
  }
  JsonList key_values = array();
  for (const auto& [key, value] : report.key_values) {
    key_values.add(object().add("key", json_text(key)).add("value", json_text(value)).text());
  }
  JsonList sorting = array();
  for (const std::string& text : report.sorting) {
    sorting.add(json_text(text));
  }
  JsonList columns = array();
  for (const ColumnReport& column : report.columns) {
    columns.add(column_json(column, lists_pages));
  }
  return object()
             .add("file", json_text(path))
             .add("bytes", report.size_bytes)
             .add("rows", report.row_count)
             .add("version", std::to_string(report.version))
             .add("rowGroupRows", groups.text())
             .add("createdBy", json_text(report.created_by))
             .add("keyValues", key_values.text())
             .add("sorting", sorting.text())
             .add("findingCount", report.finding_count)
             .add("columns", columns.text())
             .text() +
         "\n";
}

}  // namespace pqflow::cli
