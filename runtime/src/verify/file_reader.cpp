#include "verify/file_reader.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace pqflow::verify {
namespace {

[[noreturn]] void fail(int error, const std::string& what) { throw std::system_error(error, std::generic_category(), what); }

}  // namespace

FileReader::FileReader(const std::string& path) : path_(path), descriptor_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (descriptor_ < 0) {
    fail(errno, path_);
  }
  struct stat status = {};
  const int error = fstat(descriptor_, &status) != 0 ? errno : S_ISREG(status.st_mode) ? 0 : EINVAL;
  if (error != 0) {
    close(descriptor_);
    fail(error, path_ + " is no regular file");
  }
  size_bytes_ = static_cast<uint64_t>(status.st_size);
}

FileReader::~FileReader() {
  if (descriptor_ >= 0) {
    close(descriptor_);
  }
}

std::vector<uint8_t> FileReader::read(uint64_t offset_bytes, uint64_t size_bytes) const {
  if (size_bytes == 0) {  // Of a chunk without pages, whose offset may be any number.
    return {};
  }
  if (descriptor_ < 0) {
    const std::span<const uint8_t> piece = memory_.subspan(offset_bytes, size_bytes);
    return {piece.begin(), piece.end()};
  }
  std::vector<uint8_t> bytes(size_bytes);
  for (uint64_t done = 0; done < size_bytes;) {
    const ssize_t count = pread(descriptor_, bytes.data() + done, size_bytes - done, static_cast<off_t>(offset_bytes + done));
    if (count < 0 && errno != EINTR) {
      fail(errno, path_);
    }
    if (count == 0) {
      fail(EIO, path_ + " became shorter while it was read");
    }
    done += count > 0 ? static_cast<uint64_t>(count) : 0;
  }
  return bytes;
}

}  // namespace pqflow::verify
