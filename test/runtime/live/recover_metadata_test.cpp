// What a recovered file says of its capture: why it had to be recovered, and which records were refused.
#include <gtest/gtest.h>

#include "live/left_ring.hpp"
#include "live/recover_folder.hpp"

namespace pqflow::test {
namespace {

using recover::OrphanReason;
using sink::test::AgentBench;
using sink::test::CaptureFolder;

class RecoverMetadata : public ::testing::Test {
 protected:
  static constexpr const char* kProgressName = ".t-000000.parquet.inprogress";

  // Of ticks 0 … 299.
  void leave_file() {
    AgentBench bench;
    bench.clock.utc_ns = kRecordedUtcNs;
    ASSERT_TRUE(bench.begin().is_ok());
    bench.log_many(350);
    bench.work();
    const std::string contents = read_text(bench.folder.path(kProgressName));
    write_file(folder_.path(kProgressName), {contents.begin(), contents.end()});
  }
  LeftRing ring(std::vector<LeftLane> lanes) const {
    return {.folder = folder_.root().string(), .file_in_progress = folder_.path(kProgressName), .lanes = std::move(lanes)};
  }
  recover::OrphanReport recover_only() {
    const recover::RecoveryReport report = recover_in(folder_, true);
    EXPECT_EQ(report.orphans.size(), 1U);
    EXPECT_EQ(problems_of(report), "");
    return report.orphans.empty() ? recover::OrphanReport{} : report.orphans.front();
  }
  std::string key(const std::string& name) const {
    const auto key_values = folder_.files().front().key_values;
    const auto found = key_values.find("pqflow:" + name);
    return found == key_values.end() ? "(none)" : found->second;
  }
  void expect_reason(OrphanReason reason, const std::string& word) {
    EXPECT_EQ(recover_only().reason, reason);
    EXPECT_NE(key("recovered").find("Z\",\"reason\":\"" + word + "\",\"records\":"), std::string::npos) << key("recovered");
  }

  CaptureFolder folder_;
};

TEST_F(RecoverMetadata, says_that_the_process_was_killed_where_its_ring_is_of_this_boot) {
  leave_file();
  leave_ring(ring({{250, 130}}));
  expect_reason(OrphanReason::kKilled, "killed");
}

TEST_F(RecoverMetadata, says_that_the_machine_was_started_again_where_the_ring_is_of_another_boot) {
  leave_file();
  LeftRing left = ring({{250, 130}});
  left.is_of_other_boot = true;
  leave_ring(left);
  expect_reason(OrphanReason::kRestart, "restart");
}

TEST_F(RecoverMetadata, says_that_the_capture_was_closed_where_a_close_left_the_ring) {
  leave_file();
  LeftRing left = ring({{250, 130}});
  left.is_closed = true;
  leave_ring(left);
  expect_reason(OrphanReason::kClosed, "closed");
}

TEST_F(RecoverMetadata, says_that_the_reason_is_not_known_where_nothing_tells_it) {
  leave_file();
  expect_reason(OrphanReason::kUnknown, "unknown");
}

TEST_F(RecoverMetadata, tells_the_gaps_of_the_only_lane_as_a_finished_file_does) {
  leave_file();
  leave_ring(ring({{250, 130, {{0, 5}, {310, 2}, {380, 7}}}}));
  EXPECT_EQ(recover_only().dropped_records, 14U);
  EXPECT_EQ(key("dropped_records"), "14");
  EXPECT_EQ(key("gaps"), "[[0,5],[310,2],[380,7]]");
  EXPECT_EQ(key("gaps_unlisted"), "(none)");
  EXPECT_EQ(key("lanes"), "(none)");
}

TEST_F(RecoverMetadata, tells_that_nothing_was_refused_where_the_ring_knows_it) {
  leave_file();
  leave_ring(ring({{250, 130}}));
  EXPECT_EQ(recover_only().dropped_records, 0U);
  EXPECT_EQ(key("dropped_records"), "0");
  EXPECT_EQ(key("gaps"), "[]");
}

TEST_F(RecoverMetadata, counts_refused_records_that_the_lane_lists_no_more) {
  leave_file();
  LeftLane lane{250, 130, {}, 3};
  for (uint64_t before = 0; before < 2 * PQFLOW_LANE_GAP_CAPACITY_COUNT; ++before) {
    lane.gaps.push_back({before, 1});
  }
  leave_ring(ring({lane}));
  EXPECT_EQ(recover_only().dropped_records, 2051U);
  EXPECT_EQ(key("dropped_records"), "2051");
  EXPECT_EQ(key("gaps").substr(0, 18), "[[1024,1],[1025,1]");
  EXPECT_EQ(key("gaps_unlisted"), "1051") << "a thousand are named";
}

TEST_F(RecoverMetadata, tells_the_gaps_of_several_lanes_each_with_its_own) {
  leave_ring(ring({{500, 120, {{510, 2}}}, {}, {700, 3, {}, 4}, {20, 0, {{20, 1}}, 0, {20, 0, 0}, {20, 0, 0}}}));
  EXPECT_EQ(recover_only().dropped_records, 7U);
  EXPECT_EQ(key("dropped_records"), "7");
  EXPECT_EQ(key("lanes"),
            "[{\"lane\":0,\"first\":500,\"count\":120,\"dropped\":2,\"gaps\":[[510,2]]},"
            "{\"lane\":2,\"first\":700,\"count\":3,\"dropped\":4,\"gaps\":[],\"unlisted\":4},"
            "{\"lane\":3,\"first\":20,\"count\":0,\"dropped\":1,\"gaps\":[[20,1]]}]");
  EXPECT_EQ(key("gaps"), "(none)");
}

TEST_F(RecoverMetadata, leaves_out_what_finished_files_have_told) {
  leave_file();
  // Of the gap before record 100, 3 were told; what was sealed is of no file: this one is still in progress.
  leave_ring(ring({{250, 130, {{40, 9}, {100, 5}, {310, 2}}, 0, {100, 3, 12}, {300, 0, 14}}}));
  EXPECT_EQ(recover_only().dropped_records, 4U);
  EXPECT_EQ(key("gaps"), "[[100,2],[310,2]]");
}

TEST_F(RecoverMetadata, leaves_out_what_the_file_tells_that_got_its_name_at_the_last_moment) {
  leave_ring(ring({{300, 80, {{100, 5}, {300, 4}, {310, 2}}, 7, {100, 3, 10}, {300, 1, 13}}}));
  EXPECT_EQ(recover_only().recovered_records, 80U);
  EXPECT_EQ(key("dropped_records"), "5");
  EXPECT_EQ(key("gaps"), "[[300,3],[310,2]]");
}

TEST_F(RecoverMetadata, names_no_more_gaps_than_the_lane_counts_and_believes_none_out_of_order) {
  leave_file();
  LeftLane lane{250, 130, {{300, 2}, {290, 3}, {310, 4}}};
  leave_ring(ring({lane}));
  recover_only();
  EXPECT_EQ(key("dropped_records"), "9");
  EXPECT_EQ(key("gaps"), "[[290,3],[310,4]]");
  EXPECT_EQ(key("gaps_unlisted"), "2");
}

}  // namespace
}  // namespace pqflow::test
