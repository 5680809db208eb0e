#include "watch/find_sinks.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <map>
#include <system_error>
#include <utility>

namespace pqflow::watch {

namespace {

namespace fs = std::filesystem;

constexpr const char* kProcesses = "/proc";

// A page may be open in forked children too: who made it is the one with the name that the page says, or the first of another namespace.
using Inode = std::pair<dev_t, ino_t>;

bool parse_number(const std::string& text, uint64_t& number) noexcept {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

bool is_stats_page(const fs::path& descriptor) {
  std::error_code error;
  return fs::read_symlink(descriptor, error).native().starts_with("/memfd:" + std::string(kStatsName));
}

#if defined(__linux__)
// A length that cannot change: to look at a page that its owner cuts would end this process.
bool has_fixed_length(int fd, const struct stat& status) noexcept {
  const int seals = ::fcntl(fd, F_GET_SEALS);
  return status.st_size == static_cast<off_t>(kStatsPageBytes) && seals >= 0 && (seals & F_SEAL_SHRINK) != 0;
}
#else
bool has_fixed_length(int, const struct stat&) noexcept { return false; }
#endif

bool is_of_this_process(const FoundSink& sink, uint64_t pid_namespace) {
  return sink.reading != Reading::kWhole || sink.stats.owner.pid_namespace != pid_namespace ||
         static_cast<uint64_t>(sink.stats.owner.pid) == sink.process_id;
}

class Search {
 public:
  void look_at_process(const fs::path& process, uint64_t process_id);
  std::vector<FoundSink> sinks() const;

 private:
  void look_at_page(int fd, uint64_t process_id);

  const uint64_t pid_namespace_ = base::current_process().pid_namespace;
  std::map<Inode, FoundSink> found_;
};

void Search::look_at_process(const fs::path& process, uint64_t process_id) {
  std::error_code error;
  for (fs::directory_iterator entry(process / "fd", error); !error && entry != fs::directory_iterator(); entry.increment(error)) {
    if (!is_stats_page(entry->path())) {
      continue;
    }
    const int fd = ::open(entry->path().c_str(), O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
      look_at_page(fd, process_id);
      ::close(fd);
    }
  }
}

void Search::look_at_page(int fd, uint64_t process_id) {
  struct stat status {};
  if (::fstat(fd, &status) != 0 || !has_fixed_length(fd, status)) {
    return;
  }
  void* const mapped = ::mmap(nullptr, kStatsPageBytes, PROT_READ, MAP_SHARED, fd, 0);
  if (mapped == MAP_FAILED) {
    return;
  }
  FoundSink sink;
  sink.process_id = process_id;
  sink.reading = load_stats(*static_cast<const StatsPage*>(mapped), sink.stats);
  ::munmap(mapped, kStatsPageBytes);
  const Inode inode{status.st_dev, status.st_ino};
  if (is_of_this_process(sink, pid_namespace_) && (!found_.contains(inode) || process_id < found_[inode].process_id)) {
    found_[inode] = sink;
  }
}

std::vector<FoundSink> Search::sinks() const {
  std::vector<FoundSink> sinks;
  for (const auto& [inode, sink] : found_) {
    sinks.push_back(sink);
  }
  std::ranges::sort(sinks, {}, [](const FoundSink& sink) { return std::pair(sink.process_id, sink.stats.opened_utc_ns); });
  return sinks;
}

}  // namespace

base::Result find_sinks(std::vector<FoundSink>& sinks) {
  Search search;
  std::error_code error;
  for (fs::directory_iterator entry(kProcesses, error); !error && entry != fs::directory_iterator(); entry.increment(error)) {
    uint64_t process_id = 0;
    if (parse_number(entry->path().filename().string(), process_id)) {
      search.look_at_process(entry->path(), process_id);
    }
  }
  if (error) {
    return base::Result::failure(PQFLOW_STATUS_IO_ERROR, std::string("cannot list processes in ") + kProcesses + ": " + error.message(),
                                 error.value());
  }
  sinks = search.sinks();
  return base::Result::ok();
}

}  // namespace pqflow::watch
