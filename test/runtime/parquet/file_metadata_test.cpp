#include "parquet/file_metadata.hpp"

#include <gtest/gtest.h>
#include <libdeflate.h>

#include <regex>
#include <string>
#include <vector>

#include "columns/test_schema.hpp"
#include "encoding/bytes.hpp"
#include "parquet/encoded_row_group.hpp"
#include "parquet/row_group_metadata.hpp"
#include "parquet/thrift_reader.hpp"

namespace pqflow::parquet {
namespace {

using namespace test;
using Bytes = std::vector<uint8_t>;

// Checks the frame (length, PAR1) and reads the struct, which must fill it.
ThriftNode read_footer(const Bytes& footer) {
  EXPECT_EQ(std::string(footer.end() - 4, footer.end()), "PAR1");
  EXPECT_EQ(encoding::load<uint32_t>(footer.data() + footer.size() - 8), footer.size() - 8);
  ThriftReader reader(std::span<const uint8_t>(footer).first(footer.size() - 8));
  ThriftNode node = reader.read_struct();
  EXPECT_EQ(reader.position(), footer.size() - 8);
  return node;
}

class Footer : public ::testing::Test {
 protected:
  Footer()
      : test_schema_({make_field("id", PQFLOW_STORAGE_INT64),
                      optional_field(make_field("note", PQFLOW_STORAGE_PADDED_TEXT, 200), PQFLOW_NULL_BIT),
                      make_field("ratio", PQFLOW_STORAGE_DOUBLE)}) {
    test_schema_.fields()[0].field_id = 7;
    schema_ = test_schema_.build();
    row_group_.row_count = 1000;
    row_group_.uncompressed_bytes = 9000;
    row_group_.compressed_bytes = 4500;
    row_group_.chunks.resize(3);
    for (size_t index = 0; index < 3; ++index) {
      EncodedChunk& chunk = row_group_.chunks[index];
      chunk.offset_bytes = index * 1500;
      chunk.uncompressed_bytes = 3000;
      chunk.compressed_bytes = 1500;
      chunk.value_count = 1000;
      chunk.pages_by_encoding[PQFLOW_ENCODING_PLAIN] = 4;
      chunk.codec = PQFLOW_CODEC_ZSTD;
    }
    row_group_.chunks[0].bounds = {{1, 0, 0, 0, 0, 0, 0, 0}, {9, 0, 0, 0, 0, 0, 0, 0}, true, true, true};
    row_group_.chunks[1].bounds = {{'a'}, {'c'}, true, true, false};
    row_group_.chunks[1].null_count = 17;
    row_group_.chunks[1].byte_array_bytes = 12345;
    row_group_.chunks[1].distinct_count = 12;
    row_group_.chunks[2].nan_count = 1000;
  }

  ThriftNode footer(const FileMetadata& metadata, std::vector<KeyValue> capture = {}) const {
    Bytes out;
    metadata.encode_footer(capture, 0, out);
    return read_footer(out);
  }

  TestSchema test_schema_;
  columns::RecordSchema schema_;
  EncodedRowGroup row_group_;
};

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
  FileMetadata metadata(schema_, 100000);
  const size_t memory_bytes = metadata.memory_bytes();
  for (uint64_t index = 0; index < 200; ++index) {
    metadata.add(row_group_, 4 + index * 5000);
  }
  EXPECT_EQ(metadata.memory_bytes(), memory_bytes);
}

// Two pages of `id`, one of nothing but nulls of `note`, one of `ratio` that has no bounds.
class FooterIndexes : public Footer {
 protected:
  FooterIndexes() {
    indexes_[0].pages = {{600, 600, 0, 0, 0, 700, 0, 8, 8}, {400, 400, 0, 0, 0, 800, 16, 8, 8}};
    indexes_[0].bounds = {1, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0};
    indexes_[1].pages = {{1000, 1000, 1000, 0, 0, 1400, 0, 0, 0}};
    indexes_[0].has_column_index = indexes_[1].has_column_index = true;
    indexes_[2].pages = {{1000, 1000, 0, 1000, 0, 1500, 0, 0, 0}};
    for (size_t column = 0; column < 3; ++column) {
      row_group_.chunks[column].page_index = &indexes_[column];
    }
    row_group_.chunks[1].dictionary_bytes = 100;
  }

  // What is written behind row groups that end at `file_offset`; a struct in it by its absolute place.
  ThriftNode index_at(const Bytes& end, uint64_t file_offset, const ThriftNode& chunk, int offset_id) const {
    const auto offset = static_cast<uint64_t>(chunk.number_at(offset_id)) - file_offset;
    const auto size_bytes = static_cast<size_t>(chunk.number_at(offset_id + 1));
    ThriftReader reader(std::span<const uint8_t>(end).subspan(offset, size_bytes));
    ThriftNode node = reader.read_struct();
    EXPECT_EQ(reader.position(), size_bytes);
    return node;
  }

  // FileMetaData at the end of `end`, whose length says where it begins.
  static ThriftNode footer_of(const Bytes& end, size_t& begin) {
    begin = end.size() - 8 - encoding::load<uint32_t>(end.data() + end.size() - 8);
    return ThriftReader(std::span<const uint8_t>(end).subspan(begin)).read_struct();
  }

  PageIndex indexes_[3];
};

TEST_F(FooterIndexes, lie_before_it_all_column_indexes_then_all_offset_indexes) {
  FileMetadata metadata(schema_);
  metadata.add(row_group_, 4);
  metadata.add(row_group_, 5000);
  Bytes end;
  metadata.encode_footer({}, 9500, end);
  size_t footer_begin;
  const ThriftNode node = footer_of(end, footer_begin);
  uint64_t place = 9500;
  for (const int offset_id : {6, 4}) {
    for (const ThriftNode& row_group : node.at(4).list) {
      for (const ThriftNode& chunk : row_group.at(1).list) {
        if (chunk.has(offset_id)) {
          EXPECT_EQ(chunk.number_at(offset_id), static_cast<int64_t>(place));
          place += static_cast<uint64_t>(chunk.number_at(offset_id + 1));
        }
      }
    }
  }
  EXPECT_EQ(place, 9500 + footer_begin);
  for (const ThriftNode& row_group : node.at(4).list) {
    EXPECT_TRUE(row_group.at(1).list[0].has(6));
    EXPECT_FALSE(row_group.at(1).list[2].has(6)) << "no column index";
    EXPECT_TRUE(row_group.at(1).list[2].has(4)) << "an offset index nevertheless";
    EXPECT_EQ(row_group.at(1).list[0].at(3).number_at(5), 1000) << "what stands before them is unchanged";
  }
}

TEST_F(FooterIndexes, are_left_out_of_a_file_whose_chunks_have_one_page_each) {
  FileMetadata metadata(schema_);
  const PageIndex two_pages = indexes_[0];
  indexes_[0].pages.pop_back();
  metadata.add(row_group_, 4);
  metadata.add(row_group_, 5000);
  const auto index_count = [&metadata] {
    Bytes end;
    metadata.encode_footer({}, 9500, end);
    size_t footer_begin;
    const ThriftNode node = footer_of(end, footer_begin);
    size_t count = 0;
    for (const ThriftNode& row_group : node.at(4).list) {
      for (const ThriftNode& chunk : row_group.at(1).list) {
        count += chunk.has(4) ? 1U : 0U;
        count += chunk.has(6) ? 1U : 0U;
      }
    }
    EXPECT_EQ(footer_begin == 0, count == 0);
    return count;
  };
  EXPECT_EQ(index_count(), 0U);
  indexes_[0] = two_pages;
  metadata.add(row_group_, 7000);
  EXPECT_EQ(index_count(), 15U) << "the other row groups' too: some readers want the index of all chunks or of none";
  metadata.clear();
  indexes_[0].pages.pop_back();
  metadata.add(row_group_, 4);
  EXPECT_EQ(index_count(), 0U) << "the next file";
}

TEST_F(FooterIndexes, hold_places_in_the_file_rows_and_bounds) {
  FileMetadata metadata(schema_);
  metadata.add(row_group_, 5000);
  Bytes end;
  metadata.encode_footer({}, 9500, end);
  size_t footer_begin;
  const ThriftNode node = footer_of(end, footer_begin);
  const std::vector<ThriftNode>& chunks = node.at(4).list[0].at(1).list;
  const ThriftNode locations = index_at(end, 9500, chunks[0], 4);
  const int64_t expected[2][3] = {{5000, 700, 0}, {5700, 800, 600}};
  for (size_t page = 0; page < 2; ++page) {
    for (int id = 1; id <= 3; ++id) {
      EXPECT_EQ(locations.at(1).list[page].number_at(id), expected[page][id - 1]);
    }
  }
  EXPECT_FALSE(locations.has(2)) << "no byte arrays";
  EXPECT_EQ(index_at(end, 9500, chunks[1], 4).at(1).list[0].number_at(1), 5000 + 1500 + 100) << "behind the dictionary";
  EXPECT_EQ(index_at(end, 9500, chunks[1], 4).at(2).list.size(), 1U);
  const ThriftNode bounds = index_at(end, 9500, chunks[0], 6);
  EXPECT_EQ(bounds.at(1).list[0].number, 0) << "no page of nulls";
  EXPECT_EQ(bounds.at(2).list[1].bytes, std::string("\x06\0\0\0\0\0\0\0", 8));
  EXPECT_EQ(bounds.at(3).list[0].bytes, std::string("\x05\0\0\0\0\0\0\0", 8));
  EXPECT_EQ(bounds.number_at(4), 1);
  EXPECT_EQ(bounds.at(5).list[0].number, 0);
  EXPECT_FALSE(bounds.has(8)) << "nan_counts belong to floats";
  const ThriftNode nulls = index_at(end, 9500, chunks[1], 6);
  EXPECT_EQ(nulls.at(1).list[0].number, 1);
  EXPECT_EQ(nulls.at(2).list[0].bytes, "");
  EXPECT_EQ(nulls.at(5).list[0].number, 1000);
}

TEST_F(FooterIndexes, have_histograms_only_where_levels_are_counted) {
  indexes_[0].definition_histograms = {1, 2, 597, 0, 0, 400};
  indexes_[0].repetition_histograms = {500, 100, 400, 0};
  FileMetadata metadata(schema_);
  metadata.add(row_group_, 5000);
  Bytes end;
  metadata.encode_footer({}, 9500, end);
  size_t footer_begin;
  const ThriftNode node = footer_of(end, footer_begin);
  const std::vector<ThriftNode>& chunks = node.at(4).list[0].at(1).list;
  const auto numbers = [](const ThriftNode& list) {
    std::vector<int64_t> result;
    for (const ThriftNode& item : list.list) {
      result.push_back(item.number);
    }
    return result;
  };
  const ThriftNode index = index_at(end, 9500, chunks[0], 6);
  EXPECT_EQ(numbers(index.at(6)), (std::vector<int64_t>{500, 100, 400, 0}));
  EXPECT_EQ(numbers(index.at(7)), (std::vector<int64_t>{1, 2, 597, 0, 0, 400}));
  const ThriftNode& sizes = chunks[0].at(3).at(16);
  EXPECT_FALSE(sizes.has(1)) << "no byte arrays";
  EXPECT_EQ(numbers(sizes.at(2)), (std::vector<int64_t>{900, 100}));
  EXPECT_EQ(numbers(sizes.at(3)), (std::vector<int64_t>{1, 2, 997}));
  EXPECT_FALSE(index_at(end, 9500, chunks[1], 6).has(7));
  EXPECT_FALSE(chunks[1].at(3).at(16).has(3));
  EXPECT_FALSE(chunks[2].at(3).has(16));
}

TEST_F(FooterIndexes, count_in_its_size_and_in_memory_that_is_there) {
  FileMetadata metadata(schema_, 200000);
  const size_t memory_bytes = metadata.memory_bytes();
  for (uint64_t index = 0; index < 200; ++index) {
    Bytes end;
    metadata.encode_footer({}, 1 << 30, end);
    EXPECT_GE(metadata.footer_bytes(), end.size());
    EXPECT_LE(metadata.footer_bytes(), end.size() + 150 + index * 3 * 30);
    metadata.add(row_group_, 4 + index * 5000);
  }
  EXPECT_EQ(metadata.memory_bytes(), memory_bytes);
  metadata.clear();
  EXPECT_LT(metadata.footer_bytes(), 1000U);
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
  metadata.encode_trailer(row_group_, 9000, 123456789012, trailer);
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
  EXPECT_EQ(payload.at(2).list[0].number_at(3), 1000);
  EXPECT_EQ(static_cast<uint64_t>(payload.number_at(3)), schema_.layout_fingerprint);
  EXPECT_EQ(static_cast<uint64_t>(payload.number_at(4)), schema_.schema_fingerprint);
}

}  // namespace
}  // namespace pqflow::parquet
