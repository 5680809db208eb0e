#include "open_sinks.hpp"

#include <cstdlib>
#include <mutex>
#include <unordered_set>

#include "sink_handle.hpp"

namespace pqflow::node {

namespace {

struct OpenSinks {
  std::mutex mutex;
  std::unordered_set<SinkHandle*> sinks;
};

// Never destroyed: handles may still leave it while static objects are being torn down.
OpenSinks& open_sinks() {
  static auto* const instance = new OpenSinks;
  return *instance;
}

void close_open_sinks() {
  OpenSinks& open = open_sinks();
  const std::lock_guard lock(open.mutex);
  for (SinkHandle* sink : open.sinks) {
    sink->close_quietly();
  }
}

}  // namespace

void remember_open_sink(SinkHandle& sink) {
  static const int registered = std::atexit(close_open_sinks);
  static_cast<void>(registered);  // Without a free atexit slot the JavaScript exit handler still closes.
  OpenSinks& open = open_sinks();
  const std::lock_guard lock(open.mutex);
  open.sinks.insert(&sink);
}

void forget_open_sink(SinkHandle& sink) {
  OpenSinks& open = open_sinks();
  const std::lock_guard lock(open.mutex);
  open.sinks.erase(&sink);
}

std::shared_ptr<SinkHandle> find_open_sink(uint64_t id) {
  OpenSinks& open = open_sinks();
  const std::lock_guard lock(open.mutex);
  for (SinkHandle* sink : open.sinks) {
    if (sink->id() == id) {
      return sink->weak_from_this().lock();
    }
  }
  return nullptr;
}

}  // namespace pqflow::node
