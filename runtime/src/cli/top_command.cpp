#include "cli/top_command.hpp"

#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>

#include "base/system.hpp"
#include "cli/text_table.hpp"
#include "cli/top_output.hpp"
#include "watch/find_sinks.hpp"

namespace pqflow::cli {
namespace {

constexpr char kUsage[] =
    "usage: pqflow top [--once] [--json]\n"
    "  Shows the sinks that processes of this user have open: rate, watermarks, refused records, how full the ring is, the file.\n"
    "  In a terminal it goes on once a second until it is interrupted; else it prints them once.\n"
    "  --once  prints them once in a terminal too\n"
    "  --json  one JSON object, once\n"
    "  exit code: 0; 2 wrong usage, or processes cannot be listed\n";

enum ExitCode { kShown = 0, kFailed = 2 };

struct Arguments {
  bool is_once = false;
  bool is_json = false;
};

bool parse(const std::vector<std::string>& arguments, Arguments& parsed) {
  for (const std::string& argument : arguments) {
    if (argument == "--once") {
      parsed.is_once = true;
    } else if (argument == "--json") {
      parsed.is_json = true;
    } else {
      std::fprintf(stderr, "pqflow top: unknown argument %s\n%s", argument.c_str(), kUsage);
      return false;
    }
  }
  return true;
}

bool look(std::vector<watch::FoundSink>& sinks) {
  const base::Result result = watch::find_sinks(sinks);
  if (!result.is_ok()) {
    std::fprintf(stderr, "pqflow top: %s\n", result.message.c_str());
  }
  return result.is_ok();
}

uint64_t utc_now_ns() {
  const base::Clock& clock = base::real_clock();
  return clock.utc_ns(clock.context);
}

bool print(const std::string& text) { return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0; }

struct TerminalSize {
  size_t column_count = 80;
  size_t row_count = 24;
};

TerminalSize terminal_size() {
  winsize size{};
  const bool is_known = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0 && size.ws_row != 0;
  return is_known ? TerminalSize{size.ws_col, size.ws_row} : TerminalSize{};
}

ExitCode print_once(bool is_json) {
  std::vector<watch::FoundSink> sinks;
  if (!look(sinks)) {
    return kFailed;
  }
  print(is_json ? top_json(sinks, utc_now_ns()) : top_text(sinks, utc_now_ns(), is_styled_output()));
  return kShown;
}

// Until it is interrupted, or the terminal is gone.
ExitCode show_again_and_again() {
  constexpr timespec kPause{1, 0};
  std::vector<watch::FoundSink> sinks;
  do {
    const TerminalSize size = terminal_size();
    if (!look(sinks)) {
      return kFailed;
    }
    if (!print(terminal_frame(top_text(sinks, utc_now_ns(), false), size.column_count, size.row_count))) {
      return kShown;
    }
  } while (nanosleep(&kPause, nullptr) == 0);
  return kShown;
}

}  // namespace

int run_top(const std::vector<std::string>& arguments) {
  Arguments parsed;
  if (!parse(arguments, parsed)) {
    return kFailed;
  }
  const bool goes_on = !parsed.is_once && !parsed.is_json && isatty(STDOUT_FILENO) == 1;
  return goes_on ? show_again_and_again() : print_once(parsed.is_json);
}

}  // namespace pqflow::cli
