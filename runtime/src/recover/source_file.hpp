// A file whose writer may have ended, open to be looked at. Nothing is mapped: one that is cut meanwhile gives an error, not a signal.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"

struct stat;

namespace pqflow::recover {

enum class Ownership {
  kNobody,   // Its lock is free: the process that had it has ended.
  kWriter,   // Its lock is taken: a writer, or another recovery, is at work.
  kUnknown,  // Its file system has no locks.
  kGone,     // Its path names it no longer: its writer finished it, or another recovery did.
};

// One thread; blocks.
class SourceFile {
 public:
  SourceFile() = default;
  // Gives the lock back.
  ~SourceFile();
  SourceFile(const SourceFile&) = delete;
  SourceFile& operator=(const SourceFile&) = delete;

  // Once. Takes the file's lock if it is free: `is_alone` so that nobody else may look at it meanwhile. Follows no link. A path that
  // cannot be opened or is no file's is an IO_ERROR; one that is no longer there is kGone.
  base::Result open(const std::string& path, bool is_alone);
  // Likewise, without asking for the lock: whose the file is stays unknown.
  base::Result open_unlocked(const std::string& path);
  // offset + size ≤ size_bytes().
  base::Result read(uint64_t offset_bytes, uint64_t size_bytes, std::vector<uint8_t>& bytes) const;

  Ownership ownership() const noexcept { return ownership_; }
  uint64_t size_bytes() const noexcept { return size_bytes_; }
  int fd() const noexcept { return fd_; }
  const std::string& path() const noexcept { return path_; }

 private:
  base::Result open_file(const std::string& path, struct stat& status);
  void take_lock(bool is_alone);

  std::string path_;
  int fd_ = -1;
  uint64_t size_bytes_ = 0;
  Ownership ownership_ = Ownership::kUnknown;
};

}  // namespace pqflow::recover
