#include "sink_handle.hpp"

#include <atomic>
#include <cstdio>
#include <utility>

#include "open_sinks.hpp"

namespace pqflow::node {

namespace {

uint64_t next_id() {
  static std::atomic<uint64_t> last_id = 0;
  return ++last_id;
}

pqflow_status fail(pqflow_error& error, pqflow_status status, const char* message) {
  error = {};
  error.status = status;
  std::snprintf(error.message, sizeof error.message, "%s", message);
  return status;
}

}  // namespace

std::shared_ptr<SinkHandle> SinkHandle::open(std::unique_ptr<DescriptorStorage> descriptor, const pqflow_options& options, const char* path,
                                             pqflow_error& error) {
  pqflow_open_request request{};
  request.abi_version = PQFLOW_ABI_VERSION;
  request.struct_size_bytes = sizeof(pqflow_open_request);
  request.descriptor = &descriptor->descriptor();
  auto files = std::make_unique<FileFeed>();
  pqflow_options heard = options;
  heard.file_callback = FileFeed::push;
  heard.file_context = files.get();
  request.options = &heard;
  request.path = path;
  request.layout_fingerprint = request.descriptor->layout_fingerprint;
  request.record_size_bytes = request.descriptor->record_size_bytes;
  pqflow_sink* sink = nullptr;
  if (pqflow_sink_open(&sink, &request, &error) != PQFLOW_STATUS_OK) {
    return nullptr;
  }
  try {
    return std::make_shared<SinkHandle>(std::move(descriptor), std::move(files), *sink);
  } catch (...) {
    pqflow_sink_free(sink);
    throw;
  }
}

SinkHandle::SinkHandle(std::unique_ptr<DescriptorStorage> descriptor, std::unique_ptr<FileFeed> files, pqflow_sink& sink)
    : descriptor_(std::move(descriptor)), files_(std::move(files)), sink_(&sink), id_(next_id()) {
  remember_open_sink(*this);
}

SinkHandle::~SinkHandle() {
  forget_open_sink(*this);
  close_quietly();
  pqflow_sink_free(sink_);
}

pqflow_status SinkHandle::attach_lane(const pqflow_descriptor& descriptor, pqflow_lane*& lane, pqflow_error& error) {
  const pqflow_descriptor& own = descriptor_->descriptor();
  if (descriptor.layout_fingerprint != own.layout_fingerprint || descriptor.schema_fingerprint != own.schema_fingerprint) {
    return fail(error, PQFLOW_STATUS_FINGERPRINT_MISMATCH, "the sink was opened for another schema, or another version of it");
  }
  const std::lock_guard lock(attach_mutex_);
  if (!takes_lanes_) {
    return fail(error, PQFLOW_STATUS_CLOSED, "the sink is closed");
  }
  return pqflow_sink_attach_lane(sink_, &lane, &error);
}

void SinkHandle::stop_attaching() {
  const std::lock_guard lock(attach_mutex_);
  takes_lanes_ = false;
}

uint32_t SinkHandle::attached_lanes() const {
  pqflow_stats stats{};
  stats.struct_size_bytes = sizeof stats;
  pqflow_sink_stats(sink_, &stats);
  return stats.lanes_attached - 1;
}

pqflow_status SinkHandle::flush(pqflow_error& error) {
  const std::lock_guard lock(lifecycle_mutex_);
  if (closed_) {
    error = close_error_;
    return close_error_.status;
  }
  return pqflow_sink_flush(sink_, &error);
}

pqflow_status SinkHandle::close(pqflow_error& error) {
  const std::lock_guard lock(lifecycle_mutex_);
  if (closed_) {
    return PQFLOW_STATUS_OK;
  }
  closed_ = true;
  if (pqflow_sink_close(sink_, &close_error_) != PQFLOW_STATUS_OK) {
    error = close_error_;
  }
  return close_error_.status;
}

void SinkHandle::close_quietly() noexcept {
  try {
    pqflow_error error{};
    close(error);
  } catch (...) {  // A mutex that cannot be locked at exit: the operating system ends the process anyway.
  }
}

}  // namespace pqflow::node
