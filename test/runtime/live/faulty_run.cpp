#include "live/faulty_run.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <thread>

namespace pqflow::test {
namespace {

constexpr std::chrono::seconds kTimeLimit{20};

std::string contents_of(const std::string& path) {
  std::ifstream stream(path);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<ToldCall> told_in(const std::string& text) {
  std::vector<ToldCall> told;
  std::istringstream lines(text);
  for (ToldCall is;
       lines >> is.call >> is.status >> is.os_error >> is.accepted >> is.persisted >> is.visible >> is.durable >> is.lost >> is.dropped;) {
    told.push_back(is);
  }
  return told;
}

// Environment of the child: what this process has, and what the shim wants to know.
std::vector<std::string> environment_of(const std::string& folder, const std::string& report, const Fault& fault) {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    variables.emplace_back(*variable);
  }
  variables.emplace_back("LD_PRELOAD=" PQFLOW_FAILING_CALLS);
  variables.push_back("PQFLOW_FAULT_FOLDER=" + folder);
  variables.push_back("PQFLOW_FAULT_REPORT=" + report);
  variables.push_back("PQFLOW_FAULT_FIRST=" + std::to_string(fault.first_call));
  variables.push_back("PQFLOW_FAULT_COUNT=" + std::to_string(fault.call_count));
  variables.push_back("PQFLOW_FAULT_ERRNO=" + std::to_string(fault.os_error));
  variables.push_back("PQFLOW_FAULT_DELAY_US=" + std::to_string(fault.delay_us));
  return variables;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) {
    pointers.push_back(text.data());
  }
  pointers.push_back(nullptr);
  return pointers;
}

pid_t start(std::vector<std::string> arguments, std::vector<std::string> variables, const std::string& output, const std::string& errors) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  pid_t child = -1;
  if (posix_spawn(&child, PQFLOW_CAPTURE_FAULTS, &actions, nullptr, pointers_to(arguments).data(), pointers_to(variables).data()) != 0) {
    child = -1;
  }
  posix_spawn_file_actions_destroy(&actions);
  return child;
}

void wait_for(pid_t child, FaultyRun& run) {
  const auto deadline = std::chrono::steady_clock::now() + kTimeLimit;
  int status = 0;
  while (waitpid(child, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > deadline) {
      run.is_hanging = true;
      kill(child, SIGKILL);
      waitpid(child, &status, 0);
      break;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  run.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// In memory, for the ring of one run; empty where there is no such folder, and the ring is private.
class RingFolder {
 public:
  RingFolder() {
    if (mkdtemp(path_.data()) == nullptr) {
      path_.clear();
    }
  }
  ~RingFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  RingFolder(const RingFolder&) = delete;
  const std::string& path() const { return path_; }
  bool has_rings() const { return !path_.empty() && !std::filesystem::is_empty(path_); }

 private:
  std::string path_ = "/dev/shm/pqflow-test-XXXXXX";
};

}  // namespace

FaultyRun run_with_fault(const std::string& folder, const std::string& layout, const Fault& fault) {
  const std::string report = folder + "-report";
  const std::string output = folder + "-output";
  const std::string errors = folder + "-errors";
  const RingFolder rings;
  FaultyRun run;
  const pid_t child = start({PQFLOW_CAPTURE_FAULTS, folder + "/t-{seq}.parquet", layout, rings.path()},
                            environment_of(folder + "/", report, fault), output, errors);
  if (child < 0) {
    return run;
  }
  wait_for(child, run);
  run.has_ring_folder = !rings.path().empty();
  run.has_left_ring = rings.has_rings();
  run.told = told_in(contents_of(output));
  run.errors = contents_of(errors);
  std::istringstream(contents_of(report)) >> run.call_count >> run.failed_count >> run.failed_kind;
  for (const std::string& path : {report, output, errors}) {
    unlink(path.c_str());
  }
  return run;
}

}  // namespace pqflow::test
