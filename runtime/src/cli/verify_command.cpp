#include "cli/verify_command.hpp"

#include <cstdio>
#include <optional>
#include <system_error>

#include "cli/json_text.hpp"
#include "verify/expected_schema.hpp"
#include "verify/verify.hpp"

namespace pqflow::cli {
namespace {

constexpr char kUsage[] =
    "usage: pqflow verify FILE... [--schema NAME.pqflow.json] [--json] [--rules]\n"
    "  Checks every byte of Parquet files against the format: structure, checksums, encodings, values, statistics, indexes.\n"
    "  --schema  the resolved schema, as pqflow-gen writes it, that the files' columns must be those of\n"
    "  --json    one JSON object per file and line\n"
    "  --rules   lists the rules and ends\n"
    "  exit code: 0 all files are right, 1 findings, 2 wrong usage or a file that cannot be read\n";

enum ExitCode { kRight = 0, kFindings = 1, kUnreadable = 2 };

struct VerifyArguments {
  std::vector<std::string> paths;
  std::optional<std::string> schema_path;
  bool is_json = false;
  bool lists_rules = false;
};

bool parse(const std::vector<std::string>& arguments, VerifyArguments& parsed) {
  for (size_t index = 0; index < arguments.size(); ++index) {
    const std::string& argument = arguments[index];
    if (argument == "--schema") {
      if (++index == arguments.size()) {
        std::fprintf(stderr, "pqflow verify: --schema needs a file\n%s", kUsage);
        return false;
      }
      parsed.schema_path = arguments[index];
    } else if (argument == "--json") {
      parsed.is_json = true;
    } else if (argument == "--rules") {
      parsed.lists_rules = true;
    } else if (argument.starts_with("--")) {
      std::fprintf(stderr, "pqflow verify: unknown option %s\n%s", argument.c_str(), kUsage);
      return false;
    } else {
      parsed.paths.push_back(argument);
    }
  }
  if (parsed.paths.empty() && !parsed.lists_rules) {
    std::fprintf(stderr, "pqflow verify: no file given\n%s", kUsage);
    return false;
  }
  return true;
}

void print_rules() {
  for (const verify::RuleText& rule : verify::all_rules()) {
    std::printf("%-24s %s\n", rule.id, rule.law);
  }
}

void print_text(const std::string& path, const verify::Summary& summary, const verify::Findings& findings) {
  for (const verify::Finding& finding : findings.all()) {
    const std::string column = finding.column.empty() ? "" : " column `" + finding.column + "`";
    std::printf("%s: offset %llu:%s %s [%s]\n", path.c_str(), static_cast<unsigned long long>(finding.offset_bytes), column.c_str(),
                finding.message.c_str(), verify::text_of(finding.rule).id);
  }
  std::printf("%s: %llu rows, %zu columns, %zu row groups, %llu bytes: %zu findings%s\n", path.c_str(),
              static_cast<unsigned long long>(summary.row_count), summary.column_count, summary.row_group_count,
              static_cast<unsigned long long>(summary.size_bytes), findings.total_count(),
              findings.total_count() > findings.all().size() ? ", the first of them above" : "");
}

void print_json(const std::string& path, const verify::Summary& summary, const verify::Findings& findings) {
  std::printf(
      "{\"file\":%s,\"bytes\":%llu,\"rows\":%llu,\"columns\":%zu,\"rowGroups\":%zu,\"createdBy\":%s,\"findingCount\":%zu,\"findings\":[",
      json_text(path).c_str(), static_cast<unsigned long long>(summary.size_bytes), static_cast<unsigned long long>(summary.row_count),
      summary.column_count, summary.row_group_count, json_text(summary.created_by).c_str(), findings.total_count());
  const char* separator = "";
  for (const verify::Finding& finding : findings.all()) {
    std::printf("%s{\"rule\":\"%s\",\"offset\":%llu,\"column\":%s,\"message\":%s}", separator, verify::text_of(finding.rule).id,
                static_cast<unsigned long long>(finding.offset_bytes), json_text(finding.column).c_str(),
                json_text(finding.message).c_str());
    separator = ",";
  }
  std::printf("]}\n");
}

// Empty, after a message, when there is no such schema.
std::optional<verify::JsonValue> read_schema(const std::string& path) {
  const auto refuse = [&](const std::string& why) {
    std::fprintf(stderr, "pqflow verify: %s: %s\n", path.c_str(), why.c_str());
    return std::nullopt;
  };
  if (path.ends_with(".yaml") || path.ends_with(".yml")) {
    return refuse("a schema in YAML is not read here; give NAME.pqflow.json, which pqflow-gen makes of it (--emit ir)");
  }
  try {
    const verify::FileReader file(path);
    const std::vector<uint8_t> bytes = file.read(0, file.size_bytes());
    verify::JsonValue schema = verify::read_json({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    if (!verify::is_resolved_schema(schema)) {
      return refuse("this is no resolved schema: it has no \"pqflow\": 1 or no \"columns\"");
    }
    return schema;
  } catch (const verify::JsonError& error) {
    return refuse(error.what());
  } catch (const std::system_error& error) {
    std::fprintf(stderr, "pqflow verify: %s\n", error.what());
    return std::nullopt;
  }
}

ExitCode verify_one(const std::string& path, bool is_json, const verify::JsonValue* schema) {
  verify::Findings findings;
  try {
    const verify::Summary summary = verify::verify_file(path, findings, schema);
    (is_json ? print_json : print_text)(path, summary, findings);
  } catch (const std::system_error& error) {
    std::fprintf(stderr, "pqflow verify: %s\n", error.what());
    return kUnreadable;
  }
  return findings.total_count() == 0 ? kRight : kFindings;
}

}  // namespace

int run_verify(const std::vector<std::string>& arguments) {
  VerifyArguments parsed;
  if (!parse(arguments, parsed)) {
    return kUnreadable;
  }
  if (parsed.lists_rules) {
    print_rules();
    return kRight;
  }
  std::optional<verify::JsonValue> schema;
  if (parsed.schema_path && !(schema = read_schema(*parsed.schema_path))) {
    return kUnreadable;
  }
  int worst = kRight;
  for (const std::string& path : parsed.paths) {
    const int result = verify_one(path, parsed.is_json, schema ? &*schema : nullptr);
    worst = result > worst ? result : worst;
  }
  return worst;
}

}  // namespace pqflow::cli
