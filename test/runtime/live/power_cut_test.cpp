// A power cut after any call of a capture, whatever of the unsynced writes reached the disk: each file under its final name is whole, and
// what counted as durable is in them. Judged by the verifier.
#include <gtest/gtest.h>

#include <map>
#include <optional>

#include "live/power_cut_disk.hpp"
#include "live/recorded_capture.hpp"
#include "verify/verify.hpp"

namespace pqflow::test {
namespace {

// What would have been lost, or found broken.
struct Damage {
  uint64_t states = 0;
  uint64_t broken_files = 0;
  uint64_t states_without_durable_rows = 0;
};

class Judge {
 public:
  // All states that a cut leaves before a call that came when so many rows counted as durable.
  void look_at(const PowerCutDisk& disk, uint64_t durable_rows) {
    for (size_t name_changes = 0; name_changes <= disk.unsynced_names(); ++name_changes) {
      const auto names = disk.final_names(name_changes);
      for (const Survivors survivors : kSurvivors) {
        const uint64_t row_count = rows_of(disk, names, survivors);
        ++damage_.states;
        damage_.states_without_durable_rows += row_count < durable_rows ? 1 : 0;
      }
    }
  }
  const Damage& damage() const { return damage_; }

 private:
  uint64_t rows_of(const PowerCutDisk& disk, const std::map<std::string, size_t>& names, Survivors survivors) {
    uint64_t row_count = 0;
    for (const auto& [name, file] : names) {
      row_count += disk.is_synced(file) ? rows_of_synced(disk, file) : rows_in(disk.contents(file, survivors, ++seed_));
    }
    return row_count;
  }
  // No change is possible any more.
  uint64_t rows_of_synced(const PowerCutDisk& disk, size_t file) {
    const auto known = synced_rows_.find(file);
    return known != synced_rows_.end() ? known->second : synced_rows_[file] = rows_in(disk.contents(file, Survivors::kNone, 0));
  }
  uint64_t rows_in(const std::vector<uint8_t>& contents) {
    verify::Findings findings;
    const verify::Summary summary = verify::verify_file(verify::FileReader(contents), findings);
    damage_.broken_files += findings.all().empty() ? 0 : 1;
    return findings.all().empty() ? summary.row_count : 0;
  }

  std::map<size_t, uint64_t> synced_rows_;
  Damage damage_;
  uint32_t seed_ = 0;
};

struct PowerCutCase {
  std::string name;
  pqflow_file_layout layout;
  bool is_read_by_others;
};

void PrintTo(const PowerCutCase& is, std::ostream* stream) { *stream << is.name; }

class PowerCut : public ::testing::TestWithParam<PowerCutCase> {
 protected:
  void SetUp() override {
    RecordedCaptureOptions options;
    options.record_count = record_count_;
    options.is_read_by_others = GetParam().is_read_by_others;
    options.layout = GetParam().layout;
    run_recorded_capture(options, system_);
    ASSERT_GT(system_.recorded().size(), 50U);
  }

  // Of the capture as it was; or as if calls of this kind had not been made, up to the first damage.
  Damage enumerate(std::optional<Action> left_out = {}) const {
    PowerCutDisk disk;
    Judge judge;
    for (const RecordedCall& call : system_.recorded()) {
      judge.look_at(disk, call.durable_before);
      if (left_out.has_value() && judge.damage().broken_files + judge.damage().states_without_durable_rows != 0) {
        return judge.damage();
      }
      if (call.action != left_out) {
        disk.apply(call);
      }
    }
    judge.look_at(disk, record_count_);
    return judge.damage();
  }

  const uint64_t record_count_ = 3'000;
  RecordingSystem system_;
};

TEST_P(PowerCut, leaves_whole_files_under_final_names_with_all_that_counted_as_durable) {
  const Damage damage = enumerate();
  EXPECT_GT(damage.states, 500U);
  EXPECT_EQ(damage.broken_files, 0U);
  EXPECT_EQ(damage.states_without_durable_rows, 0U);
}

TEST_P(PowerCut, would_break_files_were_they_not_synced) { EXPECT_GT(enumerate(Action::kSync).broken_files, 0U); }

TEST_P(PowerCut, would_take_durable_rows_away_were_folders_not_synced) {
  const Damage damage = enumerate(Action::kSyncFolder);
  EXPECT_EQ(damage.broken_files, 0U);
  EXPECT_GT(damage.states_without_durable_rows, 0U);
}

INSTANTIATE_TEST_SUITE_P(, PowerCut,
                         ::testing::Values(PowerCutCase{"classic", PQFLOW_FILE_LAYOUT_CLASSIC, false},
                                           PowerCutCase{"live", PQFLOW_FILE_LAYOUT_LIVE, false},
                                           PowerCutCase{"live_copied_because_somebody_reads", PQFLOW_FILE_LAYOUT_LIVE, true}),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace pqflow::test
