#include "cli/recover_output.hpp"

#include "cli/json_text.hpp"
#include "cli/text_table.hpp"

namespace pqflow::cli {
namespace {

using recover::OrphanAction;
using recover::OrphanReport;
using recover::OrphanState;

const char* word_of(OrphanState state) {
  switch (state) {
    case OrphanState::kLive:
      return "live";
    case OrphanState::kUncertain:
      return "uncertain";
    case OrphanState::kRecords:
      return "unfinished";
    case OrphanState::kComplete:
      return "complete";
    case OrphanState::kEmpty:
      return "empty";
    case OrphanState::kLeftover:
      return "leftover";
    case OrphanState::kUnreadable:
      break;
  }
  return "unreadable";
}

const char* word_of(OrphanAction action) {
  switch (action) {
    case OrphanAction::kFinish:
      return "finish";
    case OrphanAction::kName:
      return "name";
    case OrphanAction::kRemove:
      return "remove";
    case OrphanAction::kNone:
      break;
  }
  return "none";
}

std::string name_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }

// The way from the folder that was asked for; a ring, which is elsewhere, whole.
std::string place_of(const std::string& path, const std::string& folder) {
  return path.starts_with(folder + "/") ? path.substr(folder.size() + 1) : path;
}

// What was done, would be done, or is in the way.
std::string outcome_of(const OrphanReport& orphan) {
  if (!orphan.problem.empty()) {
    return orphan.problem;
  }
  switch (orphan.action) {
    case OrphanAction::kFinish:
    case OrphanAction::kName:
      return (orphan.is_done ? "recovered as " : "to be recovered as ") + name_of(orphan.final_path);
    case OrphanAction::kRemove:
      return orphan.is_done ? "removed" : "to be removed";
    case OrphanAction::kNone:
      break;
  }
  return "left alone";
}

std::string member(const char* name, const std::string& json) { return ",\"" + std::string(name) + "\":" + json; }

std::string orphan_json(const OrphanReport& orphan) {
  return "{\"file\":" + json_text(orphan.path) + member("state", json_text(word_of(orphan.state))) +
         member("persisted", std::to_string(orphan.persisted_records)) + member("rowGroups", std::to_string(orphan.row_groups)) +
         member("ring", orphan.ring_path.empty() ? "null" : json_text(orphan.ring_path)) +
         member("recovered", std::to_string(orphan.recovered_records)) + member("duplicate", std::to_string(orphan.duplicate_records)) +
         member("lost", std::to_string(orphan.lost_records)) + member("damagedRowGroups", std::to_string(orphan.damaged_row_groups)) +
         member("tornJournalBytes", std::to_string(orphan.torn_journal_bytes)) + member("action", json_text(word_of(orphan.action))) +
         member("done", orphan.is_done ? "true" : "false") +
         member("finalFile", orphan.final_path.empty() ? "null" : json_text(orphan.final_path)) +
         member("problem", orphan.problem.empty() ? "null" : json_text(orphan.problem)) + "}";
}

}  // namespace

std::string recover_text(const std::string& folder, const recover::RecoveryReport& report, bool is_styled) {
  if (report.orphans.empty()) {
    return folder + ": nothing was left there\n";
  }
  TextTable table({{"file", false}, {"state", false}, {"persisted", true}, {"from ring", true}, {"lost", true}, {"", false}});
  for (const OrphanReport& orphan : report.orphans) {
    const std::string torn = orphan.torn_journal_bytes == 0 ? ""
                                                            : "; " + std::to_string(orphan.torn_journal_bytes) +
                                                                  " bytes of its journal, which no sync had reached, are ignored";
    table.add({place_of(orphan.path, folder), word_of(orphan.state), std::to_string(orphan.persisted_records),
               std::to_string(orphan.recovered_records), std::to_string(orphan.lost_records), outcome_of(orphan) + torn});
  }
  return table.text(is_styled);
}

std::string recover_json(const std::string& folder, const recover::RecoveryReport& report, bool is_writing) {
  std::string json = "{\"folder\":" + json_text(folder) + member("write", is_writing ? "true" : "false") + ",\"orphans\":[";
  const char* separator = "";
  for (const OrphanReport& orphan : report.orphans) {
    json += separator + orphan_json(orphan);
    separator = ",";
  }
  return json + "]}\n";
}

}  // namespace pqflow::cli
