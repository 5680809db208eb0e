#include "live/private_mounts.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <thread>

namespace pqflow::test {
namespace {

constexpr const char* kSkip = "SKIP ";

std::string os_problem(const std::string& what) { return what + ": " + std::strerror(errno); }

bool write_text(const char* path, const std::string& text) {
  std::ofstream stream(path);
  stream << text << std::flush;
  return stream.good();
}

// As root in mounts of one's own; else as root of a user namespace.
std::string become_able_to_mount() {
  const uid_t user = getuid();
  const gid_t group = getgid();
  if (unshare(CLONE_NEWNS) != 0) {
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) {
      return os_problem("mounting is not allowed");
    }
    write_text("/proc/self/setgroups", "deny");
    if (!write_text("/proc/self/uid_map", "0 " + std::to_string(user) + " 1") ||
        !write_text("/proc/self/gid_map", "0 " + std::to_string(group) + " 1")) {
      return "mounting is not allowed: no map of users";
    }
  }
  return mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 ? "" : os_problem("mounting is not allowed");
}

std::string run_in_child(const std::function<std::string()>& body) {
  const std::string problem = become_able_to_mount();
  return problem.empty() ? body() : kSkip + problem;
}

std::string read_all(int fd) {
  std::string text;
  char buffer[4096];
  for (ssize_t size = 0; (size = read(fd, buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<size_t>(size));
  }
  return text;
}

std::string shell(const std::string& command) {
  return std::system((command + " >/dev/null 2>&1").c_str()) == 0 ? "" : kSkip + ("cannot be done here: " + command);
}

}  // namespace

std::string in_private_mounts(const std::function<std::string()>& body, std::string& skip_reason) {
  int ends[2];
  if (pipe(ends) != 0) {
    return os_problem("pipe");
  }
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    const std::string answer = run_in_child(body);
    const bool is_told = write(ends[1], answer.data(), answer.size()) == static_cast<ssize_t>(answer.size());
    _exit(is_told ? 0 : 1);
  }
  close(ends[1]);
  std::string answer = read_all(ends[0]);
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (status != 0) {
    return "the child ended with status " + std::to_string(status) + " " + answer;
  }
  if (answer.starts_with(kSkip)) {
    skip_reason = answer.substr(std::strlen(kSkip));
    return "";
  }
  return answer;
}

std::string mount_tmpfs(const std::string& folder, const std::string& size) {
  return mount("none", folder.c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0 ? "" : kSkip + os_problem("cannot mount a tmpfs");
}

std::string make_ext4_image(const std::string& image) {
  return shell("truncate -s 64M '" + image + "' && mkfs.ext4 -q -F '" + image + "'");
}

// A loop device lets go of its file some time after the last unmount.
std::string mount_image(const std::string& image, const std::string& folder) {
  std::string problem;
  for (int tries = 0; tries < 30; ++tries) {
    problem = shell("mount -o loop '" + image + "' '" + folder + "'");
    if (problem.empty()) {
      break;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return problem;
}

std::string unmount(const std::string& folder) { return umount(folder.c_str()) == 0 ? "" : os_problem("umount"); }

bool cut_power(const std::string& folder) {
  constexpr uint32_t kWithoutLogFlush = 2;
  const int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  uint32_t how = kWithoutLogFlush;
  const bool is_cut = fd >= 0 && ioctl(fd, _IOR('X', 125, uint32_t), &how) == 0;  // FS_IOC_SHUTDOWN of ext4, xfs and f2fs.
  close(fd);
  return is_cut;
}

}  // namespace pqflow::test
