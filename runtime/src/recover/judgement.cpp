#include "recover/judgement.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace pqflow::recover {

namespace {

void describe_contents(const UnfinishedFile& file, OrphanReport& orphan) {
  orphan.persisted_records = file.record_count() + file.interim_record_count();
  orphan.row_groups = file.found.row_groups.size() + file.interims.size();
  orphan.lost_records = file.found.damaged_records;
  orphan.damaged_row_groups = file.found.damaged_row_groups;
}

const char* why_unreadable(const UnfinishedFile& file) {
  if (!file.found.row_groups.empty()) {
    return "its first row group is damaged, which names the columns";
  }
  return file.found.damaged_row_groups != 0 ? "the pages of all row groups are damaged"
                                            : "there is no whole row group in it, nor does anything say that it is a file of pqflow";
}

}  // namespace

void judge_file(const UnfinishedFile& file, OrphanReport& orphan) {
  describe_contents(file, orphan);
  if (file.is_complete) {
    orphan.state = OrphanState::kComplete;
    orphan.action = OrphanAction::kName;
  } else if (file.is_disposable) {
    orphan.state = OrphanState::kEmpty;
    orphan.action = OrphanAction::kRemove;
  } else if ((file.found.row_groups.empty() && file.interims.empty()) || !file.fields) {
    orphan.state = OrphanState::kUnreadable;
    orphan.problem = why_unreadable(file);
  } else {
    orphan.state = OrphanState::kRecords;
    orphan.action = OrphanAction::kFinish;
  }
}

// What was being made: a Parquet file, or one that has got its length and no more. Other programs may use the name.
base::Result judge_aside(const SourceFile& source, OrphanReport& orphan) {
  constexpr std::string_view kFileMagic = "PAR1";
  constexpr std::string_view kNothing("\0\0\0\0", 4);
  std::vector<uint8_t> bytes;
  if (auto result = source.read(0, std::min<uint64_t>(source.size_bytes(), kFileMagic.size()), bytes); !result.is_ok()) {
    return result;
  }
  const std::string_view begin(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (kFileMagic.starts_with(begin) || kNothing.starts_with(begin)) {
    orphan.state = OrphanState::kLeftover;
    orphan.action = OrphanAction::kRemove;
  } else {
    orphan.problem = "nothing says that it is a file of pqflow";
  }
  return base::Result::ok();
}

void judge_owned(Ownership ownership, OrphanReport& orphan) {
  const bool is_live = ownership == Ownership::kWriter;
  orphan.state = is_live ? OrphanState::kLive : OrphanState::kUncertain;
  orphan.problem = is_live ? "" : "whether it is still written cannot be told: no locks on this file system";
}

}  // namespace pqflow::recover
