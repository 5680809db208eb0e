// One row group writer on a thread of its own. It takes spans from its queue, and whenever a row group ends it hands the writer thread the
// result and waits until that has been written. The result changes hands by one word:
//
//             ┌───── encoder: group full by bytes ─────→ kGroup ───────┐
//   kEncoding ┼───── encoder: the dealt group ends ────→ kLastGroup ───┼─ agent: written ─→ kEncoding
//             └───── encoder: an exception ────────────→ kFailed       ┘
#pragma once

#include <cstddef>
#include <cstdint>
#include <thread>

#include "base/result.hpp"
#include "base/shared.hpp"
#include "columns/record_schema.hpp"
#include "parquet/row_group_writer.hpp"
#include "sink/doorbell.hpp"
#include "sink/idle_strategy.hpp"
#include "sink/span_queue.hpp"
#include "sink/thread_starter.hpp"

namespace pqflow::sink {

// All but run() is the writer thread's, constructor, start() and end the opening or closing one's.
class EncoderThread {
 public:
  // Allocates and touches all memory. `writer` is woken when a row group has ended; it outlives this.
  EncoderThread(const columns::RecordSchema& schema, const parquet::RowGroupOptions& options, size_t queue_capacity, Sleeper& writer);
  // Stops the thread where it is: what it has not encoded is lost.
  ~EncoderThread();
  EncoderThread(const EncoderThread&) = delete;
  EncoderThread& operator=(const EncoderThread&) = delete;

  base::Result start(ThreadStarter starter);

  // A cut always finds room.
  bool takes_span() const noexcept { return queue_.room() > 1; }
  void deal(const uint8_t* first_record, size_t record_count);
  void cut();
  // Since the start. Acquire pairs with the encoder's release: it has read those records for the last time.
  uint64_t staged_records() const noexcept { return staged_records_.load_published(); }

  // The row group that waits to be written; null while it is being encoded. Throws CaptureEnded when it cannot be.
  const parquet::RowGroupWriter* finished();
  // With finished().
  const parquet::EncodedRowGroup& finished_group() const noexcept { return *finished_; }
  // Likewise: no further row group comes before the next one that is dealt.
  bool is_last() const noexcept { return handover_.load() == kLastGroup; }
  // The row group is written: the encoder goes on.
  void drop();

  size_t memory_bytes() const noexcept { return memory_bytes_; }

 private:
  enum Handover : uint32_t { kEncoding, kGroup, kLastGroup, kFailed };

  void run() noexcept;
  bool wait_for_span();
  void encode(const DealtSpan& span);
  bool hand_over(Handover what);

  SpanQueue queue_;                // First, as the most aligned.
  parquet::RowGroupWriter group_;  // The encoder's while kEncoding, to be read by the agent otherwise.
  const size_t slot_size_bytes_;
  Sleeper& writer_;
  const size_t memory_bytes_;
  Doorbell doorbell_;  // Rung for the encoder.
  base::Shared<uint32_t> handover_{kEncoding};
  base::Shared<uint32_t> stopping_{0};
  base::Shared<uint64_t> staged_records_{0};
  const parquet::EncodedRowGroup* finished_ = nullptr;  // Written before kGroup and kLastGroup.
  base::Result failure_;                                // Written before kFailed.
  std::thread thread_;
};

}  // namespace pqflow::sink
