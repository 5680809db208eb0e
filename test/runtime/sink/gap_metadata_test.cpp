// What a file says of the records that were refused while it was captured.
#include <gtest/gtest.h>

#include "sink/agent_bench.hpp"

namespace pqflow::sink::test {
namespace {

std::string key(const ProbedFile& file, const std::string& name) {
  const auto found = file.key_values.find("pqflow:" + name);
  return found != file.key_values.end() ? found->second : "(none)";
}

// Fills the ring, is refused `refused` times.
void overflow(AgentBench& bench, uint64_t refused) {
  bench.log_many(UINT64_MAX);
  for (uint64_t i = 1; i < refused; ++i) {
    bench.log(0);
  }
}

TEST(GapMetadata, says_where_the_file_begins_and_how_many_records_it_holds) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(40);
  ASSERT_TRUE(bench.flush().is_ok());
  bench.log_many(2);
  ASSERT_TRUE(bench.close().is_ok());
  const auto files = bench.folder.files();
  EXPECT_EQ(key(files[0], "sequence_first"), "0");
  EXPECT_EQ(key(files[0], "sequence_count"), "40");
  EXPECT_EQ(key(files[0], "dropped_records"), "0");
  EXPECT_EQ(key(files[0], "gaps"), "[]");
  EXPECT_EQ(key(files[0], "gaps_unlisted"), "(none)");
  EXPECT_EQ(key(files[1], "sequence_first"), "40");
  EXPECT_EQ(key(files[1], "sequence_count"), "2");
}

TEST(GapMetadata, lists_each_gap_in_the_file_that_holds_the_record_behind_it) {
  AgentBench bench({.slot_count = 64});
  ASSERT_TRUE(bench.begin().is_ok());
  overflow(bench, 5);
  bench.work();
  overflow(bench, 3);
  bench.work();
  bench.log_many(1);
  ASSERT_TRUE(bench.flush().is_ok());
  overflow(bench, 2);
  bench.work();
  bench.log_many(1);
  ASSERT_TRUE(bench.close().is_ok());
  const auto files = bench.folder.files();
  EXPECT_EQ(key(files[0], "gaps"), "[[64,5],[128,3]]");
  EXPECT_EQ(key(files[0], "dropped_records"), "8");
  EXPECT_EQ(key(files[1], "gaps"), "[[193,2]]");
  EXPECT_EQ(key(files[1], "dropped_records"), "2");
}

TEST(GapMetadata, tells_a_gap_at_the_very_end_in_the_last_file) {
  AgentBench bench({.slot_count = 64});
  ASSERT_TRUE(bench.begin().is_ok());
  overflow(bench, 7);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(key(bench.folder.files()[0], "gaps"), "[[64,7]]");
}

TEST(GapMetadata, splits_a_gap_that_goes_on_after_a_flush_between_both_files) {
  AgentBench bench({.slot_count = 64, .slot_release = PQFLOW_SLOT_RELEASE_WHEN_PERSISTED});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.system.fail_from_now_on(ENOSPC);
  overflow(bench, 7);
  EXPECT_FALSE(bench.flush().is_ok());
  bench.system.heal();
  // The row group goes out and frees the ring; the footer then fails, and the producer is refused before the same record again.
  bench.system.fail(ENOSPC, bench.system.call_count() + 1, 1);
  EXPECT_FALSE(bench.flush().is_ok());
  bench.lane->producer.limit_index = bench.lane->producer.head_index;
  bench.lane->consumer.tail_index = 0;
  EXPECT_EQ(bench.log(0), PQFLOW_STATUS_RING_FULL);
  bench.lane->consumer.tail_index = 64;
  ASSERT_TRUE(bench.flush().is_ok());
  bench.log_many(1);
  ASSERT_TRUE(bench.close().is_ok());
  const auto files = bench.folder.files();
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(key(files[0], "gaps"), "[[64,7]]");
  EXPECT_EQ(key(files[1], "gaps"), "[[64,1]]");
}

TEST(GapMetadata, is_in_a_file_without_rows_when_nothing_was_logged_behind_the_gap) {
  AgentBench bench({.slot_count = 64});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(64);
  ASSERT_TRUE(bench.flush().is_ok());
  // A producer that saw the ring full before the flush counts its refusal behind it.
  bench.lane->producer.limit_index = bench.lane->producer.head_index;
  bench.lane->consumer.tail_index = 0;
  EXPECT_EQ(bench.log(0), PQFLOW_STATUS_RING_FULL);
  bench.lane->consumer.tail_index = 64;
  ASSERT_TRUE(bench.close().is_ok());
  const auto files = bench.folder.files();
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(key(files[0], "dropped_records"), "0");
  EXPECT_EQ(files[1].row_count, 0);
  EXPECT_EQ(key(files[1], "gaps"), "[[64,1]]");
}

TEST(GapMetadata, of_a_file_set_aside_is_told_by_the_next) {
  AgentBench bench({.slot_count = 64});
  ASSERT_TRUE(bench.begin().is_ok());
  overflow(bench, 5);
  bench.system.fail_next_sync(EIO);
  EXPECT_FALSE(bench.flush().is_ok());
  EXPECT_FALSE(bench.close().is_ok());
  const auto files = bench.folder.files();
  ASSERT_EQ(files.size(), 1U) << "without rows";
  EXPECT_EQ(key(files[0], "gaps"), "[[64,5]]");
  EXPECT_EQ(key(files[0], "sequence_first"), "64");
}

TEST(GapMetadata, leaves_a_gap_to_the_next_file_when_the_record_behind_it_is_there_already) {
  AgentBench bench({.slot_count = 64});
  ASSERT_TRUE(bench.begin().is_ok());
  overflow(bench, 5);
  bench.system.at_next_write([&] { EXPECT_EQ(bench.log_many(1), 1U); });
  ASSERT_TRUE(bench.flush().is_ok());
  ASSERT_TRUE(bench.close().is_ok());
  const auto files = bench.folder.files();
  EXPECT_EQ(key(files[0], "gaps"), "[]");
  EXPECT_EQ(key(files[1], "gaps"), "[[64,5]]");
}

TEST(GapMetadata, counts_what_the_lane_s_list_had_no_room_for) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.lane->producer.unlisted_dropped_count = 9;
  bench.log_many(1);
  ASSERT_TRUE(bench.flush().is_ok());
  bench.log_many(1);
  ASSERT_TRUE(bench.close().is_ok());
  const auto files = bench.folder.files();
  EXPECT_EQ(key(files[0], "gaps_unlisted"), "9");
  EXPECT_EQ(key(files[0], "dropped_records"), "9");
  EXPECT_EQ(key(files[1], "dropped_records"), "0");
}

TEST(GapMetadata, lists_a_thousand_gaps_and_counts_the_rest) {
  AgentBench bench({.slot_count = 64, .footer_cap_bytes = 4 << 20});
  ASSERT_TRUE(bench.begin().is_ok());
  for (int round = 0; round < 1100; ++round) {
    overflow(bench, 2);
    bench.work();
  }
  bench.log_many(1);
  ASSERT_TRUE(bench.close().is_ok());
  const ProbedFile file = bench.folder.files()[0];
  const std::string gaps = key(file, "gaps");
  EXPECT_EQ(std::count(gaps.begin(), gaps.end(), '['), 1001);
  EXPECT_EQ(key(file, "dropped_records"), "2200");
  EXPECT_EQ(key(file, "gaps_unlisted"), "200");
  EXPECT_EQ(bench.lane->producer.unlisted_dropped_count, 0U);
}

TEST(GapMetadata, is_left_out_when_only_the_schema_is_wanted) {
  AgentBench bench({.slot_count = 64, .metadata = PQFLOW_METADATA_SCHEMA_ONLY});
  ASSERT_TRUE(bench.begin().is_ok());
  overflow(bench, 7);
  ASSERT_TRUE(bench.close().is_ok());
  const ProbedFile file = bench.folder.files()[0];
  for (const auto& [name, value] : file.key_values) {
    EXPECT_TRUE(name == "pqflow:schema") << name << " = " << value;
  }
}

TEST(GapMetadata, ends_although_a_producer_scribbles_on_its_gap_list) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(10);
  bench.lane->producer.gap_head_index = 1024;
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 10));
}

}  // namespace
}  // namespace pqflow::sink::test
