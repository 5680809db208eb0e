#include "parquet/file_metadata.hpp"

#include <gtest/gtest.h>
#include <libdeflate.h>

#include <regex>
#include <string>
#include <vector>

#include "parquet/footer_fixture.hpp"
#include "parquet/row_group_metadata.hpp"

namespace pqflow::parquet {
namespace {

using namespace test;

TEST_F(Footer, of_a_file_without_row_groups_is_complete) {
  const ThriftNode node = footer(FileMetadata(schema_));
  EXPECT_EQ(node.number_at(1), 1) << "version";
  EXPECT_EQ(node.at(2).list.size(), 4U);
  EXPECT_EQ(node.number_at(3), 0);
  EXPECT_TRUE(node.at(4).list.empty());
  EXPECT_FALSE(node.has(5)) << "no key-values";
  EXPECT_EQ(node.at(7).list.size(), 3U);
}

TEST_F(Footer, names_its_writer_in_the_form_that_parquet_java_parses) {
  const std::string created_by = footer(FileMetadata(schema_)).bytes_at(6);
  // VersionParser of parquet-java.
  const std::regex form(R"((.*?)\s+version\s*(?:([^(]*?)\s*(?:\(\s*build\s*([^)]*?)\s*\))?)?)");
  std::smatch parts;
  ASSERT_TRUE(std::regex_match(created_by, parts, form)) << created_by;
  EXPECT_EQ(parts[1], "pqflow");
  EXPECT_TRUE(std::regex_match(parts[2].str(), std::regex(R"(\d+\.\d+\.\d+)"))) << created_by;
  EXPECT_NE(parts[3], "");
}

TEST_F(Footer, gives_every_column_TYPE_ORDER) {
  const ThriftNode node = footer(FileMetadata(schema_));
  for (const ThriftNode& order : node.at(7).list) {
    EXPECT_EQ(order.fields.size(), 1U);
    EXPECT_TRUE(order.at(1).fields.empty());
  }
}

TEST_F(Footer, lists_row_groups_with_offsets_in_the_file) {
  FileMetadata metadata(schema_);
  metadata.add(row_group_, 4);
  metadata.add(row_group_, 5000);
  EXPECT_EQ(metadata.row_count(), 2000U);
  EXPECT_EQ(metadata.row_group_count(), 2U);
  const ThriftNode node = footer(metadata);
  EXPECT_EQ(node.number_at(3), 2000);
  for (size_t index = 0; index < 2; ++index) {
    const ThriftNode& row_group = node.at(4).list[index];
    const int64_t offset = index == 0 ? 4 : 5000;
    EXPECT_EQ(row_group.number_at(2), 9000);
    EXPECT_EQ(row_group.number_at(3), 1000);
    EXPECT_EQ(row_group.number_at(5), offset);
    EXPECT_EQ(row_group.number_at(6), 4500);
    EXPECT_EQ(row_group.number_at(7), static_cast<int64_t>(index));
    EXPECT_EQ(row_group.at(1).list[2].at(3).number_at(9), offset + 3000);
  }
}

TEST_F(Footer, describes_a_column_chunk) {
  FileMetadata metadata(schema_);
  metadata.add(row_group_, 4);
  const ThriftNode node = footer(metadata);
  const ThriftNode& chunk = node.at(4).list[0].at(1).list[1];
  EXPECT_EQ(chunk.number_at(2), 0) << "file_offset is deprecated";
  EXPECT_FALSE(chunk.has(1)) << "file_path";
  const ThriftNode& column = chunk.at(3);
  EXPECT_EQ(column.number_at(1), PQFLOW_PHYSICAL_BYTE_ARRAY);
  EXPECT_EQ(column.at(2).list[0].number, PQFLOW_ENCODING_PLAIN);
  EXPECT_EQ(column.at(2).list[1].number, PQFLOW_ENCODING_RLE);
  EXPECT_EQ(column.at(3).list[0].bytes, "note");
  EXPECT_EQ(column.number_at(4), PQFLOW_CODEC_ZSTD);
  EXPECT_EQ(column.number_at(5), 1000);
  EXPECT_EQ(column.number_at(6), 3000);
  EXPECT_EQ(column.number_at(7), 1500);
  EXPECT_EQ(column.number_at(9), 4 + 1500);
  EXPECT_EQ(column.at(13).list[0].number_at(1), 0);
  EXPECT_EQ(column.at(13).list[0].number_at(2), PQFLOW_ENCODING_PLAIN);
  EXPECT_EQ(column.at(13).list[0].number_at(3), 4);
  EXPECT_EQ(column.at(16).number_at(1), 12345);
}

TEST_F(Footer, writes_both_bounds_or_none_and_always_the_null_count) {
  FileMetadata metadata(schema_);
  metadata.add(row_group_, 4);
  const ThriftNode node = footer(metadata);
  const auto statistics = [&node](size_t column) { return node.at(4).list[0].at(1).list[column].at(3).at(12); };
  EXPECT_EQ(statistics(0).number_at(3), 0);
  EXPECT_EQ(statistics(0).bytes_at(5), std::string("\x09\0\0\0\0\0\0\0", 8));
  EXPECT_EQ(statistics(0).bytes_at(6), std::string("\x01\0\0\0\0\0\0\0", 8));
  EXPECT_EQ(statistics(0).number_at(7), 1);
  EXPECT_EQ(statistics(0).number_at(8), 1);
  EXPECT_FALSE(statistics(0).has(9)) << "nan_count belongs to floats";
  EXPECT_EQ(statistics(1).number_at(3), 17);
  EXPECT_EQ(statistics(1).number_at(7), 0) << "max is not exact";
  EXPECT_EQ(statistics(1).number_at(8), 1);
  for (const int id : {1, 2, 4, 5, 6, 7, 8}) {
    EXPECT_FALSE(statistics(2).has(id)) << id;
  }
  EXPECT_EQ(statistics(2).number_at(3), 0);
  EXPECT_EQ(statistics(2).number_at(9), 1000);
  EXPECT_EQ(statistics(1).number_at(4), 12) << "distinct values, where they are known";
}

TEST(FooterStatistics, have_a_NaN_count_for_every_floating_type) {
  TestSchema test_schema({make_field("a", PQFLOW_STORAGE_FLOAT), make_field("b", PQFLOW_STORAGE_DOUBLE),
                          make_field("c", PQFLOW_STORAGE_FLOAT16), make_field("d", PQFLOW_STORAGE_FIXED_BYTES, 2)});
  const columns::RecordSchema schema = test_schema.build();
  EncodedRowGroup row_group;
  row_group.chunks.resize(4);
  FileMetadata metadata(schema);
  metadata.add(row_group, 4);
  Bytes out;
  metadata.encode_footer({}, 0, out);
  const ThriftNode node = read_footer(out);
  for (size_t column = 0; column < 4; ++column) {
    EXPECT_EQ(node.at(4).list[0].at(1).list[column].at(3).at(12).has(9), column < 3) << column;
  }
}

// Field ids of the unions.
std::vector<int> column_orders(const ThriftNode& footer) {
  std::vector<int> orders;
  for (const ThriftNode& order : footer.at(7).list) {
    orders.push_back(order.has(1) ? 1 : order.has(2) ? 2 : 0);
  }
  return orders;
}

TEST_F(Footer, says_in_which_order_the_bounds_of_floating_columns_are) {
  EXPECT_EQ(column_orders(footer(FileMetadata(schema_))), (std::vector<int>{1, 1, 1}));
  const FileMetadata total(schema_, PQFLOW_FLOAT_ORDER_IEEE_754_TOTAL_ORDER);
  EXPECT_EQ(column_orders(footer(total)), (std::vector<int>{1, 1, 2}));
}

TEST_F(Footer, puts_the_schema_text_first_then_its_key_values_then_those_of_the_capture) {
  schema_.schema_json = "{}";
  schema_.key_values = {{"origin", "here"}, {"empty", ""}};
  const ThriftNode node = footer(FileMetadata(schema_), {{"pqflow:dropped", "0"}});
  std::vector<std::pair<std::string, std::string>> entries;
  for (const ThriftNode& entry : node.at(5).list) {
    entries.emplace_back(entry.bytes_at(1), entry.bytes_at(2));
  }
  EXPECT_EQ(entries, (std::vector<std::pair<std::string, std::string>>{
                         {"pqflow:schema", "{}"}, {"origin", "here"}, {"empty", ""}, {"pqflow:dropped", "0"}}));
}

TEST_F(Footer, forgets_the_row_groups_of_the_last_file) {
  FileMetadata metadata(schema_);
  metadata.add(row_group_, 4);
  metadata.clear();
  EXPECT_EQ(metadata.row_count(), 0U);
  EXPECT_EQ(metadata.row_group_count(), 0U);
  metadata.add(row_group_, 4);
  EXPECT_EQ(footer(metadata).at(4).list[0].number_at(7), 0);
}

TEST_F(Footer, states_its_size_closely) {
  FileMetadata metadata(schema_);
  for (uint64_t index = 0; index < 40; ++index) {
    Bytes out;
    metadata.encode_footer({}, 0, out);
    EXPECT_GE(metadata.footer_bytes(), out.size());
    EXPECT_LE(metadata.footer_bytes(), out.size() + 150);
    metadata.add(row_group_, 4 + index * 5000);
  }
}

TEST_F(Footer, takes_row_groups_into_memory_it_already_has) {
  FileMetadata metadata(schema_, PQFLOW_FLOAT_ORDER_TYPE_ORDER, 100000);
  const size_t memory_bytes = metadata.memory_bytes();
  for (uint64_t index = 0; index < 200; ++index) {
    metadata.add(row_group_, 4 + index * 5000);
  }
  EXPECT_EQ(metadata.memory_bytes(), memory_bytes);
}

TEST_F(Footer, leaves_the_ordinal_out_where_its_field_is_too_narrow) {
  Bytes out;
  ThriftWriter thrift(out);
  thrift.begin_struct();
  encode_row_group_fields(column_identities(schema_), row_group_, 4, 32768, thrift);
  thrift.end_struct();
  EXPECT_FALSE(ThriftReader(out).read_struct().has(7));
}

TEST_F(Footer, trailer_holds_the_row_group_and_its_records) {
  FileMetadata metadata(schema_);
  metadata.add(row_group_, 4);
  Bytes trailer = {1, 2, 3};
  const LaneRange lanes[] = {{0, 123456789012, 600}, {7, 5, 400}};
  metadata.encode_trailer(row_group_, 9000, lanes, trailer);
  EXPECT_EQ(std::string(trailer.begin(), trailer.begin() + 4), "PQT1");
  EXPECT_EQ(std::string(trailer.end() - 4, trailer.end()), "PQT1");
  const size_t payload_bytes = encoding::load<uint32_t>(trailer.data() + 4);
  EXPECT_EQ(trailer.size(), kTrailerHeaderBytes + payload_bytes + kTrailerTailBytes);
  EXPECT_EQ(encoding::load<uint32_t>(trailer.data() + trailer.size() - 8), payload_bytes);
  EXPECT_EQ(encoding::load<uint32_t>(trailer.data() + 8), libdeflate_crc32(0, trailer.data() + kTrailerHeaderBytes, payload_bytes));
  ThriftReader reader(std::span<const uint8_t>(trailer).subspan(kTrailerHeaderBytes, payload_bytes));
  const ThriftNode payload = reader.read_struct();
  EXPECT_EQ(reader.position(), payload_bytes);
  EXPECT_EQ(payload.at(1).number_at(5), 9000);
  EXPECT_EQ(payload.at(1).number_at(7), 1) << "its ordinal, once it is added";
  EXPECT_EQ(payload.at(1).at(1).list.size(), 3U);
  EXPECT_EQ(payload.at(2).list[0].number_at(1), 0);
  EXPECT_EQ(payload.at(2).list[0].number_at(2), 123456789012);
  EXPECT_EQ(payload.at(2).list[0].number_at(3), 600);
  ASSERT_EQ(payload.at(2).list.size(), 2U);
  EXPECT_EQ(payload.at(2).list[1].number_at(1), 7);
  EXPECT_EQ(payload.at(2).list[1].number_at(2), 5);
  EXPECT_EQ(payload.at(2).list[1].number_at(3), 400);
  EXPECT_EQ(static_cast<uint64_t>(payload.number_at(3)), schema_.layout_fingerprint);
  EXPECT_EQ(static_cast<uint64_t>(payload.number_at(4)), schema_.schema_fingerprint);
  EXPECT_FALSE(payload.has(5)) << "TYPE_ORDER";
}

TEST_F(Footer, trailer_says_when_floating_columns_are_in_total_order) {
  Bytes trailer;
  FileMetadata(schema_, PQFLOW_FLOAT_ORDER_IEEE_754_TOTAL_ORDER).encode_trailer(row_group_, 4, {}, trailer);
  ThriftReader reader(std::span<const uint8_t>(trailer).subspan(kTrailerHeaderBytes));
  EXPECT_EQ(reader.read_struct().number_at(5), 2);
}

}  // namespace
}  // namespace pqflow::parquet
