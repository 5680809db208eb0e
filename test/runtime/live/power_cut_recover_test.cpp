// A power cut after any call of a capture whose row groups are synced (durability SYNC), or whose records are in a journal before
// (JOURNAL), whatever of the unsynced writes reached the disk: what `recover` makes of what is left has every record that counted as
// durable, none twice, in order.
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>

#include "live/power_cut_disk.hpp"
#include "live/recover_folder.hpp"

namespace pqflow::test {
namespace {

using sink::test::FakeSystem;

// Where the capture was: a journal says the path of its file.
class ReturnedFolder {
 public:
  explicit ReturnedFolder(const MemoryFolder& contents) : root_(std::filesystem::path(contents.begin()->first).parent_path()) {
    std::filesystem::create_directory(root_);
    for (const auto& [path, bytes] : contents) {
      write_file(path, bytes);
    }
  }
  ~ReturnedFolder() { std::filesystem::remove_all(root_); }
  ReturnedFolder(const ReturnedFolder&) = delete;
  ReturnedFolder& operator=(const ReturnedFolder&) = delete;

  recover::RecoveryReport recover(const base::SystemCalls& system) const {
    sink::test::FakeClock clock;
    clock.utc_ns = kRecordedUtcNs + 1'000'000'000;
    recover::RecoveryReport report;
    const base::Result result = recover::recover_folder({root_.string(), true, root_.string()}, system, clock.clock(), report);
    EXPECT_TRUE(result.is_ok()) << result.message;
    return report;
  }
  // Of all finished files, sorted.
  std::vector<uint64_t> records() const {
    std::vector<uint64_t> found;
    for (const auto& file : finished_files()) {
      found.insert(found.end(), file.first_column.begin(), file.first_column.end());
    }
    std::sort(found.begin(), found.end());
    return found;
  }
  bool is_in_order() const {
    const auto files = finished_files();
    return std::all_of(files.begin(), files.end(),
                       [](const auto& file) { return std::is_sorted(file.first_column.begin(), file.first_column.end()); });
  }
  bool has_only_finished_files() const {
    const std::filesystem::directory_iterator entries(root_);
    return std::all_of(begin(entries), end(entries), [](const auto& entry) { return entry.path().filename().string().starts_with("t-"); });
  }

 private:
  std::vector<sink::test::ProbedFile> finished_files() const {
    std::vector<sink::test::ProbedFile> files;
    for (const auto& entry : std::filesystem::directory_iterator(root_)) {
      if (entry.path().filename().string().starts_with("t-")) {
        files.push_back(sink::test::probe(entry.path().string()));
      }
    }
    return files;
  }

  std::filesystem::path root_;
};

// Records 0, 1, … up to the first that is missing.
uint64_t first_missing(std::vector<uint64_t> found) {
  found.erase(std::unique(found.begin(), found.end()), found.end());
  uint64_t count = 0;
  while (count < found.size() && found[count] == count) {
    ++count;
  }
  return count;
}

bool has_one_twice(const std::vector<uint64_t>& found) { return std::adjacent_find(found.begin(), found.end()) != found.end(); }

// What is on the disk → how many records are recovered from it: a state that was judged before is not recovered again.
class RecoveredStates {
 public:
  uint64_t records_of(const MemoryFolder& contents) {
    if (contents.empty()) {
      return 0;
    }
    const auto known = known_.find(contents);
    return known != known_.end() ? known->second : known_[contents] = recover(contents);
  }
  size_t count() const { return known_.size(); }
  // States with files whose records are not in their order.
  size_t disordered() const { return disordered_; }
  // With a record that is there twice.
  size_t repeated() const { return repeated_; }

 private:
  uint64_t recover(const MemoryFolder& contents) {
    const ReturnedFolder folder(contents);
    const FakeSystem without_syncs;
    folder.recover(without_syncs.calls());
    disordered_ += folder.is_in_order() ? 0 : 1;
    repeated_ += has_one_twice(folder.records()) ? 1 : 0;
    return first_missing(folder.records());
  }

  std::map<MemoryFolder, uint64_t> known_;
  size_t disordered_ = 0;
  size_t repeated_ = 0;
};

struct SyncedCase {
  std::string name;
  pqflow_file_layout layout;
  bool is_read_by_others;
  bool is_journaled;
};

void PrintTo(const SyncedCase& is, std::ostream* stream) { *stream << is.name; }

using LeftOut = std::function<bool(const RecordedCall&)>;

bool is_of_journal(const RecordedCall& call) { return call.path.find(".journal") != std::string::npos; }

class PowerCutOfSyncedCapture : public ::testing::TestWithParam<SyncedCase> {
 protected:
  void SetUp() override {
    RecordedCaptureOptions options;
    options.record_count = record_count_;
    options.rotate_rows = 210;
    options.is_read_by_others = GetParam().is_read_by_others;
    options.layout = GetParam().layout;
    options.is_synced = true;
    options.is_journaled = GetParam().is_journaled;
    run_recorded_capture(options, system_);
    ASSERT_GT(system_.recorded().size(), 30U);
  }

  // Cuts after which a record is missing that counted as durable; up to the first one where calls are left out.
  uint64_t cuts_that_lose_records(const LeftOut& is_left_out = {}) {
    PowerCutDisk disk;
    uint64_t losses = 0;
    for (const RecordedCall& call : system_.recorded()) {
      losses += losses_of(disk, call.durable_before);
      if (is_left_out && losses != 0) {
        return losses;
      }
      if (!is_left_out || !is_left_out(call)) {
        disk.apply(call);
      }
    }
    return losses + losses_of(disk, record_count_);
  }
  static MemoryFolder contents_of(const PowerCutDisk& disk, size_t name_changes, Survivors survivors, uint32_t seed) {
    MemoryFolder folder;
    for (const auto& [name, file] : disk.names(name_changes)) {
      folder[name] = disk.contents(file, survivors, seed);
    }
    return folder;
  }

  const uint64_t record_count_ = 600;
  RecordingSystem system_;
  RecoveredStates states_;

 private:
  uint64_t losses_of(const PowerCutDisk& disk, uint64_t durable_records) {
    uint64_t losses = 0;
    for (size_t name_changes = 0; name_changes <= disk.unsynced_names(); ++name_changes) {
      for (const Survivors survivors : kSurvivors) {
        losses += states_.records_of(contents_of(disk, name_changes, survivors, ++seed_)) < durable_records ? 1 : 0;
      }
    }
    return losses;
  }

  uint32_t seed_ = 0;
};

TEST_P(PowerCutOfSyncedCapture, every_record_that_counted_as_durable_is_recovered_once) {
  EXPECT_EQ(cuts_that_lose_records(), 0U);
  EXPECT_EQ(states_.disordered(), 0U);
  EXPECT_EQ(states_.repeated(), 0U);
  EXPECT_GT(states_.count(), 25U);
}

TEST_P(PowerCutOfSyncedCapture, records_count_as_durable_long_before_their_file_ends) {
  uint64_t durable_records = 0;
  uint64_t steps = 0;
  for (const RecordedCall& call : system_.recorded()) {
    steps += call.durable_before > durable_records ? 1 : 0;
    durable_records = std::max(durable_records, call.durable_before);
  }
  EXPECT_GE(steps, 6U);
}

TEST_P(PowerCutOfSyncedCapture, without_the_syncs_records_would_be_missing) {
  EXPECT_GT(cuts_that_lose_records([](const RecordedCall& call) { return call.action == Action::kSync && !is_of_journal(call); }), 0U);
}

TEST_P(PowerCutOfSyncedCapture, without_the_folder_s_syncs_records_would_be_missing) {
  EXPECT_GT(cuts_that_lose_records([](const RecordedCall& call) { return call.action == Action::kSyncFolder; }), 0U);
}

TEST_P(PowerCutOfSyncedCapture, without_the_journal_s_syncs_records_would_be_missing) {
  if (GetParam().is_journaled) {
    EXPECT_GT(cuts_that_lose_records([](const RecordedCall& call) { return call.action == Action::kSync && is_of_journal(call); }), 0U);
  }
}

TEST_P(PowerCutOfSyncedCapture, a_recovery_that_is_killed_at_any_call_and_done_again_has_every_record_once) {
  PowerCutDisk disk;
  const size_t call_count = system_.recorded().size() / 2;
  for (size_t index = 0; index < call_count; ++index) {
    disk.apply(system_.recorded()[index]);
  }
  const uint64_t durable_records = system_.recorded()[call_count].durable_before;
  ASSERT_GT(durable_records, 100U);
  const MemoryFolder contents = contents_of(disk, disk.unsynced_names(), Survivors::kNone, 0);
  bool was_killed = true;
  for (uint64_t call = 0; was_killed; ++call) {
    const ReturnedFolder folder(contents);
    FakeSystem killed;
    killed.fail(EIO, call);
    folder.recover(killed.calls());
    was_killed = killed.failure_count() != 0;
    const FakeSystem without_syncs;
    EXPECT_EQ(problems_of(folder.recover(without_syncs.calls())), "") << "killed at call " << call;
    EXPECT_GE(first_missing(folder.records()), durable_records) << "killed at call " << call;
    EXPECT_FALSE(has_one_twice(folder.records())) << "killed at call " << call;
    EXPECT_TRUE(folder.has_only_finished_files()) << "killed at call " << call;
  }
}

INSTANTIATE_TEST_SUITE_P(, PowerCutOfSyncedCapture,
                         ::testing::Values(SyncedCase{"classic", PQFLOW_FILE_LAYOUT_CLASSIC, false, false},
                                           SyncedCase{"live", PQFLOW_FILE_LAYOUT_LIVE, false, false},
                                           SyncedCase{"live_copied_because_somebody_reads", PQFLOW_FILE_LAYOUT_LIVE, true, false},
                                           SyncedCase{"classic_with_a_journal", PQFLOW_FILE_LAYOUT_CLASSIC, false, true},
                                           SyncedCase{"live_with_a_journal", PQFLOW_FILE_LAYOUT_LIVE, false, true},
                                           SyncedCase{"live_with_a_journal_copied_because_somebody_reads", PQFLOW_FILE_LAYOUT_LIVE, true,
                                                      true}),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace pqflow::test
