// Every record that was pushed is in the files or among their gaps, at its very place: each pushed record carries the number of the push,
// refused ones too, and the files' metadata must explain every number that is missing.
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <random>
#include <regex>

#include "ring/orphan_gaps.hpp"
#include "sink/agent_bench.hpp"

namespace pqflow::sink::test {
namespace {

constexpr uint64_t kLaneStride = 1'000'000'000;

struct LaneGaps {
  std::map<uint64_t, uint64_t> refused_before;  // Record → how many.
  uint64_t unlisted = 0;
};

uint64_t number_in(const std::string& text) { return std::stoull(text); }

void add_gaps(const std::string& list, LaneGaps& lane, size_t& listed_gaps) {
  static const std::regex kGap(R"(\[(\d+),(\d+)\])");
  for (std::sregex_iterator match(list.begin(), list.end(), kGap), end; match != end; ++match, ++listed_gaps) {
    lane.refused_before[number_in((*match)[1])] += number_in((*match)[2]);
  }
}

// What all files say, lane by lane.
std::map<uint64_t, LaneGaps> gaps_in(const std::vector<ProbedFile>& files) {
  static const std::regex kLane(R"re(\{"lane":(\d+),"first":\d+,"count":\d+,"dropped":\d+,"gaps":\[([^{}]*)\](?:,"unlisted":(\d+))?\})re");
  std::map<uint64_t, LaneGaps> lanes;
  for (const ProbedFile& file : files) {
    size_t listed_gaps = 0;
    const auto several = file.key_values.find("pqflow:lanes");
    if (several == file.key_values.end()) {
      add_gaps(file.key_values.at("pqflow:gaps"), lanes[0], listed_gaps);
      const auto unlisted = file.key_values.find("pqflow:gaps_unlisted");
      lanes[0].unlisted += unlisted != file.key_values.end() ? number_in(unlisted->second) : 0;
    } else {
      for (std::sregex_iterator match(several->second.begin(), several->second.end(), kLane), end; match != end; ++match) {
        LaneGaps& lane = lanes[number_in((*match)[1])];
        add_gaps((*match)[2], lane, listed_gaps);
        lane.unlisted += (*match)[3].matched ? number_in((*match)[3]) : 0;
      }
    }
    EXPECT_LE(listed_gaps, GapLedger::kMaxListedGaps) << file.path;
  }
  return lanes;
}

struct AccountingCase {
  uint32_t lanes;
  size_t encoders;
  pqflow_file_layout layout;
  pqflow_slot_release release;
};

class GapAccounting : public ::testing::TestWithParam<AccountingCase> {
 protected:
  BenchOptions options() const {
    const AccountingCase& is = GetParam();
    return {.slot_count = 512,
            .row_group_rows = 100,
            .max_lanes = is.lanes,
            .slot_release = is.release,
            .footer_cap_bytes = 4 << 20,
            .cuts = {.rotate_rows = 200},
            .encoder_count = is.encoders,
            .layout = is.layout};
  }

  void open(AgentBench& bench) {
    ASSERT_TRUE(bench.begin().is_ok());
    lanes_ = {bench.lane};
    while (lanes_.size() < GetParam().lanes) {
      ASSERT_TRUE(bench.lanes->attach(lanes_.emplace_back()).is_ok());
    }
    pushed_.assign(lanes_.size(), 0);
  }

  void push(AgentBench& bench, size_t lane, uint64_t count) {
    for (uint64_t pushed = 0; pushed < count; ++pushed) {
      const Tick tick = make_tick(static_cast<int64_t>(lane * kLaneStride + pushed_[lane]++));
      if (pqflow_lane_log(lanes_[lane], &tick, sizeof tick, bench.geometry.slot_size_bytes) == PQFLOW_STATUS_RING_FULL) {
        ++refused_before_[{lane, lanes_[lane]->producer.head_index}];
      }
    }
  }

  void pass(AgentBench& bench, uint64_t duration_ms) {
    bench.clock.now_ns += duration_ms * 1'000'000;
    bench.clock.utc_ns += duration_ms * 1'000'000;
    for (int round = 0; round < 3; ++round) {
      bench.agent->do_work();
    }
  }

  // Bursts on all lanes; the disk is full now and then; flushes, some of them in vain.
  void capture(
      AgentBench& bench, uint32_t seed, const std::function<void()>& look = [] {}) {
    std::mt19937 random(seed);
    for (int step = 0; step < 150; ++step) {
      push(bench, random() % lanes_.size(), random() % 300);
      if (random() % 10 == 0) {
        bench.system.fail_from_now_on(random() % 2 == 0 ? ENOSPC : EDQUOT);
      } else if (random() % 4 == 0) {
        bench.system.heal();
      }
      pass(bench, random() % 400);
      if (random() % 25 == 0) {
        (void)bench.flush();
      }
      if (step % 5 == 0) {
        look();
      }
    }
    bench.system.heal();
    pass(bench, 2'000);
  }

  // The number of each push, from the place of its record among the lane's and the gaps before it.
  void expect_every_push_explained(const AgentBench& bench, const std::vector<ProbedFile>& files) {
    std::map<uint64_t, LaneGaps> gaps = gaps_in(files);
    std::vector<uint64_t> next_record(lanes_.size(), 0);
    std::vector<uint64_t> next_push(lanes_.size(), 0);
    for (const ProbedFile& file : files) {
      for (const uint64_t number : file.first_column) {
        const uint64_t lane = number / kLaneStride;
        next_push[lane] += std::exchange(gaps[lane].refused_before[next_record[lane]], 0);
        ASSERT_EQ(number % kLaneStride, next_push[lane]) << "lane " << lane << ", record " << next_record[lane] << " in " << file.path;
        ++next_record[lane];
        ++next_push[lane];
      }
    }
    uint64_t refused = 0;
    for (size_t lane = 0; lane < lanes_.size(); ++lane) {
      next_push[lane] += std::exchange(gaps[lane].refused_before[next_record[lane]], 0);
      EXPECT_EQ(next_push[lane], pushed_[lane]) << "accepted + dropped = pushed";
      EXPECT_EQ(next_record[lane], lanes_[lane]->producer.head_index);
      EXPECT_EQ(next_record[lane] + lanes_[lane]->producer.dropped_count, pushed_[lane]);
      for (const auto& [record, count] : gaps[lane].refused_before) {
        EXPECT_EQ(count, 0U) << "a gap before record " << record << " that explains nothing";
      }
      refused += lanes_[lane]->producer.dropped_count;
    }
    EXPECT_GT(refused, 0U) << "the rings were full now and then";
    EXPECT_EQ(bench.counters.lost_records.load(), 0U);
  }

  std::vector<pqflow_lane*> lanes_;
  std::vector<uint64_t> pushed_;
  std::map<std::pair<uint64_t, uint64_t>, uint64_t> refused_before_;  // Lane and record → how many.
};

// Whoever recovers the lanes tells the rest.
TEST_P(GapAccounting, of_a_capture_that_is_killed_is_complete_with_what_its_lanes_say) {
  AgentBench bench(options());
  open(bench);
  capture(bench, GetParam().lanes * 10 + static_cast<uint32_t>(GetParam().encoders), [&] {
    std::map<std::pair<uint64_t, uint64_t>, uint64_t> told;
    for (const auto& [lane, gaps] : gaps_in(bench.folder.files())) {
      for (const auto& [record, count] : gaps.refused_before) {
        told[{lane, record}] += count;
      }
    }
    for (const pqflow_lane* lane : lanes_) {
      const ring::RefusedRecords refused = ring::refused_behind(*lane, lane->consumer.told[lane->consumer.told_place]);
      for (const pqflow_gap& gap : refused.gaps) {
        told[{lane->identity.lane_index, gap.before_index}] += gap.count;
      }
    }
    EXPECT_EQ(told, refused_before_) << bench.folder.files().size() << " files";
  });
  EXPECT_GT(bench.folder.files().size(), 3U);
}

TEST_P(GapAccounting, explains_every_missing_record_across_files_lanes_and_full_disks) {
  const AccountingCase& is = GetParam();
  AgentBench bench(options());
  open(bench);
  capture(bench, is.lanes * 10 + static_cast<uint32_t>(is.encoders));
  const base::Result closed = bench.close();
  ASSERT_TRUE(closed.is_ok()) << closed.message;
  const std::vector<ProbedFile> files = bench.folder.files();
  EXPECT_GT(files.size(), 3U);
  expect_every_push_explained(bench, files);
}

// Where a file has more gaps than it lists.
class GapTotals : public GapAccounting {};

TEST_P(GapTotals, are_exact_where_a_file_has_more_gaps_than_it_lists) {
  BenchOptions options = this->options();
  options.slot_count = 64;
  options.cuts = {};
  AgentBench bench(options);
  open(bench);
  const size_t rounds = 1'500 / lanes_.size() + 200;
  for (size_t round = 0; round < rounds; ++round) {
    for (size_t lane = 0; lane < lanes_.size(); ++lane) {
      push(bench, lane, 66);
    }
    for (int step = 0; step < 30; ++step) {
      bench.agent->do_work();
    }
  }
  ASSERT_TRUE(bench.close().is_ok());
  const std::vector<ProbedFile> files = bench.folder.files();
  uint64_t told = 0;
  for (const auto& [lane, gaps] : gaps_in(files)) {
    told += gaps.unlisted;
    for (const auto& [record, count] : gaps.refused_before) {
      told += count;
    }
  }
  uint64_t refused = 0;
  for (const pqflow_lane* lane : lanes_) {
    refused += lane->producer.dropped_count;
  }
  EXPECT_EQ(told, refused);
}

std::string name_of(const ::testing::TestParamInfo<AccountingCase>& info) {
  const AccountingCase& is = info.param;
  return std::to_string(is.lanes) + "_lanes_" + std::to_string(is.encoders) + "_encoders_" +
         (is.layout == PQFLOW_FILE_LAYOUT_LIVE ? "live" : "classic") +
         (is.release == PQFLOW_SLOT_RELEASE_PER_SPAN ? "" : "_released_when_persisted");
}

INSTANTIATE_TEST_SUITE_P(, GapTotals,
                         ::testing::Values(AccountingCase{1, 1, PQFLOW_FILE_LAYOUT_CLASSIC, PQFLOW_SLOT_RELEASE_PER_SPAN},
                                           AccountingCase{3, 3, PQFLOW_FILE_LAYOUT_LIVE, PQFLOW_SLOT_RELEASE_PER_SPAN}),
                         name_of);

INSTANTIATE_TEST_SUITE_P(, GapAccounting,
                         ::testing::Values(AccountingCase{1, 1, PQFLOW_FILE_LAYOUT_CLASSIC, PQFLOW_SLOT_RELEASE_PER_SPAN},
                                           AccountingCase{1, 1, PQFLOW_FILE_LAYOUT_LIVE, PQFLOW_SLOT_RELEASE_WHEN_PERSISTED},
                                           AccountingCase{3, 1, PQFLOW_FILE_LAYOUT_CLASSIC, PQFLOW_SLOT_RELEASE_WHEN_PERSISTED},
                                           AccountingCase{3, 1, PQFLOW_FILE_LAYOUT_LIVE, PQFLOW_SLOT_RELEASE_PER_SPAN},
                                           AccountingCase{1, 3, PQFLOW_FILE_LAYOUT_LIVE, PQFLOW_SLOT_RELEASE_PER_SPAN},
                                           AccountingCase{3, 3, PQFLOW_FILE_LAYOUT_CLASSIC, PQFLOW_SLOT_RELEASE_PER_SPAN},
                                           AccountingCase{3, 3, PQFLOW_FILE_LAYOUT_LIVE, PQFLOW_SLOT_RELEASE_WHEN_PERSISTED}),
                         name_of);

}  // namespace
}  // namespace pqflow::sink::test
