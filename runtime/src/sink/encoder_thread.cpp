#include "sink/encoder_thread.hpp"

#include <algorithm>

#include "sink/caught_exception.hpp"

namespace pqflow::sink {

EncoderThread::EncoderThread(const columns::RecordSchema& schema, const parquet::RowGroupOptions& options, size_t queue_capacity,
                             Sleeper& writer)
    : queue_(queue_capacity),
      group_(schema, options),
      slot_size_bytes_(schema.slot_size_bytes),
      writer_(writer),
      memory_bytes_(sizeof(EncoderThread) + group_.memory_bytes() + queue_.memory_bytes()) {}

EncoderThread::~EncoderThread() {
  if (thread_.joinable()) {
    stopping_.publish(1);
    doorbell_.ring();
    thread_.join();
  }
}

base::Result EncoderThread::start(ThreadStarter starter) {
  return start_named_thread(
      starter, "pqflow-encoder", "an encoder thread", [this] { run(); }, thread_);
}

// ---- Writer thread ----

void EncoderThread::deal(const uint8_t* first_record, size_t record_count) {
  queue_.push({first_record, record_count});
  doorbell_.ring();
}

void EncoderThread::cut() {
  queue_.push({});
  doorbell_.ring();
}

const parquet::RowGroupWriter* EncoderThread::finished() {
  // Acquire pairs with hand_over() and run(): group_, finished_ and failure_ are seen as the encoder left them.
  const uint32_t handover = handover_.load_published();
  if (handover == kFailed) {
    throw CaptureEnded{failure_};
  }
  return handover == kEncoding ? nullptr : &group_;
}

void EncoderThread::drop() {
  handover_.publish(kEncoding);  // Release: the agent has read the group for the last time.
  doorbell_.ring();
}

// ---- Encoder thread ----

void EncoderThread::run() noexcept {
  try {
    while (wait_for_span()) {
      const DealtSpan& span = queue_.front();
      if (span.record_count != 0) {
        encode(span);
      } else {
        hand_over(kLastGroup);
      }
      queue_.pop();
    }
  } catch (...) {
    failure_ = describe_exception("an encoder thread");
    handover_.publish(kFailed);
    writer_.wake();
  }
}

bool EncoderThread::wait_for_span() {
  doorbell_.wait([this] { return stopping_.load_published() != 0 || !queue_.is_empty(); });
  return stopping_.load_published() == 0;
}

void EncoderThread::encode(const DealtSpan& span) {
  for (size_t row = 0; row < span.record_count;) {
    if (group_.room_rows() == 0 && !hand_over(kGroup)) {
      return;
    }
    const size_t row_count = std::min<size_t>(group_.room_rows(), span.record_count - row);
    group_.append(span.first_record + row * slot_size_bytes_, row_count);
    row += row_count;
    staged_records_.publish(staged_records_.load() + row_count);  // Release: their slots may be written again.
  }
}

// False when the thread is to stop.
bool EncoderThread::hand_over(Handover what) {
  finished_ = &group_.finish();
  handover_.publish(what);
  writer_.wake();
  // Acquire pairs with drop(): the agent no longer reads the group.
  doorbell_.wait([this] { return stopping_.load_published() != 0 || handover_.load_published() == kEncoding; });
  if (stopping_.load_published() != 0) {
    return false;
  }
  group_.reset();
  return true;
}

}  // namespace pqflow::sink
