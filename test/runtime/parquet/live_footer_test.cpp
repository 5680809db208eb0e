#include "parquet/live_footer.hpp"

#include "parquet/footer_fixture.hpp"

namespace pqflow::parquet {
namespace {

using pqflow::test::ThriftNode;
using pqflow::test::ThriftReader;
using test::Bytes;

class LiveFooterTest : public test::Footer {
 protected:
  LiveFooterTest() : metadata_(schema_), live_(metadata_.fields(), 0) { live_.begin(published_); }

  void add() {
    metadata_.add(row_group_, 4 + metadata_.row_group_count() * 4500);
    live_.add(metadata_.last_row_group(), row_group_.row_count);
  }
  // As add(), of an interim row group; `ordinal` tells it from others.
  void add_interim(int64_t ordinal) {
    FileMetadata metadata(schema_);
    Bytes trailer;
    metadata.encode_interim(row_group_, 1 << 20, static_cast<size_t>(ordinal), {}, trailer);
    live_.add_interim(metadata.encoded_row_group(), row_group_.row_count);
  }
  std::vector<int64_t> ordinals() const {
    std::vector<int64_t> found;
    const ThriftNode footer = read();
    for (const ThriftNode& row_group : footer.at(4).list) {
      found.push_back(row_group.number_at(7));
    }
    EXPECT_EQ(footer.number_at(3), static_cast<int64_t>(found.size()) * 1000);
    return found;
  }
  // Puts the next publication before what is there.
  void publish() {
    Bytes step;
    live_.encode(step);
    EXPECT_EQ(step.size(), live_.unwritten_bytes());
    step.insert(step.end(), published_.begin(), published_.end());
    published_ = step;
    live_.written();
    EXPECT_EQ(live_.size_bytes(), published_.size());
  }
  // The struct must fill what is published.
  ThriftNode read() const {
    ThriftReader reader(published_);
    ThriftNode node = reader.read_struct();
    EXPECT_EQ(reader.position(), published_.size());
    return node;
  }

  FileMetadata metadata_;
  LiveFooter live_;
  Bytes published_;
};

TEST_F(LiveFooterTest, begins_as_a_footer_without_rows) {
  const ThriftNode footer = read();
  EXPECT_EQ(footer.number_at(1), 1);
  EXPECT_EQ(footer.at(2).list.size(), 4U);
  EXPECT_EQ(footer.number_at(3), 0);
  EXPECT_TRUE(footer.at(4).list.empty());
  EXPECT_EQ(footer.at(7).list.size(), 3U);
}

TEST_F(LiveFooterTest, names_every_row_group_after_every_publication_newest_first) {
  for (int64_t count = 1; count <= 200; ++count) {
    add();
    publish();
    const ThriftNode footer = read();
    EXPECT_EQ(footer.number_at(3), count * 1000);
    ASSERT_EQ(footer.at(4).list.size(), static_cast<size_t>(count));
    EXPECT_EQ(footer.at(4).list.front().number_at(7), count - 1);
    EXPECT_EQ(footer.at(4).list.back().number_at(7), 0);
    EXPECT_EQ(footer.at(4).list.front().number_at(5), 4 + (count - 1) * 4500);
  }
}

TEST_F(LiveFooterTest, publishes_several_row_groups_at_once) {
  add();
  publish();
  add();
  add();
  add();
  publish();
  add();
  publish();
  const ThriftNode footer = read();
  ASSERT_EQ(footer.at(4).list.size(), 5U);
  for (size_t index = 0; index < 5; ++index) {
    EXPECT_EQ(footer.at(4).list[index].number_at(7), static_cast<int64_t>(4 - index));
  }
}

TEST_F(LiveFooterTest, grows_linearly) {
  Bytes step;
  add();
  live_.encode(step);
  const size_t first_bytes = step.size();
  publish();
  for (int count = 1; count < 1000; ++count) {
    add();
    live_.encode(step);
    EXPECT_LE(step.size(), first_bytes + 16) << "numbers take a few more bytes";
    publish();
  }
  EXPECT_EQ(live_.row_group_count(), 1000U);
}

TEST_F(LiveFooterTest, counts_as_far_as_its_three_bytes_go) {
  while (live_.row_group_count() < LiveFooter::kMaxRowGroups) {
    live_.add(Bytes{0x76, 0x02, 0x00}, 1);  // Nothing but an ordinal.
  }
  publish();
  EXPECT_EQ(read().at(4).list.size(), 16383U);
}

TEST_F(LiveFooterTest, names_interim_row_groups_until_others_take_their_place) {
  add();
  publish();
  add_interim(101);
  publish();
  add_interim(102);
  publish();
  EXPECT_EQ(ordinals(), (std::vector<int64_t>{102, 101, 0}));
  live_.drop_interims(2);
  add_interim(103);
  publish();
  EXPECT_EQ(ordinals(), (std::vector<int64_t>{103, 0}));
  live_.drop_interims(1);
  add();
  publish();
  EXPECT_EQ(ordinals(), (std::vector<int64_t>{1, 0}));
  EXPECT_EQ(live_.interim_count(), 0U);
}

TEST_F(LiveFooterTest, drops_interim_row_groups_that_were_not_published_yet) {
  add();
  add_interim(101);
  add_interim(102);
  live_.drop_interims(1);
  add_interim(103);
  publish();
  EXPECT_EQ(ordinals(), (std::vector<int64_t>{103, 101, 0}));
  add_interim(104);
  live_.drop_interims(3);
  add();
  add();
  publish();
  EXPECT_EQ(ordinals(), (std::vector<int64_t>{2, 1, 0}));
}

TEST_F(LiveFooterTest, keeps_every_earlier_footer_as_it_was) {
  std::vector<std::pair<size_t, std::vector<int64_t>>> told;
  uint32_t random = 1;
  for (int64_t step = 0; step < 300; ++step) {
    random = random * 1'664'525 + 1'013'904'223;
    const size_t dropped = (random >> 16) % 3 == 0 ? (random >> 20) % (live_.interim_count() + 1) : 0;
    if ((random >> 24) % 8 == 0) {
      live_.drop_interims(live_.interim_count());
      add();
    } else {
      live_.drop_interims(dropped);
      add_interim(1000 + step);
    }
    if ((random >> 28) % 3 != 0) {
      publish();
      told.emplace_back(published_.size(), ordinals());
    }
  }
  const Bytes last = published_;
  for (const auto& [size_bytes, expected] : told) {
    published_.assign(last.end() - static_cast<ptrdiff_t>(size_bytes), last.end());
    EXPECT_EQ(ordinals(), expected);
  }
  EXPECT_GT(told.size(), 100U);
}

TEST_F(LiveFooterTest, starts_over_with_the_next_file) {
  add();
  publish();
  add();
  live_.begin(published_);
  EXPECT_FALSE(live_.has_unwritten());
  EXPECT_TRUE(read().at(4).list.empty());
  EXPECT_EQ(live_.size_bytes(), published_.size());
}

}  // namespace
}  // namespace pqflow::parquet
