// pqflow_sink_*: translation only.
#include <algorithm>
#include <cstring>

#include "c_api/handle.hpp"
#include "c_api/translate.hpp"

namespace {

using pqflow::base::Result;
using pqflow::c_api::find_handle;
using pqflow::c_api::guarded;
using pqflow::c_api::SinkHandle;

Result invalid_handle() {
  return Result::failure(PQFLOW_STATUS_INVALID_HANDLE, "the sink is null, was freed, or is not a sink of this library");
}

// Runs `body` with the handle's sink.
template <typename Body>
pqflow_status with_sink(pqflow_sink* sink, pqflow_error* error, const Body& body) noexcept {
  return guarded(error, [&]() -> Result {
    SinkHandle* const handle = find_handle(sink);
    return handle != nullptr ? body(*handle->sink) : invalid_handle();
  });
}

// As much as the caller's structure has room for; its size stays what the caller set.
template <typename Stats>
void copy_sized(Stats filled, Stats& stats) noexcept {
  filled.struct_size_bytes = stats.struct_size_bytes;
  std::memcpy(&stats, &filled, std::min<size_t>(stats.struct_size_bytes, sizeof filled));
}

}  // namespace

extern "C" {

pqflow_status pqflow_sink_open(pqflow_sink** sink, const pqflow_open_request* request, pqflow_error* error) {
  return guarded(error, [&] {
    if (sink == nullptr || request == nullptr) {
      return Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, "pqflow_sink_open needs a place for the sink and a request, neither null");
    }
    *sink = nullptr;
    auto handle = std::make_unique<SinkHandle>();  // First: nothing may fail once the file is there.
    if (auto result = pqflow::sink::Sink::open(*request, {}, handle->sink); !result.is_ok()) {
      return result;
    }
    handle->opening_lane = handle->sink->lane();
    *sink = handle.release();
    return Result::ok();
  });
}

pqflow_status pqflow_sink_log(pqflow_sink* sink, const void* record, size_t record_size_bytes) {
  SinkHandle* const handle = find_handle(sink);
  if (handle == nullptr) {
    return PQFLOW_STATUS_INVALID_HANDLE;
  }
  return record != nullptr ? handle->sink->log(record, record_size_bytes) : PQFLOW_STATUS_INVALID_ARGUMENT;
}

pqflow_status pqflow_sink_attach_lane(pqflow_sink* sink, pqflow_lane** lane, pqflow_error* error) {
  if (lane != nullptr) {
    *lane = nullptr;
  }
  return with_sink(sink, error, [&](pqflow::sink::Sink& opened) {
    return lane != nullptr ? opened.attach_lane(*lane) : Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, "the place for the lane is null");
  });
}

pqflow_status pqflow_sink_detach_lane(pqflow_sink* sink, pqflow_lane* lane, pqflow_error* error) {
  return with_sink(sink, error, [&](pqflow::sink::Sink& opened) {
    return lane != nullptr ? opened.detach_lane(*lane) : Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, "the lane is null");
  });
}

pqflow_status pqflow_sink_thread_lane(pqflow_sink* sink, pqflow_lane** lane, pqflow_error* error) {
  if (lane != nullptr) {
    *lane = nullptr;
  }
  return with_sink(sink, error, [&](pqflow::sink::Sink& opened) {
    return lane != nullptr ? opened.thread_lane(*lane) : Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, "the place for the lane is null");
  });
}

pqflow_status pqflow_sink_flush(pqflow_sink* sink, pqflow_error* error) {
  return with_sink(sink, error, [](pqflow::sink::Sink& opened) { return opened.flush(); });
}

pqflow_status pqflow_sink_close(pqflow_sink* sink, pqflow_error* error) {
  return with_sink(sink, error, [](pqflow::sink::Sink& opened) { return opened.close(); });
}

void pqflow_sink_free(pqflow_sink* sink) {
  (void)guarded(nullptr, [&] {
    delete find_handle(sink);
    return Result::ok();
  });
}

pqflow_status pqflow_sink_stats(pqflow_sink* sink, pqflow_stats* stats) {
  return with_sink(sink, nullptr, [&](pqflow::sink::Sink& opened) {
    if (stats == nullptr || stats->struct_size_bytes < offsetof(pqflow_stats, accepted_records)) {
      return Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, {});
    }
    copy_sized(opened.stats(), *stats);
    return Result::ok();
  });
}

pqflow_status pqflow_sink_lane_stats(pqflow_sink* sink, size_t lane_index, pqflow_lane_stats* stats) {
  return with_sink(sink, nullptr, [&](pqflow::sink::Sink& opened) {
    if (stats == nullptr || stats->struct_size_bytes < offsetof(pqflow_lane_stats, accepted_records)) {
      return Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, {});
    }
    pqflow_lane_stats filled{};
    auto result = opened.lane_stats(lane_index, filled);
    if (result.is_ok()) {
      copy_sized(filled, *stats);
    }
    return result;
  });
}

pqflow_status pqflow_sink_column_invalid_values(pqflow_sink* sink, size_t column_index, uint64_t* count) {
  return with_sink(sink, nullptr, [&](const pqflow::sink::Sink& opened) {
    return count != nullptr ? opened.column_invalid_values(column_index, *count) : Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, {});
  });
}

pqflow_status pqflow_sink_last_error(pqflow_sink* sink, pqflow_error* error) {
  return with_sink(sink, error, [](pqflow::sink::Sink& opened) { return opened.last_error(); });
}

}  // extern "C"
