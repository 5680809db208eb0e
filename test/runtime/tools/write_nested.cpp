// write_nested PATH EXPECTED CODEC ROWS PAGE_ROWS ROW_GROUP_ROWS ENCODING [VERSION]: a Parquet file of the nested columns
// (nested_columns.hpp) through the public interface, and in EXPECTED what a reader must find: a line of JSON per record, every scalar a
// string. CODEC: Parquet's number. ENCODING: PLAIN, AUTO, DICTIONARY, DELTA (for text by prefixes), DELTA_LENGTH or BYTE_STREAM_SPLIT (of
// floating point), where a column's type has it, else PLAIN. VERSION: of the data pages, 1 (default) or 2.
#include <pqflow/pqflow.h>

#include <bit>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "columns/encoding_rules.hpp"
#include "columns/nested_model.hpp"
#include "tools/nested_columns.hpp"

namespace pqflow::test {
namespace {

struct Request {
  std::string path;
  std::string expected_path;
  pqflow_codec codec;
  uint64_t row_count;
  uint32_t page_rows;
  uint64_t row_group_rows;
  std::string encoding;
  uint32_t page_version;
};

void require(bool is_right, const char* message) {
  if (!is_right) {
    std::fprintf(stderr, "%s\n", message);
    std::exit(1);
  }
}

// The best first. Neither readers nor the writer have BYTE_STREAM_SPLIT of integers everywhere.
std::vector<uint8_t> encodings_wanted(const pqflow_field& field, const std::string& word) {
  const bool is_text = field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY;
  if (word == "DICTIONARY") {
    return {PQFLOW_ENCODING_RLE_DICTIONARY};
  }
  if (word == "BYTE_STREAM_SPLIT") {
    const bool is_floating = field.physical_type == PQFLOW_PHYSICAL_FLOAT || field.physical_type == PQFLOW_PHYSICAL_DOUBLE;
    return is_floating ? std::vector<uint8_t>{PQFLOW_ENCODING_BYTE_STREAM_SPLIT} : std::vector<uint8_t>{};
  }
  if (word == "DELTA_LENGTH" && is_text) {
    return {PQFLOW_ENCODING_DELTA_LENGTH_BYTE_ARRAY};
  }
  if (word == "DELTA" && is_text) {
    return {PQFLOW_ENCODING_DELTA_BYTE_ARRAY};
  }
  return word == "PLAIN" ? std::vector<uint8_t>{} : std::vector<uint8_t>{PQFLOW_ENCODING_DELTA_BINARY_PACKED, PQFLOW_ENCODING_RLE};
}

uint8_t encoding_of(const pqflow_field& field, const std::string& word) {
  if (word == "AUTO") {
    return PQFLOW_ENCODING_AUTO;
  }
  const std::vector<uint8_t> wanted = encodings_wanted(field, word);
  for (const uint8_t encoding : wanted) {
    if (columns::is_encoding_of(field, encoding)) {
      return encoding;
    }
  }
  return PQFLOW_ENCODING_PLAIN;
}

void log_records(pqflow_sink* sink, const NestedSchema& nested, const pqflow_descriptor& descriptor, const Request& request) {
  std::ofstream expected(request.expected_path);
  std::vector<uint8_t> record(descriptor.record_size_bytes);
  Randomness random{.engine = std::mt19937(2026), .has_claims = true};
  for (uint64_t row = 0; row < request.row_count; ++row) {
    const std::vector<Value> values = random_record(nested.nodes(), random);
    fill(nested.nodes(), values, record.data());
    require(pqflow_sink_log(sink, record.data(), record.size()) == PQFLOW_STATUS_OK, "a record was refused");
    expected << record_json(nested.nodes(), values) << "\n";
  }
}

int write_file(const Request& request) {
  NestedSchema nested(nested_columns());
  for (pqflow_field& field : nested.fields()) {
    if (field.child_count == 0) {
      field.encoding = encoding_of(field, request.encoding);
    }
  }
  const pqflow_descriptor& descriptor = nested.descriptor();
  pqflow_options options = pqflow_options_default(&descriptor);
  options.codec = request.codec;
  options.page_rows = request.page_rows;
  options.data_page_version = request.page_version;
  options.row_group_rows = request.row_group_rows;
  options.ring_slots_count = std::bit_ceil(std::max<uint64_t>(request.row_count, 64));
  options.peak_records_per_s = 0;
  pqflow_open_request open = {};
  open.abi_version = PQFLOW_ABI_VERSION;
  open.struct_size_bytes = sizeof(open);
  open.descriptor = &descriptor;
  open.options = &options;
  open.path = request.path.c_str();
  open.layout_fingerprint = descriptor.layout_fingerprint;
  open.record_size_bytes = descriptor.record_size_bytes;
  pqflow_sink* sink = nullptr;
  pqflow_error error = {};
  require(pqflow_sink_open(&sink, &open, &error) == PQFLOW_STATUS_OK, error.message);
  log_records(sink, nested, descriptor, request);
  require(pqflow_sink_close(sink, &error) == PQFLOW_STATUS_OK, error.message);
  pqflow_sink_free(sink);
  return 0;
}

}  // namespace
}  // namespace pqflow::test

int main(int argc, char** argv) {
  if (argc < 8 || argc > 9) {
    std::fprintf(stderr, "usage: write_nested PATH EXPECTED CODEC ROWS PAGE_ROWS ROW_GROUP_ROWS ENCODING [VERSION]\n");
    return 2;
  }
  return pqflow::test::write_file({.path = argv[1],
                                   .expected_path = argv[2],
                                   .codec = static_cast<pqflow_codec>(std::strtoul(argv[3], nullptr, 10)),
                                   .row_count = std::strtoull(argv[4], nullptr, 10),
                                   .page_rows = static_cast<uint32_t>(std::strtoul(argv[5], nullptr, 10)),
                                   .row_group_rows = std::strtoull(argv[6], nullptr, 10),
                                   .encoding = argv[7],
                                   .page_version = argc > 8 && std::strcmp(argv[8], "2") == 0 ? 2U : 1U});
}
