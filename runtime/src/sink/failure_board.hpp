// The failure that still stands, for any thread to read.
#pragma once

#include <mutex>

#include "base/result.hpp"

namespace pqflow::sink {

// Any thread. The mutex is touched when a failure begins, ends or is asked for, never in the normal flow.
class FailureBoard {
 public:
  void set(base::Result failure) {
    const std::lock_guard lock(mutex_);
    failure_ = std::move(failure);
  }
  void clear() { set(base::Result::ok()); }
  base::Result get() const {
    const std::lock_guard lock(mutex_);
    return failure_;
  }

 private:
  mutable std::mutex mutex_;
  base::Result failure_;
};

}  // namespace pqflow::sink
