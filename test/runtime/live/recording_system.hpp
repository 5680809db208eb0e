// Real system calls that keep a list of what they did to files, and a folder in memory in which the list can be done again up to any call.
#pragma once

#include <sys/types.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/system.hpp"

namespace pqflow::test {

enum class Action { kCreate, kWrite, kLength, kCopy, kRename, kUnlink, kSync, kSyncFolder };

struct RecordedCall {
  Action action;
  std::string path;
  std::string other_path;  // kRename, kCopy: where to.
  uint64_t offset_bytes = 0;
  uint64_t size_bytes = 0;        // kLength, kCopy.
  std::vector<uint8_t> bytes;     // kWrite.
  uint64_t visible_before = 0;    // What watch() answered when the call came.
  uint64_t durable_before = 0;    // What watch_durable() did.
  uint64_t persisted_before = 0;  // Likewise.
};

// One thread. Syncs are listed, not done.
class RecordingSystem {
 public:
  RecordingSystem() : calls_(real()) {
    calls_.context = this;
    calls_.open = [](void* self, const char* path, int flags, unsigned mode) { return of(self).open(path, flags, mode); };
    calls_.pwritev = [](void* self, int fd, const iovec* pieces, int piece_count, off_t offset) {
      return of(self).pwritev(fd, std::span(pieces, static_cast<size_t>(piece_count)), offset);
    };
    calls_.ftruncate = [](void* self, int fd, off_t size_bytes) {
      return of(self).set_length(fd, size_bytes, real().ftruncate(nullptr, fd, size_bytes));
    };
    calls_.cut_unseen = [](void* self, int fd, off_t size_bytes) {
      if (of(self).is_read_by_others_) {
        errno = EAGAIN;
        return -1;
      }
      return of(self).set_length(fd, size_bytes, real().cut_unseen(nullptr, fd, size_bytes));
    };
    calls_.copy_range = [](void* self, int from_fd, int to_fd, off_t offset_bytes, size_t size_bytes) {
      return of(self).copy_range(from_fd, to_fd, offset_bytes, size_bytes);
    };
    calls_.fdatasync = [](void* self, int fd) {
      of(self).record({Action::kSync, of(self).paths_[fd], {}, 0, 0, {}, 0, 0, 0});
      return 0;
    };
    calls_.sync_directory = [](void* self, const char* path) {
      of(self).record({Action::kSyncFolder, path, {}, 0, 0, {}, 0, 0, 0});
      return 0;
    };
    calls_.rename = [](void* self, const char* from, const char* to, bool replace) { return of(self).rename(from, to, replace); };
    calls_.unlink = [](void* self, const char* path) {
      of(self).record({Action::kUnlink, path, {}, 0, 0, {}, 0, 0, 0});
      return real().unlink(nullptr, path);
    };
  }
  RecordingSystem(const RecordingSystem&) = delete;

  const base::SystemCalls& calls() const { return calls_; }
  const std::vector<RecordedCall>& recorded() const { return recorded_; }
  void watch(std::function<uint64_t()> visible, std::function<uint64_t()> persisted) {
    visible_ = std::move(visible);
    persisted_ = std::move(persisted);
  }
  void watch_durable(std::function<uint64_t()> durable) { durable_ = std::move(durable); }
  // Somebody has every file open.
  void be_read_by_others() { is_read_by_others_ = true; }

 private:
  static RecordingSystem& of(void* self) { return *static_cast<RecordingSystem*>(self); }
  static const base::SystemCalls& real() { return base::real_system_calls(); }

  void record(RecordedCall call) {
    call.visible_before = visible_ ? visible_() : 0;
    call.durable_before = durable_ ? durable_() : 0;
    call.persisted_before = persisted_ ? persisted_() : 0;
    recorded_.push_back(std::move(call));
  }
  int open(const char* path, int flags, unsigned mode) {
    const int fd = real().open(nullptr, path, flags, mode);
    if (fd >= 0) {
      paths_[fd] = path;
      record({Action::kCreate, path, {}, 0, 0, {}, 0, 0, 0});
    }
    return fd;
  }
  ssize_t pwritev(int fd, std::span<const iovec> pieces, off_t offset) {
    std::vector<uint8_t> bytes;
    for (const iovec& piece : pieces) {
      const auto* const first = static_cast<const uint8_t*>(piece.iov_base);
      bytes.insert(bytes.end(), first, first + piece.iov_len);
    }
    record({Action::kWrite, paths_[fd], {}, static_cast<uint64_t>(offset), bytes.size(), std::move(bytes), 0, 0, 0});
    return real().pwritev(nullptr, fd, pieces.data(), static_cast<int>(pieces.size()), offset);
  }
  int set_length(int fd, off_t size_bytes, int outcome) {
    if (outcome == 0) {
      record({Action::kLength, paths_[fd], {}, 0, static_cast<uint64_t>(size_bytes), {}, 0, 0, 0});
    }
    return outcome;
  }
  ssize_t copy_range(int from_fd, int to_fd, off_t offset_bytes, size_t size_bytes) {
    const ssize_t copied = real().copy_range(nullptr, from_fd, to_fd, offset_bytes, size_bytes);
    if (copied > 0) {
      record(
          {Action::kCopy, paths_[from_fd], paths_[to_fd], static_cast<uint64_t>(offset_bytes), static_cast<uint64_t>(copied), {}, 0, 0, 0});
    }
    return copied;
  }
  int rename(const char* from, const char* to, bool replace) {
    const int outcome = real().rename(nullptr, from, to, replace);
    if (outcome == 0) {
      record({Action::kRename, from, to, 0, 0, {}, 0, 0, 0});
      for (auto& [fd, path] : paths_) {
        path = path == from ? to : path;
      }
    }
    return outcome;
  }

  base::SystemCalls calls_;
  std::map<int, std::string> paths_;
  std::vector<RecordedCall> recorded_;
  std::function<uint64_t()> visible_;
  std::function<uint64_t()> durable_;
  std::function<uint64_t()> persisted_;
  bool is_read_by_others_ = false;
};

// Path → contents.
using MemoryFolder = std::map<std::string, std::vector<uint8_t>>;

// The call, or as much of a write as its first `byte_count` bytes.
inline void repeat(const RecordedCall& call, MemoryFolder& folder, size_t byte_count = SIZE_MAX) {
  const auto place = [](std::vector<uint8_t>& file, uint64_t offset_bytes, const uint8_t* bytes, size_t size_bytes) {
    file.resize(std::max<size_t>(file.size(), offset_bytes + size_bytes));
    std::memcpy(file.data() + offset_bytes, bytes, size_bytes);
  };
  switch (call.action) {
    case Action::kCreate:
      folder[call.path] = {};
      break;
    case Action::kWrite:
      place(folder[call.path], call.offset_bytes, call.bytes.data(), std::min(byte_count, call.bytes.size()));
      break;
    case Action::kLength:
      folder[call.path].resize(call.size_bytes);
      break;
    case Action::kCopy:
      place(folder[call.other_path], call.offset_bytes, folder[call.path].data() + call.offset_bytes, call.size_bytes);
      break;
    case Action::kRename:
      folder[call.other_path] = std::move(folder[call.path]);
      folder.erase(call.path);
      break;
    case Action::kUnlink:
      folder.erase(call.path);
      break;
    case Action::kSync:
    case Action::kSyncFolder:
      break;  // The death of a process takes nothing away.
  }
}

// Not those that are still made: NAME.starting, NAME.copy.
inline bool is_for_readers(const std::string& path) { return path.ends_with(".inprogress") || path.ends_with(".parquet"); }

}  // namespace pqflow::test
