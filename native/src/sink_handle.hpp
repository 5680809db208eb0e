// A sink opened by JavaScript, its descriptor, and the rules for who may call what. Shared by the JavaScript object, the ArrayBuffer over
// the slots and the running workers; the lane's memory lives until the last of them is gone.
#pragma once

#include <pqflow/pqflow.h>

#include <cstdint>
#include <memory>
#include <mutex>

#include "descriptor_storage.hpp"

namespace pqflow::node {

class SinkHandle {
 public:
  // Null on failure, with *error filled. `path` may be null. Blocks as pqflow_sink_open does.
  static std::shared_ptr<SinkHandle> open(std::unique_ptr<DescriptorStorage> descriptor, const pqflow_options& options, const char* path,
                                          pqflow_error& error);

  SinkHandle(std::unique_ptr<DescriptorStorage> descriptor, pqflow_sink& sink);
  SinkHandle(const SinkHandle&) = delete;
  SinkHandle& operator=(const SinkHandle&) = delete;
  ~SinkHandle();

  // ---- The producer's thread: the JavaScript thread that opened the sink. Never block. ----

  const pqflow_lane& lane() const { return *lane_; }
  void* slots() const { return reinterpret_cast<uint8_t*>(lane_) + PQFLOW_LANE_HEADER_SIZE_BYTES; }
  size_t slots_size_bytes() const { return size_t{lane_->identity.slot_count} * lane_->identity.slot_size_bytes; }

  // JavaScript publishes records with their commit words alone and tells the head from time to time: its low half, moved by no more than
  // the credit that was granted. False, and nothing changed, when it claims more: the word comes from JavaScript and is not trusted.
  bool advance_head(uint32_t head_low);

  pqflow_status refill() { return pqflow_lane_refill(lane_); }
  bool has_room() const;

  // ---- Any thread; one at a time, in no particular order. Block for the write. ----

  // A flush that a close overtook has the outcome of the close: that has written everything, or says why not.
  pqflow_status flush(pqflow_error& error);
  // The first call closes; a later one answers PQFLOW_STATUS_OK: the first has reported.
  pqflow_status close(pqflow_error& error);
  void close_quietly() noexcept;

  pqflow_sink* sink() { return sink_; }

 private:
  std::unique_ptr<DescriptorStorage> descriptor_;
  pqflow_sink* sink_;
  pqflow_lane* lane_;
  std::mutex lifecycle_mutex_;
  bool closed_ = false;  // Both guarded by lifecycle_mutex_.
  pqflow_error close_error_{};
};

}  // namespace pqflow::node
