// A capture with a schema made at run time: open, log by pointer and length, read back.
#include <pqflow/pqflow.h>

#include <cstring>
#include <memory>

#include "schema/definitions.hpp"
#include "sink/capture_folder.hpp"

namespace pqflow::schema::test {
namespace {

using sink::test::CaptureFolder;

// An 8-byte column at an odd offset behind a null bit and a boolean.
std::vector<pqflow_column> columns() {
  return {column("sequence", PQFLOW_PHYSICAL_INT64), nullable(column("flag", PQFLOW_PHYSICAL_BOOLEAN))};
}

pqflow_options small_options(const pqflow_schema* schema) {
  pqflow_options options = pqflow_options_default(pqflow_schema_descriptor(schema));
  options.codec = PQFLOW_CODEC_UNCOMPRESSED;
  options.ring_slots_count = 1024;
  options.idle_sleep_max_ns = 20'000;
  return options;
}

struct Capture {
  explicit Capture(const pqflow_schema* schema) {
    const pqflow_options options = small_options(schema);
    EXPECT_EQ(pqflow_schema_sink_open(&sink, schema, folder.path("t.parquet").c_str(), &options, &error), PQFLOW_STATUS_OK)
        << error.message;
  }
  ~Capture() { pqflow_sink_free(sink); }
  Capture(const Capture&) = delete;
  Capture& operator=(const Capture&) = delete;

  CaptureFolder folder;
  pqflow_sink* sink = nullptr;
  pqflow_error error = {};
};

TEST(SchemaSink, writes_records_logged_by_pointer_and_length) {
  const SchemaPointer schema = create(columns());
  Capture capture(schema.get());
  const uint32_t size_bytes = pqflow_schema_record_size_bytes(schema.get());
  ASSERT_EQ(size_bytes, 10U);
  for (int64_t index = 0; index < 100; ++index) {
    uint8_t record[10] = {};
    pqflow_column_store(record, pqflow_schema_column(schema.get(), 0), &index);
    EXPECT_EQ(pqflow_sink_log(capture.sink, record, sizeof record), PQFLOW_STATUS_OK);
  }
  EXPECT_EQ(pqflow_sink_close(capture.sink, &capture.error), PQFLOW_STATUS_OK) << capture.error.message;
  const std::vector<uint64_t> values = capture.folder.first_column();
  ASSERT_EQ(values.size(), 100U);
  EXPECT_EQ(values[0], 0U);
  EXPECT_EQ(values[99], 99U);
}

TEST(SchemaSink, refuses_a_record_of_another_length) {
  const SchemaPointer schema = create(columns());
  Capture capture(schema.get());
  const uint8_t record[16] = {};
  EXPECT_EQ(pqflow_sink_log(capture.sink, record, 9), PQFLOW_STATUS_RECORD_SIZE_MISMATCH);
  EXPECT_EQ(pqflow_sink_log(capture.sink, record, 11), PQFLOW_STATUS_RECORD_SIZE_MISMATCH);
  EXPECT_EQ(pqflow_sink_log(capture.sink, record, 0), PQFLOW_STATUS_RECORD_SIZE_MISMATCH);
  EXPECT_EQ(pqflow_sink_log(capture.sink, record, 10), PQFLOW_STATUS_OK);
  EXPECT_EQ(pqflow_sink_close(capture.sink, &capture.error), PQFLOW_STATUS_OK);
  EXPECT_EQ(capture.folder.first_column().size(), 1U);
}

TEST(SchemaSink, outlives_its_schema) {
  static const char kName[] = "name that is long enough to be on the heap";
  pqflow_enum_value value = {1, {"bid with a name on the heap", 27}};
  pqflow_column side = column(kName, PQFLOW_PHYSICAL_BYTE_ARRAY);
  side.storage = PQFLOW_STORAGE_UINT8;
  side.enum_values = &value;
  side.enum_value_count = 1;
  const pqflow_key_value key_value = {{"venue", 5}, {"XNAS", 4}};
  const std::vector<pqflow_column> all = {column("sequence", PQFLOW_PHYSICAL_INT64), side};
  pqflow_schema_definition definition = define(all);
  definition.key_values = &key_value;
  definition.key_value_count = 1;
  SchemaPointer schema = create(definition);
  Capture capture(schema.get());
  schema.reset();
  value = {};
  const uint8_t record[9] = {7, 0, 0, 0, 0, 0, 0, 0, 1};
  EXPECT_EQ(pqflow_sink_log(capture.sink, record, sizeof record), PQFLOW_STATUS_OK);
  EXPECT_EQ(pqflow_sink_flush(capture.sink, &capture.error), PQFLOW_STATUS_OK) << capture.error.message;
  EXPECT_EQ(pqflow_sink_log(capture.sink, record, sizeof record), PQFLOW_STATUS_OK);
  EXPECT_EQ(pqflow_sink_close(capture.sink, &capture.error), PQFLOW_STATUS_OK) << capture.error.message;
  const auto files = capture.folder.files();
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].first_column, (std::vector<uint64_t>{7, 7}));
  EXPECT_EQ(files[0].key_values.at("venue"), "XNAS");
  EXPECT_NE(files[0].key_values.at("pqflow:schema").find(kName), std::string::npos);
}

TEST(SchemaSink, needs_a_schema) {
  pqflow_sink* sink = nullptr;
  pqflow_error error = {};
  EXPECT_EQ(pqflow_schema_sink_open(&sink, nullptr, "t.parquet", nullptr, &error), PQFLOW_STATUS_INVALID_ARGUMENT);
  EXPECT_EQ(sink, nullptr);
  EXPECT_STRNE(error.message, "");
}

TEST(SchemaSink, leaves_the_level_to_the_codec_where_a_column_names_none) {
  auto with_codecs = columns();
  with_codecs[0].has_codec = with_codecs[1].has_codec = 1;
  with_codecs[0].codec = with_codecs[1].codec = PQFLOW_CODEC_ZSTD;
  with_codecs[1].has_codec_level = 1;
  with_codecs[1].codec_level = 0;
  const SchemaPointer schema = create(with_codecs);
  const pqflow_field* const fields = pqflow_schema_descriptor(schema.get())->fields;
  EXPECT_EQ(fields[0].codec_level, PQFLOW_CODEC_LEVEL_DEFAULT);
  EXPECT_EQ(fields[1].codec_level, 0);
}

TEST(SchemaSink, takes_the_runtimes_defaults) {
  const SchemaPointer schema = create(columns());
  const pqflow_options own = pqflow_options_default(pqflow_schema_descriptor(schema.get()));
  const pqflow_options runtime = pqflow_options_default(nullptr);
  EXPECT_EQ(own.codec, runtime.codec);
  EXPECT_EQ(own.codec_level, runtime.codec_level);
  EXPECT_EQ(own.row_group_rows, runtime.row_group_rows);
}

}  // namespace
}  // namespace pqflow::schema::test
