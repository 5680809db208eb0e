#include "cli/recover_output.hpp"

#include <algorithm>
#include <vector>

#include "cli/json_text.hpp"
#include "cli/text_table.hpp"
#include "recover/orphan_reason.hpp"

namespace pqflow::cli {
namespace {

using recover::OrphanAction;
using recover::OrphanReason;
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
         member("reason", orphan.reason == OrphanReason::kUnknown ? "null" : json_text(recover::reason_word(orphan.reason))) +
         member("persisted", std::to_string(orphan.persisted_records)) + member("rowGroups", std::to_string(orphan.row_groups)) +
         member("ring", orphan.ring_path.empty() ? "null" : json_text(orphan.ring_path)) +
         member("recovered", std::to_string(orphan.recovered_records)) + member("duplicate", std::to_string(orphan.duplicate_records)) +
         member("dropped", orphan.dropped_records ? std::to_string(*orphan.dropped_records) : "null") +
         member("lost", std::to_string(orphan.lost_records)) + member("damagedRowGroups", std::to_string(orphan.damaged_row_groups)) +
         member("tornJournalBytes", std::to_string(orphan.torn_journal_bytes)) + member("action", json_text(word_of(orphan.action))) +
         member("done", orphan.is_done ? "true" : "false") +
         member("finalFile", orphan.final_path.empty() ? "null" : json_text(orphan.final_path)) +
         member("problem", orphan.problem.empty() ? "null" : json_text(orphan.problem)) + "}";
}

std::string torn_journal_of(const OrphanReport& orphan) {
  return orphan.torn_journal_bytes == 0
             ? ""
             : "; " + std::to_string(orphan.torn_journal_bytes) + " bytes of its journal, which no sync had reached, are ignored";
}

struct Column {
  const char* heading;
  bool is_number;
  std::string (*cell)(const OrphanReport& orphan, const std::string& folder);
  bool (*is_silent)(const OrphanReport& orphan) = nullptr;  // A column where no file has anything to say is left out; null: never.
};

const Column kColumns[] = {
    {"file", false, [](const OrphanReport& orphan, const std::string& folder) { return place_of(orphan.path, folder); }},
    {"state", false, [](const OrphanReport& orphan, const std::string&) { return std::string(word_of(orphan.state)); }},
    {"reason", false,
     [](const OrphanReport& orphan, const std::string&) {
       return std::string(orphan.reason == OrphanReason::kUnknown ? "-" : recover::reason_word(orphan.reason));
     },
     [](const OrphanReport& orphan) { return orphan.reason == OrphanReason::kUnknown; }},
    {"persisted", true, [](const OrphanReport& orphan, const std::string&) { return std::to_string(orphan.persisted_records); }},
    {"from ring", true, [](const OrphanReport& orphan, const std::string&) { return std::to_string(orphan.recovered_records); }},
    {"duplicate", true, [](const OrphanReport& orphan, const std::string&) { return std::to_string(orphan.duplicate_records); },
     [](const OrphanReport& orphan) { return orphan.duplicate_records == 0; }},
    {"dropped", true,
     [](const OrphanReport& orphan, const std::string&) {
       return orphan.dropped_records ? std::to_string(*orphan.dropped_records) : std::string("-");
     },
     [](const OrphanReport& orphan) { return orphan.dropped_records.value_or(0) == 0; }},
    {"lost", true, [](const OrphanReport& orphan, const std::string&) { return std::to_string(orphan.lost_records); }},
    {"", false, [](const OrphanReport& orphan, const std::string&) { return outcome_of(orphan) + torn_journal_of(orphan); }},
};

}  // namespace

std::string recover_text(const std::string& folder, const recover::RecoveryReport& report, bool is_styled) {
  if (report.orphans.empty()) {
    return folder + ": nothing was left there\n";
  }
  std::vector<const Column*> shown;
  for (const Column& column : kColumns) {
    const auto says_something = [&](const OrphanReport& orphan) { return !column.is_silent(orphan); };
    if (column.is_silent == nullptr || std::ranges::any_of(report.orphans, says_something)) {
      shown.push_back(&column);
    }
  }
  std::vector<TextTable::Heading> headings;
  headings.reserve(shown.size());
  for (const Column* const column : shown) {
    headings.push_back({column->heading, column->is_number});
  }
  TextTable table(headings);
  for (const OrphanReport& orphan : report.orphans) {
    std::vector<std::string> cells;
    cells.reserve(shown.size());
    for (const Column* const column : shown) {
      cells.push_back(column->cell(orphan, folder));
    }
    table.add(std::move(cells));
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
