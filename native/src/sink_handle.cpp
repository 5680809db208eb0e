#include "sink_handle.hpp"

#include <utility>

#include "open_sinks.hpp"

namespace pqflow::node {

std::shared_ptr<SinkHandle> SinkHandle::open(std::unique_ptr<DescriptorStorage> descriptor, const pqflow_options& options, const char* path,
                                             pqflow_error& error) {
  pqflow_open_request request{};
  request.abi_version = PQFLOW_ABI_VERSION;
  request.struct_size_bytes = sizeof(pqflow_open_request);
  request.descriptor = &descriptor->descriptor();
  request.options = &options;
  request.path = path;
  request.layout_fingerprint = request.descriptor->layout_fingerprint;
  request.record_size_bytes = request.descriptor->record_size_bytes;
  pqflow_sink* sink = nullptr;
  if (pqflow_sink_open(&sink, &request, &error) != PQFLOW_STATUS_OK) {
    return nullptr;
  }
  try {
    return std::make_shared<SinkHandle>(std::move(descriptor), *sink);
  } catch (...) {
    pqflow_sink_free(sink);
    throw;
  }
}

SinkHandle::SinkHandle(std::unique_ptr<DescriptorStorage> descriptor, pqflow_sink& sink)
    : descriptor_(std::move(descriptor)), sink_(&sink), lane_(static_cast<pqflow_lane*>(sink.opening_lane)) {
  remember_open_sink(*this);
}

SinkHandle::~SinkHandle() {
  forget_open_sink(*this);
  close_quietly();
  pqflow_sink_free(sink_);
}

bool SinkHandle::advance_head(uint32_t head_low) {
  pqflow_lane_producer& producer = lane_->producer;
  const uint32_t logged_count = head_low - static_cast<uint32_t>(producer.head_index);
  if (logged_count > producer.limit_index - producer.head_index) {
    return false;
  }
  PQFLOW_ATOMIC_STORE_RELAXED(&producer.head_index, producer.head_index + logged_count);
  return true;
}

bool SinkHandle::has_room() const {
  const uint64_t tail_index = PQFLOW_ATOMIC_LOAD_RELAXED(&lane_->consumer.tail_index);
  return lane_->producer.head_index - tail_index < lane_->identity.slot_count;
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
