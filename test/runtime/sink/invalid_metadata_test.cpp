// What a file and the statistics say of values that were replaced by their substitute.
#include <gtest/gtest.h>

#include "sink/agent_bench.hpp"

namespace pqflow::sink::test {
namespace {

constexpr size_t kSymbol = 2;

std::string invalid_values(const ProbedFile& file) {
  const auto found = file.key_values.find("pqflow:invalid_values");
  return found != file.key_values.end() ? found->second : "(none)";
}

// A symbol that is no UTF-8.
void log_invalid(AgentBench& bench) {
  Tick tick = make_tick(0);
  tick.symbol[0] = '\xff';
  ASSERT_EQ(pqflow_lane_log(bench.lane, &tick, sizeof tick, bench.geometry.slot_size_bytes), PQFLOW_STATUS_OK);
}

TEST(InvalidMetadata, names_the_columns_that_have_any_and_how_many) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(5);
  log_invalid(bench);
  log_invalid(bench);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(invalid_values(bench.folder.files()[0]), R"({"symbol":2})");
  EXPECT_EQ(bench.counters.column_invalid_values[0].load(), 0U);
  EXPECT_EQ(bench.counters.column_invalid_values[kSymbol].load(), 2U);
  EXPECT_EQ(bench.counters.invalid_values.load(), 2U);
}

TEST(InvalidMetadata, is_left_out_where_there_are_none) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(5);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(invalid_values(bench.folder.files()[0]), "(none)");
}

TEST(InvalidMetadata, counts_for_each_file_its_own) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  log_invalid(bench);
  ASSERT_TRUE(bench.flush().is_ok());
  bench.log_many(1);
  ASSERT_TRUE(bench.flush().is_ok());
  log_invalid(bench);
  log_invalid(bench);
  ASSERT_TRUE(bench.close().is_ok());
  const auto files = bench.folder.files();
  EXPECT_EQ(invalid_values(files[0]), R"({"symbol":1})");
  EXPECT_EQ(invalid_values(files[1]), "(none)");
  EXPECT_EQ(invalid_values(files[2]), R"({"symbol":2})");
  EXPECT_EQ(bench.counters.column_invalid_values[kSymbol].load(), 3U);
}

// A live file has an end: the row group that does not fit was counted before the file learnt that it is full.
TEST(InvalidMetadata, of_a_row_group_that_has_no_room_is_told_by_the_file_it_goes_into) {
  for (const size_t encoder_count : {1, 2}) {
    AgentBench bench({.slot_count = 131'072,
                      .row_group_rows = 100'000,
                      .rotate_bytes = uint64_t{64} << 10,
                      .encoder_count = encoder_count,
                      .row_group_bytes = uint64_t{16} << 20,
                      .layout = PQFLOW_FILE_LAYOUT_LIVE});
    ASSERT_TRUE(bench.begin().is_ok());
    log_invalid(bench);
    ASSERT_TRUE(bench.flush().is_ok());
    log_invalid(bench);
    log_invalid(bench);
    ASSERT_EQ(bench.log_many(99'998), 99'998U);
    ASSERT_TRUE(bench.close().is_ok());
    const auto files = bench.folder.files();
    ASSERT_EQ(files.size(), 2U);
    EXPECT_EQ(files[0].row_count, 1);
    EXPECT_EQ(invalid_values(files[0]), R"({"symbol":1})") << encoder_count;
    EXPECT_EQ(invalid_values(files[1]), R"({"symbol":2})") << encoder_count;
  }
}

TEST(InvalidMetadata, is_left_out_when_only_the_schema_is_wanted) {
  AgentBench bench({.metadata = PQFLOW_METADATA_SCHEMA_ONLY});
  ASSERT_TRUE(bench.begin().is_ok());
  log_invalid(bench);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(invalid_values(bench.folder.files()[0]), "(none)");
  EXPECT_EQ(bench.counters.column_invalid_values[kSymbol].load(), 1U);
}

TEST(InvalidMetadata, of_a_file_set_aside_does_not_pass_to_the_next) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  log_invalid(bench);
  bench.system.fail_next_sync(EIO);
  EXPECT_FALSE(bench.flush().is_ok());
  bench.log_many(1);
  EXPECT_FALSE(bench.close().is_ok());
  const auto files = bench.folder.files();
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(invalid_values(files[0]), "(none)");
}

}  // namespace
}  // namespace pqflow::sink::test
