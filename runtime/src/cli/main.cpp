// pqflow: works on files. One verb a command.
#include <cstdio>
#include <cstring>
#include <exception>
#include <string>
#include <vector>

#include "cli/inspect_command.hpp"
#include "cli/recover_command.hpp"
#include "cli/top_command.hpp"
#include "cli/verify_command.hpp"

namespace {

constexpr char kUsage[] =
    "usage: pqflow COMMAND ...\n"
    "  inspect FILE...  tells what Parquet files hold, column by column\n"
    "  recover DIR      finds the files that killed captures left in a folder, and finishes them\n"
    "  top              shows the sinks that are open on this machine\n"
    "  verify FILE...   checks Parquet files against the format\n"
    "  --version        the version\n";

struct Command {
  const char* name;
  int (*run)(const std::vector<std::string>& arguments);
};

constexpr Command kCommands[] = {{"inspect", pqflow::cli::run_inspect},
                                 {"recover", pqflow::cli::run_recover},
                                 {"top", pqflow::cli::run_top},
                                 {"verify", pqflow::cli::run_verify}};

int run(int argc, char** argv) {
  const std::string name = argc > 1 ? argv[1] : "";
  if (name == "--version") {
    std::printf("pqflow " PQFLOW_VERSION "\n");
    return 0;
  }
  if (name == "--help" || name == "help") {
    std::printf("%s", kUsage);
    return 0;
  }
  for (const Command& command : kCommands) {
    if (name == command.name) {
      return command.run(std::vector<std::string>(argv + 2, argv + argc));
    }
  }
  std::fprintf(stderr, "%s%s", name.empty() ? "" : ("pqflow: unknown command " + name + "\n").c_str(), kUsage);
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "pqflow: internal error: %s\nPlease report it with the command and, where you can, the file.\n", error.what());
    return 70;
  }
}
