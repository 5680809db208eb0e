#include "parquet/thrift_writer.hpp"

#include <gtest/gtest.h>
#include <pqflow/descriptor.h>

#include <limits>

#include "parquet/page_header.hpp"
#include "parquet/thrift_reader.hpp"

namespace pqflow::parquet {
namespace {

using Bytes = std::vector<uint8_t>;

TEST(ThriftWriter, writes_the_bytes_of_the_compact_protocol) {
  Bytes out;
  ThriftWriter thrift(out);
  thrift.begin_struct();
  thrift.field_i32(1, 1);       // delta 1, type 5; zigzag 2
  thrift.field_bool(2, true);   // delta 1, type 1
  thrift.field_bool(3, false);  // delta 1, type 2
  thrift.field_i64(20, -1);     // delta 17 > 15: type 6, id as zigzag varint 40
  thrift.field_string(21, "ab");
  thrift.field_i8(22, -2);
  thrift.field_i16(23, 300);
  thrift.field_struct(24);
  thrift.field_i32(1, 0);
  thrift.end_struct();
  thrift.end_struct();
  EXPECT_EQ(out, (Bytes{0x15, 0x02, 0x11, 0x12, 0x06, 0x28, 0x01, 0x18, 0x02, 'a', 'b',
                        0x13, 0xfe, 0x14, 0xd8, 0x04, 0x1c, 0x15, 0x00, 0x00, 0x00}));
}

TEST(ThriftWriter, writes_lists_with_short_and_long_counts) {
  Bytes out;
  ThriftWriter thrift(out);
  thrift.begin_struct();
  thrift.field_list(1, ThriftType::kI32, 2);
  thrift.element_i32(3);
  thrift.element_i32(-1);
  thrift.field_list(2, ThriftType::kBinary, 15);
  for (int index = 0; index < 15; ++index) {
    thrift.element_string("x");
  }
  thrift.end_struct();
  EXPECT_EQ(Bytes(out.begin(), out.begin() + 7), (Bytes{0x19, 0x25, 0x06, 0x01, 0x19, 0xf8, 0x0f}));
  test::ThriftReader reader(out);
  EXPECT_EQ(reader.read_struct().at(2).list.size(), 15U);
  EXPECT_EQ(reader.position(), out.size());
}

TEST(ThriftWriter, counts_field_ids_anew_in_each_struct_of_a_list) {
  Bytes out;
  ThriftWriter thrift(out);
  thrift.begin_struct();
  thrift.field_list(5, ThriftType::kStruct, 2);
  for (int32_t index = 0; index < 2; ++index) {
    thrift.begin_struct();
    thrift.field_i32(7, index);
    thrift.end_struct();
  }
  thrift.field_empty_struct(6);
  thrift.end_struct();
  const test::ThriftNode node = test::ThriftReader(out).read_struct();
  EXPECT_EQ(node.at(5).list[1].number_at(7), 1);
  EXPECT_TRUE(node.at(6).fields.empty());
}

TEST(ThriftWriter, keeps_the_extreme_numbers) {
  Bytes out;
  ThriftWriter thrift(out);
  thrift.begin_struct();
  thrift.field_i64(1, std::numeric_limits<int64_t>::min());
  thrift.field_i64(2, std::numeric_limits<int64_t>::max());
  thrift.field_i32(3, std::numeric_limits<int32_t>::min());
  thrift.end_struct();
  const test::ThriftNode node = test::ThriftReader(out).read_struct();
  EXPECT_EQ(node.number_at(1), std::numeric_limits<int64_t>::min());
  EXPECT_EQ(node.number_at(2), std::numeric_limits<int64_t>::max());
  EXPECT_EQ(node.number_at(3), std::numeric_limits<int32_t>::min());
}

TEST(PageHeader, describes_a_V1_data_page) {
  Bytes out = {1, 2, 3};
  encode_page_header(
      DataPageV1{
          .uncompressed_bytes = 1000, .compressed_bytes = 500, .value_count = 70, .crc = 0xfedcba98, .encoding = PQFLOW_ENCODING_PLAIN},
      out);
  const test::ThriftNode header = test::ThriftReader(out).read_struct();
  EXPECT_EQ(header.number_at(1), 0);
  EXPECT_EQ(header.number_at(2), 1000);
  EXPECT_EQ(header.number_at(3), 500);
  EXPECT_EQ(header.number_at(4), static_cast<int32_t>(0xfedcba98));
  EXPECT_EQ(header.at(5).number_at(1), 70);
  EXPECT_EQ(header.at(5).number_at(2), PQFLOW_ENCODING_PLAIN);
  EXPECT_EQ(header.at(5).number_at(3), PQFLOW_ENCODING_RLE);
  EXPECT_EQ(header.at(5).number_at(4), PQFLOW_ENCODING_RLE);
  EXPECT_EQ(header.fields.size(), 5U);
}

TEST(PageHeader, fits_its_room_whatever_it_says) {
  Bytes out;
  const size_t largest = std::numeric_limits<int32_t>::max();
  encode_page_header(DataPageV1{.uncompressed_bytes = largest,
                                .compressed_bytes = largest,
                                .value_count = largest,
                                .crc = 0x80000000,
                                .encoding = PQFLOW_ENCODING_PLAIN},
                     out);
  EXPECT_LE(out.size(), kMaxPageHeaderBytes);
  encode_page_header(DataPageV2{.uncompressed_bytes = largest,
                                .compressed_bytes = largest,
                                .value_count = largest,
                                .null_count = largest,
                                .row_count = largest,
                                .definition_levels_bytes = largest,
                                .repetition_levels_bytes = largest,
                                .is_compressed = true,
                                .crc = 0x80000000,
                                .encoding = PQFLOW_ENCODING_BYTE_STREAM_SPLIT},
                     out);
  EXPECT_LE(out.size(), kMaxPageHeaderBytes);
}

}  // namespace
}  // namespace pqflow::parquet
