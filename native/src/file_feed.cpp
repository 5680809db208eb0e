#include "file_feed.hpp"

#include <utility>

namespace pqflow::node {

void FileFeed::push(void* feed, const pqflow_finished_file* file) noexcept {
  try {
    auto& self = *static_cast<FileFeed*>(feed);
    const std::lock_guard lock(self.mutex_);
    if (self.is_heard_) {
      self.files_.push_back({file->path, *file});
    }
  } catch (...) {  // The capture is worth more than an event.
  }
}

void FileFeed::listen() {
  const std::lock_guard lock(mutex_);
  is_heard_ = true;
}

std::vector<FedFile> FileFeed::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(files_, {});
}

}  // namespace pqflow::node
