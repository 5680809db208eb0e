// Rings and files of killed captures together.
#include <gtest/gtest.h>

#include "live/left_ring.hpp"
#include "live/recover_folder.hpp"

namespace pqflow::test {
namespace {

using recover::OrphanAction;
using recover::OrphanState;
using sink::test::AgentBench;
using sink::test::CaptureFolder;
using Names = std::vector<std::string>;

class RecoverRings : public ::testing::Test {
 protected:
  // Leaves a file of ticks 0 … 299 in three row groups.
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
  recover::OrphanReport recover_only(bool is_writing = true) {
    const recover::RecoveryReport report = recover_in(folder_, is_writing);
    EXPECT_EQ(report.orphans.size(), 1U);
    return report.orphans.empty() ? recover::OrphanReport{} : report.orphans.front();
  }

  static constexpr const char* kProgressName = ".t-000000.parquet.inprogress";
  CaptureFolder folder_;
};

TEST_F(RecoverRings, records_that_no_row_group_has_follow_those_of_the_file) {
  leave_file();
  leave_ring(ring({{250, 130}}));
  const recover::OrphanReport orphan = recover_only();
  EXPECT_TRUE(orphan.is_done) << orphan.problem;
  EXPECT_EQ(orphan.persisted_records, 300U);
  EXPECT_EQ(orphan.recovered_records, 80U);
  EXPECT_EQ(orphan.duplicate_records, 50U);
  EXPECT_EQ(orphan.lost_records, 0U);
  EXPECT_EQ(folder_.names(), Names{"t-000000.parquet"}) << "the ring is gone";
  expect_verified(folder_.path("t-000000.parquet"));
  EXPECT_EQ(folder_.first_column(), sink::test::numbers(0, 380));
}

TEST_F(RecoverRings, nothing_is_changed_unless_it_is_told_to) {
  leave_file();
  leave_ring(ring({{250, 130}}));
  const recover::OrphanReport orphan = recover_only(false);
  EXPECT_EQ(orphan.action, OrphanAction::kFinish);
  EXPECT_EQ(orphan.recovered_records, 80U);
  EXPECT_FALSE(orphan.is_done);
  EXPECT_EQ(folder_.names(), (Names{kProgressName, "pqflow-1-a.ring"}));
}

TEST_F(RecoverRings, a_ring_without_a_file_gets_one_of_its_own) {
  LeftRing left = ring({{500, 120}, {}, {700, 3}});
  left.row_group_rows = 50;
  leave_ring(left);
  const recover::OrphanReport orphan = recover_only();
  EXPECT_TRUE(orphan.is_done) << orphan.problem;
  EXPECT_EQ(orphan.recovered_records, 123U);
  EXPECT_EQ(folder_.names(), Names{"t-000000.parquet"});
  expect_verified(folder_.path("t-000000.parquet"));
  std::vector<uint64_t> expected = sink::test::numbers(500, 120);
  const std::vector<uint64_t> others = sink::test::numbers(700, 3);
  expected.insert(expected.end(), others.begin(), others.end());
  EXPECT_EQ(folder_.first_column(), expected);
  EXPECT_EQ(folder_.files().front().row_group_rows, (std::vector<int64_t>{50, 50, 23})) << "as many as the capture asked for";
  EXPECT_NE(folder_.files()
                .front()
                .key_values.at("pqflow:recovered")
                .find("\"from_ring\":123,\"row_groups\":3,\"damaged_row_groups\":0,\"damaged_records\":0,"
                      "\"lanes\":[{\"lane\":0,\"first\":500,\"count\":120},{\"lane\":2,\"first\":700,\"count\":3}]"),
            std::string::npos);
}

TEST_F(RecoverRings, a_file_without_row_groups_takes_the_ring_s) {
  write_file(folder_.path(kProgressName), {'P', 'A', 'R', '1'});
  leave_ring(ring({{0, 10}}));
  EXPECT_TRUE(recover_only().is_done);
  expect_verified(folder_.path("t-000000.parquet"));
  EXPECT_EQ(folder_.first_column(), sink::test::numbers(0, 10));
}

TEST_F(RecoverRings, a_ring_whose_records_are_all_in_the_file_goes) {
  leave_file();
  leave_ring(ring({{200, 100}}));
  const recover::OrphanReport orphan = recover_only();
  EXPECT_EQ(orphan.recovered_records, 0U);
  EXPECT_EQ(orphan.duplicate_records, 100U);
  EXPECT_EQ(folder_.names(), Names{"t-000000.parquet"});
  EXPECT_EQ(folder_.first_column(), sink::test::numbers(0, 300));
}

TEST_F(RecoverRings, an_empty_ring_is_removed) {
  leave_ring(ring({{7, 0}}));
  const recover::OrphanReport orphan = recover_only();
  EXPECT_EQ(orphan.state, OrphanState::kEmpty);
  EXPECT_EQ(folder_.names(), Names{});
}

TEST_F(RecoverRings, what_a_damaged_row_group_lost_comes_from_the_ring_where_it_still_is) {
  leave_file();
  std::string contents = read_text(folder_.path(kProgressName));
  contents[contents.rfind("PQT1", contents.size() - 5) - 20] ^= 1;  // A page of the last row group.
  write_file(folder_.path(kProgressName), {contents.begin(), contents.end()});
  leave_ring(ring({{150, 200}}));
  const recover::OrphanReport orphan = recover_only();
  EXPECT_EQ(orphan.recovered_records, 150U);
  EXPECT_EQ(orphan.duplicate_records, 50U);
  expect_verified(folder_.path("t-000000.parquet"));
  EXPECT_EQ(folder_.first_column(), sink::test::numbers(0, 350));
}

TEST_F(RecoverRings, records_of_another_schema_get_a_file_of_their_own) {
  leave_file();
  LeftRing left = ring({{250, 10}});
  left.schema_fingerprint += 1;
  leave_ring(left);
  const recover::RecoveryReport report = recover_in(folder_, true);
  ASSERT_EQ(report.orphans.size(), 2U);
  EXPECT_EQ(problems_of(report), "");
  EXPECT_EQ(folder_.names(), (Names{"t-000000.1.parquet", "t-000000.parquet"}));
  EXPECT_EQ(sink::test::probe(folder_.path("t-000000.parquet")).first_column, sink::test::numbers(0, 300));
  EXPECT_EQ(sink::test::probe(folder_.path("t-000000.1.parquet")).first_column, sink::test::numbers(250, 10));
}

TEST_F(RecoverRings, a_live_ring_and_its_file_are_left_alone) {
  leave_file();
  ring::RingFile live;
  ASSERT_TRUE(fill_ring(ring({{250, 130}}), live));
  const recover::OrphanReport orphan = recover_only();
  EXPECT_EQ(orphan.state, OrphanState::kLive);
  EXPECT_EQ(folder_.names(), (Names{kProgressName, "pqflow-1-a.ring"}));
  live.remove();
}

TEST_F(RecoverRings, rings_of_files_elsewhere_are_not_looked_at) {
  LeftRing left = ring({{0, 10}});
  left.file_in_progress = "/somewhere/else/.t.parquet.inprogress";
  leave_ring(left);
  EXPECT_TRUE(recover_in(folder_, true).orphans.empty());
  EXPECT_EQ(folder_.names(), Names{"pqflow-1-a.ring"});
}

TEST_F(RecoverRings, files_below_the_folder_are_found_with_their_rings) {
  leave_file();
  const std::string below = folder_.path("dt=2026-11-23/hour=15");
  std::filesystem::create_directories(below);
  std::filesystem::rename(folder_.path(kProgressName), below + "/" + kProgressName);
  LeftRing left = ring({{300, 50}});
  left.file_in_progress = below + "/" + kProgressName;
  leave_ring(left);
  const recover::OrphanReport orphan = recover_only();
  EXPECT_TRUE(orphan.is_done) << orphan.problem;
  EXPECT_EQ(orphan.persisted_records, 300U);
  EXPECT_EQ(orphan.recovered_records, 50U);
  EXPECT_EQ(orphan.final_path, below + "/t-000000.parquet");
  expect_verified(orphan.final_path);
  EXPECT_EQ(folder_.names(), Names{"dt=2026-11-23"}) << "the ring is gone";
}

TEST_F(RecoverRings, links_to_folders_are_not_followed) {
  const CaptureFolder elsewhere;
  leave_file();
  std::filesystem::rename(folder_.path(kProgressName), elsewhere.path(kProgressName));
  std::filesystem::create_directory_symlink(elsewhere.root(), folder_.path("link"));
  EXPECT_TRUE(recover_in(folder_, true).orphans.empty());
  EXPECT_EQ(elsewhere.names(), Names{kProgressName});
}

TEST_F(RecoverRings, a_damaged_ring_is_reported_and_stays) {
  leave_ring(ring({{0, 10}}));
  std::string contents = read_text(folder_.path("pqflow-1-a.ring"));
  contents[100] ^= 1;
  write_file(folder_.path("pqflow-1-a.ring"), {contents.begin(), contents.end()});
  const recover::OrphanReport orphan = recover_only();
  EXPECT_EQ(orphan.state, OrphanState::kUnreadable);
  EXPECT_NE(orphan.problem.find("damaged"), std::string::npos) << orphan.problem;
  EXPECT_EQ(folder_.names(), Names{"pqflow-1-a.ring"});
}

TEST_F(RecoverRings, a_ring_stays_with_a_file_that_cannot_be_read) {
  write_file(folder_.path(kProgressName), {'?', '?', '?', '?', '?'});
  leave_ring(ring({{0, 10}}));
  EXPECT_EQ(recover_only().state, OrphanState::kUnreadable);
  EXPECT_EQ(folder_.names(), (Names{kProgressName, "pqflow-1-a.ring"}));
}

TEST_F(RecoverRings, a_recovery_that_is_killed_at_any_call_and_done_again_has_every_record_once) {
  for (const bool has_file : {true, false}) {
    bool was_killed = false;
    uint64_t call_count = 0;
    do {
      if (has_file) {
        leave_file();
      }
      leave_ring(ring({{250, 130}}));
      sink::test::FakeSystem system;
      system.fail(EIO, call_count);
      recover_in(folder_, true, system.calls());
      was_killed = system.failure_count() != 0;
      const sink::test::FakeSystem without_syncs;
      EXPECT_EQ(problems_of(recover_in(folder_, true, without_syncs.calls())), "") << "killed at call " << call_count;
      EXPECT_EQ(folder_.names(), Names{"t-000000.parquet"}) << "killed at call " << call_count;
      EXPECT_EQ(folder_.first_column(), has_file ? sink::test::numbers(0, 380) : sink::test::numbers(250, 130))
          << "killed at call " << call_count;
      std::filesystem::remove(folder_.path("t-000000.parquet"));
      ++call_count;
    } while (was_killed);
    EXPECT_GT(call_count, 8U);
  }
}

}  // namespace
}  // namespace pqflow::test
