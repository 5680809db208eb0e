#include "cli/inspect_command.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <system_error>

#include "cli/inspect_output.hpp"
#include "cli/text_table.hpp"

namespace pqflow::cli {
namespace {

constexpr char kUsage[] =
    "usage: pqflow inspect FILE... [--json] [--columns a,b.c] [--pages]\n"
    "  Reads Parquet files of any writer and tells, column by column, what they hold, what it takes, and why its encoding is what it is.\n"
    "  --json     one JSON object per file and line\n"
    "  --columns  only these, by their paths\n"
    "  --pages    every data page too\n"
    "  exit code: 0, or 2 for wrong usage, a column that a file does not have, or a file that cannot be read\n";

constexpr int kUnreadable = 2;
constexpr size_t kBoundLength = 24;
constexpr size_t kJsonBoundLength = 256;

struct Arguments {
  std::vector<std::string> paths;
  std::vector<std::string> columns;
  bool is_json = false;
  bool lists_pages = false;
};

bool refuse(const std::string& why) {
  std::fprintf(stderr, "pqflow inspect: %s\n%s", why.c_str(), kUsage);
  return false;
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  for (size_t start = 0; start <= text.size();) {
    const size_t end = std::min(text.find(',', start), text.size());
    parts.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return parts;
}

bool parse(const std::vector<std::string>& arguments, Arguments& parsed) {
  for (size_t index = 0; index < arguments.size(); ++index) {
    const std::string& argument = arguments[index];
    if (argument == "--json") {
      parsed.is_json = true;
    } else if (argument == "--pages") {
      parsed.lists_pages = true;
    } else if (argument == "--columns") {
      if (++index == arguments.size()) {
        return refuse("--columns needs names");
      }
      parsed.columns = split(arguments[index]);
    } else if (argument.starts_with("--")) {
      return refuse("unknown option " + argument);
    } else {
      parsed.paths.push_back(argument);
    }
  }
  return !parsed.paths.empty() || refuse("no file given");
}

// Leaves the wanted columns, in the order asked for. Answers the name of one that is missing.
std::optional<std::string> choose(const std::vector<std::string>& names, std::vector<inspect::ColumnReport>& columns) {
  std::vector<inspect::ColumnReport> chosen;
  for (const std::string& name : names) {
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [&](const inspect::ColumnReport& column) { return column.leaf.dotted_path() == name; });
    if (found == columns.end()) {
      return name;
    }
    chosen.push_back(*found);
  }
  if (!names.empty()) {
    columns = std::move(chosen);
  }
  return std::nullopt;
}

int fail(const std::string& path, const std::string& why) {
  std::fprintf(stderr, "pqflow inspect: %s: %s\n", path.c_str(), why.c_str());
  return kUnreadable;
}

int inspect_one(const std::string& path, const Arguments& arguments) {
  try {
    std::optional<inspect::FileReport> report =
        inspect::inspect_file(verify::FileReader(path), arguments.is_json ? kJsonBoundLength : kBoundLength);
    if (!report) {
      return fail(path, "no Parquet file that can be read; pqflow verify says what is wrong with it");
    }
    if (const std::optional<std::string> missing = choose(arguments.columns, report->columns)) {
      return fail(path, "has no column `" + *missing + "`");
    }
    const std::string text = arguments.is_json ? inspect_json(path, *report, arguments.lists_pages)
                                               : inspect_text(path, *report, arguments.lists_pages, is_styled_output());
    std::fwrite(text.data(), 1, text.size(), stdout);
  } catch (const std::system_error& error) {
    std::fprintf(stderr, "pqflow inspect: %s\n", error.what());
    return kUnreadable;
  }
  return 0;
}

}  // namespace

int run_inspect(const std::vector<std::string>& arguments) {
  Arguments parsed;
  if (!parse(arguments, parsed)) {
    return kUnreadable;
  }
  int worst = 0;
  for (const std::string& path : parsed.paths) {
    worst = std::max(worst, inspect_one(path, parsed));
  }
  return worst;
}

}  // namespace pqflow::cli
