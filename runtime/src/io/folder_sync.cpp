#include "io/folder_sync.hpp"

#include <cerrno>

namespace pqflow::io {

std::string folder_of(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? "./" : path.substr(0, slash + 1);
}

int sync_folder(const base::SystemCalls& system, const std::string& folder) {
  int outcome = 0;
  do {
    outcome = system.sync_directory(system.context, folder.c_str());
  } while (outcome != 0 && errno == EINTR);
  return outcome == 0 ? 0 : errno;
}

}  // namespace pqflow::io
