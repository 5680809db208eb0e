#include "io/os_error.hpp"

#include <cerrno>
#include <system_error>

namespace pqflow::io {
namespace {

const char* advice(int os_error) {
  switch (os_error) {
    case ENOSPC:
      return "; free space on this file system";
    case EDQUOT:
      return "; raise the disk quota or free space";
    case EFBIG:
      return "; the file-size limit is reached";
    case ENOENT:
      return "; create the folder first";
    case EACCES:
    case EPERM:
      return "; the folder must be writable for this user";
    case EROFS:
      return "; choose a folder on a writable file system";
    default:
      return "";
  }
}

bool is_no_space(int os_error) { return os_error == ENOSPC || os_error == EDQUOT || os_error == EFBIG; }

}  // namespace

base::Result os_failure(pqflow_file_call call, const std::string& what, int os_error) {
  const std::string reason = std::generic_category().message(os_error) + " (errno " + std::to_string(os_error) + ")";
  return base::Result::failure(is_no_space(os_error) ? PQFLOW_STATUS_NO_SPACE : PQFLOW_STATUS_IO_ERROR,
                               what + ": " + reason + advice(os_error), os_error, call);
}

}  // namespace pqflow::io
