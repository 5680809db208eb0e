// Folders that a path template names, made when a file begins.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/system.hpp"

namespace pqflow::io {

// Writer thread, but for the first call.
class FolderMaker {
 public:
  explicit FolderMaker(const base::SystemCalls& system) noexcept : system_(system) {}

  // Makes the folders of the file at `path` that begin at `made_folders_start` or behind it and are missing (0750, less the umask), and
  // syncs each into the folder above: a power cut does not take a synced file's folder away. Another process may make the same ones. Those
  // of the last call are looked at once. IO_ERROR or NO_SPACE says which folder cannot be had, and why. Blocks; may be repeated.
  base::Result make(const std::string& path, size_t made_folders_start);

 private:
  base::Result make_folder(const std::string& folder);
  base::Result sync_parent(const std::string& folder);
  bool is_there(const std::string& folder) const noexcept;

  const base::SystemCalls& system_;
  std::string made_;  // The folder of the last call that went well.
};

}  // namespace pqflow::io
