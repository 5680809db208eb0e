#include "parquet/footer_fixture.hpp"

namespace pqflow::parquet::test {
namespace {

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
  FileMetadata metadata(schema_, PQFLOW_FLOAT_ORDER_TYPE_ORDER, 200000);
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

}  // namespace
}  // namespace pqflow::parquet::test
