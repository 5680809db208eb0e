// schema.hpp: the builder says what the definition would, the sink object owns its sink.
#include <cstring>
#include <pqflow/schema.hpp>
#include <stdexcept>
#include <utility>

#include "schema/definitions.hpp"
#include "sink/capture_folder.hpp"

namespace pqflow::schema::test {
namespace {

uint64_t schema_fingerprint(const pqflow_schema* schema) { return pqflow_schema_descriptor(schema)->schema_fingerprint; }
uint64_t layout_fingerprint(const pqflow_schema* schema) { return pqflow_schema_descriptor(schema)->layout_fingerprint; }

TEST(SchemaBuilder, makes_the_schema_of_the_same_definition) {
  pqflow_column time = annotated(column("time", PQFLOW_PHYSICAL_INT64), PQFLOW_LOGICAL_TIMESTAMP);
  time.time_unit = PQFLOW_UNIT_NANOS;
  time.is_adjusted_to_utc = 1;
  pqflow_column symbol = annotated(column("symbol", PQFLOW_PHYSICAL_BYTE_ARRAY, 8), PQFLOW_LOGICAL_STRING);
  symbol.storage = PQFLOW_STORAGE_PADDED_TEXT;
  symbol.pad_byte = ' ';
  const SchemaPointer defined = create(
      {time, symbol, nullable(column("flag", PQFLOW_PHYSICAL_BOOLEAN)), with_id(column("i32", PQFLOW_PHYSICAL_INT32), 7),
       column("i96", PQFLOW_PHYSICAL_INT96), column("f", PQFLOW_PHYSICAL_FLOAT), column("d", PQFLOW_PHYSICAL_DOUBLE),
       column("raw", PQFLOW_PHYSICAL_BYTE_ARRAY, 20), annotated(column("text", PQFLOW_PHYSICAL_BYTE_ARRAY, 300), PQFLOW_LOGICAL_STRING),
       column("key", PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY, 5),
       annotated(column("id", PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY, 16), PQFLOW_LOGICAL_UUID),
       annotated(column("day", PQFLOW_PHYSICAL_INT32), PQFLOW_LOGICAL_DATE), integer("u8", 8, false)});
  const Schema built = SchemaBuilder("probe")
                           .timestamp("time", PQFLOW_UNIT_NANOS, true)
                           .padded("symbol", 8, ' ')
                           .boolean("flag")
                           .nullable()
                           .int32("i32")
                           .id(7)
                           .int96("i96")
                           .float32("f")
                           .float64("d")
                           .bytes("raw", 20)
                           .string("text", 300)
                           .fixed("key", 5)
                           .uuid("id")
                           .date("day")
                           .column(integer("u8", 8, false))
                           .build();
  EXPECT_EQ(schema_fingerprint(built.handle()), schema_fingerprint(defined.get()));
  EXPECT_EQ(layout_fingerprint(built.handle()), layout_fingerprint(defined.get()));
  EXPECT_EQ(built.record_size_bytes(), pqflow_schema_record_size_bytes(defined.get()));
}

TEST(SchemaBuilder, throws_what_the_c_function_answers) {
  try {
    SchemaBuilder("probe").int64("a").int64("a").build();
    FAIL() << "two columns of one name were accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), PQFLOW_STATUS_INVALID_DESCRIPTOR);
    EXPECT_NE(std::string(error.what()).find("column `a`: the name is also that of column 0"), std::string::npos) << error.what();
  }
  EXPECT_THROW(SchemaBuilder("probe").nullable(), std::out_of_range);
  EXPECT_THROW(SchemaBuilder("probe").sorted(), std::out_of_range);
}

TEST(SchemaBuilder, says_of_each_column_how_it_is_written) {
  const Schema built = SchemaBuilder("probe")
                           .int64("at")
                           .encoding(PQFLOW_ENCODING_DELTA_BINARY_PACKED)
                           .codec(PQFLOW_CODEC_ZSTD, 3)
                           .string("name", 20)
                           .codec(PQFLOW_CODEC_UNCOMPRESSED)
                           .bloom_filter(0.001, 5'000)
                           .statistics(PQFLOW_COLUMN_STATISTICS_CHUNK)
                           .sorted(true, true)
                           .int32("count")
                           .bloom_filter()
                           .sorted()
                           .build();
  const pqflow_descriptor& descriptor = *pqflow_schema_descriptor(built.handle());
  const pqflow_field& at = descriptor.fields[0];
  const pqflow_field& name = descriptor.fields[1];
  EXPECT_EQ(at.encoding, PQFLOW_ENCODING_DELTA_BINARY_PACKED);
  EXPECT_EQ(at.codec, PQFLOW_CODEC_ZSTD);
  EXPECT_EQ(at.codec_level, 3);
  EXPECT_EQ(at.statistics, PQFLOW_COLUMN_STATISTICS_PAGE);
  EXPECT_EQ(at.bloom_filter_fpp, 0.0);
  EXPECT_EQ(name.encoding, PQFLOW_ENCODING_AUTO);
  EXPECT_EQ(name.codec, PQFLOW_CODEC_UNCOMPRESSED);
  EXPECT_EQ(name.codec_level, PQFLOW_CODEC_LEVEL_DEFAULT);
  EXPECT_EQ(name.statistics, PQFLOW_COLUMN_STATISTICS_CHUNK);
  EXPECT_EQ(name.bloom_filter_fpp, 0.001);
  EXPECT_EQ(name.bloom_filter_ndv, 5'000U);
  EXPECT_EQ(descriptor.fields[2].bloom_filter_fpp, 0.01);
  EXPECT_EQ(descriptor.fields[2].bloom_filter_ndv, 0U);
  ASSERT_EQ(descriptor.sorting_column_count, 2U);
  EXPECT_EQ(descriptor.sorting_columns[0].column_index, 1U);
  EXPECT_EQ(descriptor.sorting_columns[0].is_descending, 1);
  EXPECT_EQ(descriptor.sorting_columns[0].is_nulls_first, 1);
  EXPECT_EQ(descriptor.sorting_columns[1].column_index, 2U);
  EXPECT_EQ(descriptor.sorting_columns[1].is_descending, 0);
}

TEST(SchemaBuilder, opens_sinks_that_own_themselves) {
  const sink::test::CaptureFolder folder;
  Schema schema = SchemaBuilder("probe").int64("sequence").build();
  pqflow_options options = schema.default_options();
  options.codec = PQFLOW_CODEC_UNCOMPRESSED;
  SchemaSink opened(schema, folder.path("t.parquet"), options);
  SchemaSink sink(std::move(opened));
  EXPECT_THROW(SchemaSink(schema, folder.path("no/such/folder/t.parquet")), Error);
  const Schema moved(std::move(schema));
  const int64_t sequence = 5;
  EXPECT_EQ(sink.log(&sequence, sizeof sequence), PQFLOW_STATUS_OK);
  EXPECT_EQ(sink.log(&sequence, 4), PQFLOW_STATUS_RECORD_SIZE_MISMATCH);
  EXPECT_EQ(moved.column("sequence")->offset_bytes, 0U);
  sink.close();
  EXPECT_EQ(sink.stats().visible_records, 1U);
  EXPECT_EQ(sink.log(&sequence, sizeof sequence), PQFLOW_STATUS_CLOSED);
  EXPECT_EQ(folder.first_column(), std::vector<uint64_t>{5});
}

}  // namespace
}  // namespace pqflow::schema::test
