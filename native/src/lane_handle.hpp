// The lane that one JavaScript thread logs to: the opening one of its sink, or one attached for a further thread. Shared by the JavaScript
// object and the ArrayBuffer over the slots; keeps the sink.
#pragma once

#include <pqflow/pqflow.h>

#include <cstdint>
#include <memory>
#include <mutex>

#include "sink_handle.hpp"

namespace pqflow::node {

class LaneHandle {
 public:
  static std::shared_ptr<LaneHandle> opening(std::shared_ptr<SinkHandle> sink);
  // A further lane. Null on failure, with *error filled. As SinkHandle::attach_lane.
  static std::shared_ptr<LaneHandle> attach(const std::shared_ptr<SinkHandle>& sink, const pqflow_descriptor& descriptor,
                                            pqflow_error& error);

  LaneHandle(std::shared_ptr<SinkHandle> sink, pqflow_lane& lane, bool is_opening);
  LaneHandle(const LaneHandle&) = delete;
  LaneHandle& operator=(const LaneHandle&) = delete;
  // Detaches what was attached and not ended. Any thread.
  ~LaneHandle();

  const std::shared_ptr<SinkHandle>& sink() const { return sink_; }
  bool is_opening() const { return is_opening_; }
  // Nothing more is logged. Of a lane that was attached, once; what was logged is written as ever. Blocks while another thread attaches.
  void detach() noexcept;
  // The JavaScript thread ends without a word: its lane is detached, its own sink closed.
  void end_quietly() noexcept;

  // ---- The producer's thread. Never block, but for refill() where full_policy says so. ----

  const pqflow_lane& lane() const { return *lane_; }
  void* slots() const { return reinterpret_cast<uint8_t*>(lane_) + PQFLOW_LANE_HEADER_SIZE_BYTES; }
  size_t slots_size_bytes() const { return size_t{lane_->identity.slot_count} * lane_->identity.slot_size_bytes; }

  // JavaScript publishes records with their commit words alone and tells the head from time to time: its low half, moved by no more than
  // the credit that was granted. False, and nothing changed, when it claims more: the word comes from JavaScript and is not trusted. A lane
  // that was shut takes no head: whoever shut it has looked for the last record.
  bool advance_head(uint32_t head_low);

  // PQFLOW_STATUS_CLOSED after detach().
  pqflow_status refill() { return detached_ ? PQFLOW_STATUS_CLOSED : pqflow_lane_refill(lane_); }
  bool has_room() const;

 private:
  const std::shared_ptr<SinkHandle> sink_;
  pqflow_lane* const lane_;
  const bool is_opening_;
  bool detached_ = false;
};

}  // namespace pqflow::node
