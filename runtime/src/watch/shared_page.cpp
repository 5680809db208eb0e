#include "watch/shared_page.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <new>

namespace pqflow::watch {

#if defined(__linux__)

namespace {

// Its length never changes, so that no reader can fall off its end; its memory is taken, so that no store can.
bool has_memory(int fd) noexcept {
  return ::posix_fallocate(fd, 0, kStatsPageBytes) == 0 && ::fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0;
}

}  // namespace

void SharedPage::create() noexcept {
  fd_ = ::memfd_create(kStatsName, MFD_CLOEXEC | MFD_ALLOW_SEALING);
  void* const mapped =
      fd_ >= 0 && has_memory(fd_) ? ::mmap(nullptr, kStatsPageBytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd_, 0) : MAP_FAILED;
  if (mapped == MAP_FAILED) {
    remove();
    return;
  }
  page_ = new (mapped) StatsPage;
}

#else

void SharedPage::create() noexcept {}

#endif

void SharedPage::remove() noexcept {
  if (page_ != nullptr) {
    ::munmap(page_, kStatsPageBytes);
    page_ = nullptr;
  }
  if (fd_ >= 0) {
    ::close(fd_);
    fd_ = -1;
  }
}

}  // namespace pqflow::watch
