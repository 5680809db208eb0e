#include "ring/full_callbacks.hpp"

namespace pqflow::ring {

FullCallbacks& FullCallbacks::instance() {
  static auto* const callbacks = new FullCallbacks;
  return *callbacks;
}

void FullCallbacks::add(const pqflow_lane& lane, FullCallback callback) {
  const std::lock_guard lock(mutex_);
  callbacks_[&lane] = callback;
}

void FullCallbacks::remove(const pqflow_lane& lane) noexcept {
  const std::lock_guard lock(mutex_);
  callbacks_.erase(&lane);
}

FullCallback FullCallbacks::find(const pqflow_lane& lane) noexcept {
  const std::lock_guard lock(mutex_);
  const auto found = callbacks_.find(&lane);
  return found != callbacks_.end() ? found->second : FullCallback{};
}

}  // namespace pqflow::ring
