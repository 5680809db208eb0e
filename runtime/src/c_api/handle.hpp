// The handle behind the C API: the visible head of pqflow.h, then the sink it stands for.
#pragma once

#include <pqflow/pqflow.h>

#include <cstdint>
#include <memory>

#include "sink/sink.hpp"

namespace pqflow::c_api {

inline constexpr uint64_t kSinkMagic = 0x6b6e69732d667170;  // "pqf-sink" in memory.

struct SinkHandle : pqflow_sink {
  SinkHandle() : pqflow_sink{kSinkMagic, nullptr} {}
  ~SinkHandle() {
    magic = 0;
    if (sink != nullptr && sink->is_forked()) {
      static_cast<void>(sink.release());  // The parent's: given up, not ended.
    }
  }
  SinkHandle(const SinkHandle&) = delete;
  SinkHandle& operator=(const SinkHandle&) = delete;

  std::unique_ptr<sink::Sink> sink;
};

// Null when `sink` is null or not a handle of this runtime.
inline SinkHandle* find_handle(pqflow_sink* sink) noexcept {
  return sink != nullptr && sink->magic == kSinkMagic ? static_cast<SinkHandle*>(sink) : nullptr;
}

}  // namespace pqflow::c_api
