// What the trailer record behind each row group says of lanes, against the records that are in it.
#include <gtest/gtest.h>

#include "sink/agent_bench.hpp"
#include "sink/trailer_probe.hpp"

namespace pqflow::sink::test {
namespace {

// Records of lane n are numbered from n * kLaneStride on.
constexpr int64_t kLaneStride = 1'000'000;

std::vector<Ranges> ranges_of_records(const ProbedFile& file) {
  std::vector<Ranges> all;
  size_t row = 0;
  for (const int64_t row_count : file.row_group_rows) {
    Ranges& ranges = all.emplace_back();
    for (const size_t end = row + static_cast<size_t>(row_count); row < end; ++row) {
      const auto value = static_cast<int64_t>(file.first_column[row]);
      auto& [first, count] = ranges.try_emplace(value / kLaneStride, value % kLaneStride, 0).first->second;
      EXPECT_EQ(value % kLaneStride, first + count) << "the lane's order";
      ++count;
    }
  }
  return all;
}

struct Setting {
  size_t encoder_count;
  pqflow_slot_release slot_release;
};

class LaneRanges : public testing::TestWithParam<Setting> {};

TEST_P(LaneRanges, in_each_trailer_are_those_of_its_row_group_s_records) {
  AgentBench bench({.row_group_rows = 200,
                    .max_lanes = 3,
                    .slot_release = GetParam().slot_release,
                    .rotate_bytes = 8000,
                    .encoder_count = GetParam().encoder_count,
                    .row_group_bytes = 1000});
  pqflow_lane* lanes[3] = {bench.lane, nullptr, nullptr};
  ASSERT_TRUE(bench.lanes->attach(lanes[1]).is_ok() && bench.lanes->attach(lanes[2]).is_ok());
  ASSERT_TRUE(bench.begin().is_ok());
  int64_t logged[3] = {0, 0, 0};
  for (int round = 0; round < 300; ++round) {
    const int index = round % 7 % 3;
    for (int count = round % 11; count > 0; --count) {
      const Tick tick = make_tick(index * kLaneStride + logged[index]++);
      ASSERT_EQ(pqflow_lane_log(lanes[index], &tick, sizeof tick, bench.geometry.slot_size_bytes), PQFLOW_STATUS_OK);
    }
    bench.agent->do_work();
  }
  ASSERT_TRUE(bench.close().is_ok());
  uint64_t records = 0;
  ASSERT_GE(bench.folder.files().size(), 3U);
  for (const ProbedFile& file : bench.folder.files()) {
    EXPECT_EQ(ranges_in_trailers(file.path), ranges_of_records(file)) << file.path;
    EXPECT_EQ(file.key_values.at("pqflow:sequence_first"), std::to_string(records));
    records += file.first_column.size();
  }
  EXPECT_EQ(records, static_cast<uint64_t>(logged[0] + logged[1] + logged[2]));
  for (size_t index = 0; index < 3; ++index) {
    EXPECT_EQ(lanes[index]->consumer.tail_index, static_cast<uint64_t>(logged[index])) << "every slot is given back";
    EXPECT_EQ(lanes[index]->consumer.persisted_index, static_cast<uint64_t>(logged[index]));
  }
}

INSTANTIATE_TEST_SUITE_P(encoders, LaneRanges,
                         testing::Values(Setting{1, PQFLOW_SLOT_RELEASE_PER_SPAN}, Setting{1, PQFLOW_SLOT_RELEASE_WHEN_PERSISTED},
                                         Setting{2, PQFLOW_SLOT_RELEASE_PER_SPAN}, Setting{3, PQFLOW_SLOT_RELEASE_WHEN_PERSISTED}));

}  // namespace
}  // namespace pqflow::sink::test
