#include "io/folder_maker.hpp"

#include <cerrno>

#include "io/folder_sync.hpp"
#include "io/os_error.hpp"

namespace pqflow::io {
namespace {

constexpr unsigned kFolderMode = 0750;

base::Result io_error(std::string message, int os_error) {
  return base::Result::failure(PQFLOW_STATUS_IO_ERROR, std::move(message), os_error, PQFLOW_FILE_CALL_CREATE_FOLDER);
}

}  // namespace

// With a slash at its end, so that access() answers ENOTDIR for a file.
bool FolderMaker::is_there(const std::string& folder) const noexcept {
  return system_.access(system_.context, (folder + "/").c_str()) == 0;
}

base::Result FolderMaker::make(const std::string& path, size_t made_folders_start) {
  const size_t name_slash = path.rfind('/');
  if (name_slash == std::string::npos || made_folders_start > name_slash) {
    return base::Result::ok();
  }
  std::string folder = path.substr(0, name_slash);
  if (folder == made_ && is_there(folder)) {
    return base::Result::ok();
  }
  for (size_t end = path.find('/', made_folders_start); end <= name_slash; end = path.find('/', end + 1)) {
    if (base::Result result = make_folder(path.substr(0, end)); !result.is_ok()) {
      return result;
    }
  }
  made_ = std::move(folder);
  return base::Result::ok();
}

// One that is there already is synced too: whoever made it may have been killed before it was.
base::Result FolderMaker::make_folder(const std::string& folder) {
  if (system_.mkdir(system_.context, folder.c_str(), kFolderMode) == 0) {
    return sync_parent(folder);
  }
  const int os_error = errno;
  if (os_error == ENOENT) {
    return io_error("cannot create folder " + folder +
                        ": the folder above it does not exist; create that one, folders are only made from "
                        "the first one on that a placeholder of the path names",
                    os_error);
  }
  if (os_error != EEXIST) {
    return os_failure(PQFLOW_FILE_CALL_CREATE_FOLDER, "cannot create folder " + folder, os_error);
  }
  if (is_there(folder)) {
    return sync_parent(folder);
  }
  return errno == ENOTDIR ? io_error(folder + " is a file where a folder is needed; remove it or choose another path", ENOTDIR)
                          : os_failure(PQFLOW_FILE_CALL_CREATE_FOLDER, "cannot reach folder " + folder, errno);
}

base::Result FolderMaker::sync_parent(const std::string& folder) {
  const std::string parent = folder_of(folder);
  const int os_error = sync_folder(system_, parent);
  return os_error == 0 ? base::Result::ok() : os_failure(PQFLOW_FILE_CALL_SYNC_FOLDER, "cannot sync folder " + parent, os_error);
}

}  // namespace pqflow::io
