// A sink opened by JavaScript, its descriptor, and the rules for who may call what. Shared by its lanes, those of other threads among them,
// and the running workers; the lanes' memory lives until the last of them is gone. Any thread.
#pragma once

#include <pqflow/pqflow.h>

#include <cstdint>
#include <memory>
#include <mutex>

#include "descriptor_storage.hpp"
#include "file_feed.hpp"

namespace pqflow::node {

class SinkHandle : public std::enable_shared_from_this<SinkHandle> {
 public:
  // Null on failure, with *error filled. `path` may be null. Blocks as pqflow_sink_open does.
  static std::shared_ptr<SinkHandle> open(std::unique_ptr<DescriptorStorage> descriptor, const pqflow_options& options, const char* path,
                                          pqflow_error& error);

  SinkHandle(std::unique_ptr<DescriptorStorage> descriptor, std::unique_ptr<FileFeed> files, pqflow_sink& sink);
  SinkHandle(const SinkHandle&) = delete;
  SinkHandle& operator=(const SinkHandle&) = delete;
  ~SinkHandle();

  // How other threads name it: never given twice in a process.
  uint64_t id() const { return id_; }
  // A lane for a further thread. PQFLOW_STATUS_FINGERPRINT_MISMATCH where `descriptor` is of another schema, PQFLOW_STATUS_CLOSED from
  // stop_attaching() on. Blocks as pqflow_sink_attach_lane does.
  pqflow_status attach_lane(const pqflow_descriptor& descriptor, pqflow_lane*& lane, pqflow_error& error);
  // The sink is about to be closed: those who have a lane keep it.
  void stop_attaching();
  // Of further threads.
  uint32_t attached_lanes() const;

  // ---- One at a time, in no particular order. Block for the write. ----

  // A flush that a close overtook has the outcome of the close: that has written everything, or says why not.
  pqflow_status flush(pqflow_error& error);
  // The first call closes; a later one answers PQFLOW_STATUS_OK: the first has reported.
  pqflow_status close(pqflow_error& error);
  void close_quietly() noexcept;

  pqflow_sink* sink() { return sink_; }
  FileFeed& files() { return *files_; }

 private:
  std::unique_ptr<DescriptorStorage> descriptor_;
  std::unique_ptr<FileFeed> files_;  // Where the writer thread knows it.
  pqflow_sink* sink_;
  const uint64_t id_;
  std::mutex attach_mutex_;
  bool takes_lanes_ = true;  // Guarded by attach_mutex_.
  std::mutex lifecycle_mutex_;
  bool closed_ = false;  // Both guarded by lifecycle_mutex_.
  pqflow_error close_error_{};
};

}  // namespace pqflow::node
