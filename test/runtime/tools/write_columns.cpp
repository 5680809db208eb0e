// write_columns PATH CODEC ROWS PAGE_ROWS ROW_GROUP_ROWS [ENCODING [NULLS [COLUMNS [VERSION [REPEATS]]]]]: a Parquet file of the probe
// columns (probe_columns.hpp). CODEC: as Parquet names it, at its own level. ENCODING: PLAIN (default), AUTO, or a number: of the encodings
// that exist for a column's type, the one with this number, counted from 0 and round again. NULLS: some (default), none, all, runs.
// COLUMNS: names with commas between them; all by default, and of an empty word. VERSION: of the data pages, 1 (default) or 2. REPEATS:
// rows that have the same values, 1 by default; with more, which filters can skip by, columns have bloom filters too.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "base/system.hpp"
#include "codec/codec.hpp"
#include "columns/encoding_rules.hpp"
#include "io/output_file.hpp"
#include "parquet/encoded_row_group.hpp"
#include "parquet/file_metadata.hpp"
#include "parquet/row_group_writer.hpp"
#include "tools/probe_columns.hpp"

namespace pqflow::test {
namespace {

void require(const base::Result& result) {
  if (!result.is_ok()) {
    std::fprintf(stderr, "%s\n", result.message.c_str());
    std::exit(1);
  }
}

pqflow_codec codec_named(const char* name) {
  for (const pqflow_codec codec :
       {PQFLOW_CODEC_UNCOMPRESSED, PQFLOW_CODEC_SNAPPY, PQFLOW_CODEC_GZIP, PQFLOW_CODEC_BROTLI, PQFLOW_CODEC_ZSTD, PQFLOW_CODEC_LZ4_RAW}) {
    if (std::strcmp(codec::name(codec), name) == 0) {
      return codec;
    }
  }
  std::fprintf(stderr, "no codec is named %s\n", name);
  std::exit(2);
}

// In the order of Parquet's numbers. Left out is what DuckDB cannot read: BYTE_STREAM_SPLIT of integers and fixed bytes, delta encodings of
// decimals that are byte arrays.
std::vector<uint8_t> encodings_of(const pqflow_field& field) {
  const bool is_floating = field.physical_type == PQFLOW_PHYSICAL_FLOAT || field.physical_type == PQFLOW_PHYSICAL_DOUBLE;
  std::vector<uint8_t> encodings;
  for (uint8_t encoding = 0; encoding < parquet::kEncodingCount; ++encoding) {
    const bool is_byte_decimal = field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY && field.logical_type == PQFLOW_LOGICAL_DECIMAL;
    const bool is_delta = encoding == PQFLOW_ENCODING_DELTA_LENGTH_BYTE_ARRAY || encoding == PQFLOW_ENCODING_DELTA_BYTE_ARRAY;
    const bool is_left_out = (encoding == PQFLOW_ENCODING_BYTE_STREAM_SPLIT && !is_floating) || (is_delta && is_byte_decimal);
    if (columns::is_encoding_of(field, encoding) && !is_left_out) {
      encodings.push_back(encoding);
    }
  }
  return encodings;
}

uint8_t encoding_of(const pqflow_field& field, const std::string& word) {
  if (word == "PLAIN" || word == "AUTO") {
    return word == "AUTO" ? PQFLOW_ENCODING_AUTO : PQFLOW_ENCODING_PLAIN;
  }
  const std::vector<uint8_t> encodings = encodings_of(field);
  return encodings[std::stoul(word) % encodings.size()];
}

Nulls nulls_named(const std::string& name) {
  const std::pair<const char*, Nulls> patterns[] = {
      {"some", Nulls::kSome}, {"none", Nulls::kNone}, {"all", Nulls::kAll}, {"runs", Nulls::kRuns}};
  for (const auto& [word, nulls] : patterns) {
    if (name == word) {
      return nulls;
    }
  }
  std::fprintf(stderr, "no pattern of nulls is named %s\n", name.c_str());
  std::exit(2);
}

const ProbeColumns& all_columns() {
  static const ProbeColumns columns;
  return columns;
}

std::vector<ProbeColumn> columns_named(const std::string& names) {
  std::vector<ProbeColumn> chosen;
  for (const ProbeColumn& column : all_columns().all()) {
    if (names.empty() || ("," + names + ",").find("," + std::string(column.field.name) + ",") != std::string::npos) {
      chosen.push_back(column);
    }
  }
  return chosen;
}

class ProbeFile {
 public:
  ProbeFile(const columns::RecordSchema& schema, const std::string& path)
      : file_(io::make_classic_layout(base::real_system_calls())), metadata_(schema) {
    io::FileTarget target;
    target.final_path = path;
    target.in_progress_path = path + ".inprogress";
    target.if_exists = PQFLOW_IF_EXISTS_REPLACE;
    require(file_->begin(target));
  }

  void write(parquet::RowGroupWriter& writer) {
    const parquet::EncodedRowGroup& row_group = writer.finish();
    const uint64_t offset_bytes = file_->offset_bytes();
    std::vector<uint8_t> trailer;
    const parquet::LaneRange lanes[] = {{0, metadata_.row_count(), row_group.row_count}};
    metadata_.encode_trailer(row_group, offset_bytes, lanes, trailer);
    std::vector<io::Bytes> pieces(row_group.pieces.begin(), row_group.pieces.end());
    pieces.emplace_back(trailer);
    require(file_->append_row_group(pieces));
    metadata_.add(row_group, offset_bytes);
    writer.reset();
  }

  void finish() {
    const parquet::KeyValue capture[] = {{"pqflow:probe", "yes"}};
    std::vector<uint8_t> footer;
    metadata_.encode_footer(capture, file_->offset_bytes(), footer);
    require(file_->finish(footer));
  }

 private:
  std::unique_ptr<io::OutputFile> file_;
  parquet::FileMetadata metadata_;
};

struct Contents {
  uint64_t row_count;
  std::string encoding;
  Nulls nulls;
  std::string names;
  uint64_t repeats;
};

bool can_have_bloom_filter(const pqflow_field& field) {
  return field.physical_type != PQFLOW_PHYSICAL_BOOLEAN && field.null_kind != PQFLOW_NULL_ALWAYS && field.storage != PQFLOW_STORAGE_NONE;
}

int write_file(const std::string& path, const parquet::RowGroupOptions& options, const Contents& contents) {
  const std::vector<ProbeColumn> probe = columns_named(contents.names);
  TestSchema test_schema;
  for (const ProbeColumn& column : probe) {
    pqflow_field field = column.field;
    field.encoding = encoding_of(field, contents.encoding);
    if (contents.repeats > 1 && can_have_bloom_filter(field)) {
      field.bloom_filter_fpp = 0.01;
    }
    test_schema.add(field);
  }
  test_schema.lay_out();
  const pqflow_key_value key_values[] = {{text_of("origin"), text_of("probe columns")}};
  test_schema.descriptor().key_values = key_values;
  test_schema.descriptor().key_value_count = 1;
  test_schema.descriptor().schema_json = text_of("{\"name\":\"probe\"}");
  columns::RecordSchema schema;
  require(columns::RecordSchema::build(test_schema.descriptor(), nullptr, schema));
  require(parquet::check_options(schema, options));

  parquet::RowGroupWriter writer(schema, options);
  ProbeFile file(schema, path);
  std::vector<uint8_t> record(schema.slot_size_bytes);
  for (uint64_t row = 0; row < contents.row_count; ++row) {
    for (size_t index = 0; index < probe.size(); ++index) {
      fill({schema.fields[index], probe[index].content}, row / contents.repeats, contents.nulls, record.data());
    }
    writer.append(record.data(), 1);
    if (writer.room_rows() == 0) {
      file.write(writer);
    }
  }
  if (writer.row_count() != 0) {
    file.write(writer);
  }
  file.finish();
  std::printf("{\"invalid_values\": %llu}\n", static_cast<unsigned long long>(writer.invalid_values()));
  return 0;
}

}  // namespace
}  // namespace pqflow::test

int main(int argc, char** argv) {
  if (argc < 6 || argc > 11) {
    std::fprintf(stderr,
                 "usage: write_columns PATH CODEC ROWS PAGE_ROWS ROW_GROUP_ROWS [ENCODING [NULLS [COLUMNS [VERSION [REPEATS]]]]]\n");
    return 2;
  }
  pqflow::parquet::RowGroupOptions options;
  options.codec = pqflow::test::codec_named(argv[2]);
  options.page_rows = static_cast<uint32_t>(std::strtoul(argv[4], nullptr, 10));
  options.row_group_rows = std::strtoull(argv[5], nullptr, 10);
  options.data_page_version = argc > 9 && std::strcmp(argv[9], "2") == 0 ? 2 : 1;
  return pqflow::test::write_file(argv[1], options,
                                  {.row_count = std::strtoull(argv[3], nullptr, 10),
                                   .encoding = argc > 6 ? argv[6] : "PLAIN",
                                   .nulls = pqflow::test::nulls_named(argc > 7 ? argv[7] : "some"),
                                   .names = argc > 8 ? argv[8] : "",
                                   .repeats = argc > 10 ? std::strtoull(argv[10], nullptr, 10) : 1});
}
