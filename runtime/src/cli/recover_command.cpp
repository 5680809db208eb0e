#include "cli/recover_command.hpp"

#include <algorithm>
#include <cstdio>

#include "cli/recover_output.hpp"
#include "cli/text_table.hpp"
#include "recover/recover.hpp"

namespace pqflow::cli {
namespace {

constexpr char kUsage[] =
    "usage: pqflow recover DIR [--write] [--manifest FILE] [--json] [--ring-dir DIR]\n"
    "  Finds the files that captures left in a folder, or below it, when their process ended before they were finished, and tells what is "
    "in\n"
    "  them.\n"
    "  With them the rings of those processes: records that had been logged and not yet written. What goes on is left alone.\n"
    "  --write  finishes them: each gets a footer and its final name, or another one where that is taken; files without records are "
    "removed\n"
    "  --manifest FILE  with --write: a line of JSON for each file that is finished is appended, as a capture's manifest has it\n"
    "  --json   one JSON object\n"
    "  --ring-dir DIR  where rings are: ring_dir of the captures; /dev/shm unless given\n"
    "  exit code: 0 nothing was left, or all of it is recovered; 1 something was found, and --write not given;\n"
    "             2 wrong usage, a folder that cannot be read, or something that cannot be recovered or is damaged\n";

enum ExitCode { kInOrder = 0, kFound = 1, kFailed = 2 };

struct Arguments {
  std::string folder;
  std::string ring_folder = recover::kDefaultRingFolder;
  std::string manifest_path;
  bool is_writing = false;
  bool is_json = false;
};

bool refuse(const std::string& why) {
  std::fprintf(stderr, "pqflow recover: %s\n%s", why.c_str(), kUsage);
  return false;
}

bool parse(const std::vector<std::string>& arguments, Arguments& parsed) {
  for (size_t index = 0; index < arguments.size(); ++index) {
    const std::string& argument = arguments[index];
    if (argument == "--ring-dir") {
      if (++index == arguments.size()) {
        return refuse("--ring-dir needs a folder");
      }
      parsed.ring_folder = arguments[index];
    } else if (argument == "--manifest") {
      if (++index == arguments.size() || arguments[index].empty()) {
        return refuse("--manifest needs a file");
      }
      parsed.manifest_path = arguments[index];
    } else if (argument == "--write") {
      parsed.is_writing = true;
    } else if (argument == "--json") {
      parsed.is_json = true;
    } else if (argument.starts_with("--")) {
      return refuse("unknown option " + argument);
    } else if (!parsed.folder.empty()) {
      return refuse("one folder at a time");
    } else {
      parsed.folder = argument;
    }
  }
  while (parsed.folder.size() > 1 && parsed.folder.ends_with('/')) {
    parsed.folder.pop_back();
  }
  if (!parsed.manifest_path.empty() && !parsed.is_writing) {
    return refuse("--manifest needs --write: it lists what was finished");
  }
  return !parsed.folder.empty() || refuse("no folder given");
}

ExitCode judge(const recover::OrphanReport& orphan) {
  using recover::OrphanState;
  if (orphan.state == OrphanState::kLive) {
    return kInOrder;
  }
  if (!orphan.problem.empty() || orphan.damaged_row_groups != 0) {
    return kFailed;
  }
  return orphan.is_done ? kInOrder : kFound;
}

}  // namespace

int run_recover(const std::vector<std::string>& arguments) {
  Arguments parsed;
  if (!parse(arguments, parsed)) {
    return kFailed;
  }
  recover::RecoveryReport report;
  const base::Result result = recover::recover_folder({parsed.folder, parsed.is_writing, parsed.ring_folder, parsed.manifest_path},
                                                      base::real_system_calls(), base::real_clock(), report);
  if (!result.is_ok()) {
    std::fprintf(stderr, "pqflow recover: %s\n", result.message.c_str());
    return kFailed;
  }
  const std::string text =
      parsed.is_json ? recover_json(parsed.folder, report, parsed.is_writing) : recover_text(parsed.folder, report, is_styled_output());
  std::fwrite(text.data(), 1, text.size(), stdout);
  int worst = kInOrder;
  for (const recover::OrphanReport& orphan : report.orphans) {
    worst = std::max<int>(worst, judge(orphan));
  }
  return worst;
}

}  // namespace pqflow::cli
