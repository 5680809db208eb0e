#include "base/process_identity.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace pqflow::base {

namespace {

// 0: there is no such process.
uint64_t read_start_time_ticks(int64_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  std::getline(file, line);
  // The second field is the name in brackets, which may hold brackets and spaces itself: fields are counted from the last bracket.
  const size_t name_end = line.rfind(')');
  if (name_end == std::string::npos) {
    return 0;
  }
  std::istringstream fields(line.substr(name_end + 1));
  std::string field;
  for (int number = 3; number <= 22; ++number) {
    fields >> field;
  }
  return std::strtoull(field.c_str(), nullptr, 10);
}

uint64_t read_pid_namespace() {
  struct stat status {};
  return ::stat("/proc/self/ns/pid", &status) == 0 ? static_cast<uint64_t>(status.st_ino) : 0;
}

std::array<char, 40> read_boot_id() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string line;
  std::getline(file, line);
  std::array<char, 40> boot_id{};
  line.copy(boot_id.data(), boot_id.size() - 1);
  return boot_id;
}

}  // namespace

ProcessIdentity current_process() {
  const auto pid = static_cast<int64_t>(::getpid());
  return {pid, read_start_time_ticks(pid), read_pid_namespace(), read_boot_id()};
}

Boot boot_of(const ProcessIdentity& process) {
  const std::array<char, 40> boot_id = read_boot_id();
  if (boot_id[0] == 0 || process.boot_id[0] == 0) {
    return Boot::kUnknown;
  }
  return process.boot_id == boot_id ? Boot::kThis : Boot::kOther;
}

Liveness liveness_of(const ProcessIdentity& process) {
  const ProcessIdentity self = current_process();
  if (const Boot boot = boot_of(process); boot != Boot::kThis) {
    return boot == Boot::kOther ? Liveness::kEnded : Liveness::kUnknown;
  }
  if (process.pid_namespace != self.pid_namespace) {
    return Liveness::kUnknown;
  }
  const bool is_running =
      process.pid > 0 && read_start_time_ticks(process.pid) == process.start_time_ticks && process.start_time_ticks != 0;
  return is_running ? Liveness::kRunning : Liveness::kEnded;
}

}  // namespace pqflow::base
