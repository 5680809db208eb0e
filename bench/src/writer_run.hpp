// The writer alone: records lie in a window as they would in the ring, their row groups are made and written. The clock runs while it works
// and stands while the window is filled, which is the producer's work. The window holds one row group where one thread does all, and two
// for each encoder thread where there are several.
#pragma once

#include <pqflow/pqflow.h>
#include <sched.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "contender.hpp"
#include "measure.hpp"
#include "sink/capture_file.hpp"
#include "sink/command_slot.hpp"
#include "sink/idle_strategy.hpp"
#include "sink/open_request.hpp"
#include "sink/row_group_encoders.hpp"
#include "writer_modes.hpp"

namespace bench {

inline void require(const pqflow::base::Result& result) {
  if (!result.is_ok()) {
    throw std::runtime_error(result.message);
  }
}

// Encoder threads go where there is room, though the contender is pinned to one processor.
inline std::thread start_unpinned(std::function<void()> body) {
  return std::thread([body = std::move(body)] {
    cpu_set_t all;
    CPU_ZERO(&all);
    for (long cpu = 0; cpu < sysconf(_SC_NPROCESSORS_ONLN); ++cpu) {
      CPU_SET(static_cast<size_t>(cpu), &all);
    }
    (void)sched_setaffinity(0, sizeof all, &all);  // Refused: they stay where they are, and the figure says so.
    body();
  });
}

// Opened once, then it writes file after file, as a sink does.
class WriterRun {
 public:
  WriterRun(const WriterMode& mode, const std::string& path, const std::vector<uint8_t>& slots, const pqflow::base::SystemCalls& system)
      : path_(path), slots_(slots), system_(system) {
    pqflow_open_request request{};
    request.abi_version = PQFLOW_ABI_VERSION;
    request.struct_size_bytes = sizeof request;
    pqflow_descriptor descriptor = mode.descriptor;
    descriptor.fields = mode.fields.data();
    request.descriptor = &descriptor;
    request.options = &mode.options;
    request.path = path_.c_str();
    request.layout_fingerprint = descriptor.layout_fingerprint;
    request.record_size_bytes = descriptor.record_size_bytes;
    require(pqflow::sink::make_open_plan(request, plan_));
    const size_t encoder_count = plan_.options.encoder_threads;
    const pqflow::sink::IdleOptions idle{plan_.options.idle_strategy, plan_.options.idle_sleep_max_ns};
    idle_ = pqflow::sink::make_idle_strategy(idle, writer_);
    encoders_ = pqflow::sink::make_row_group_encoders(plan_.schema, plan_.row_group(), encoder_count, writer_);
    require(encoders_->start(start_unpinned));
    window_.resize((encoder_count == 1 ? 1 : 2 * encoder_count) * plan_.options.row_group_rows * plan_.schema.slot_size_bytes);
  }

  Outcome run() {
    pqflow::sink::CaptureFile file(plan_.schema, plan_.options.float_order, {path_, PQFLOW_IF_EXISTS_REPLACE}, system_,
                                   pqflow::base::real_clock());
    elapsed_ns_ = 0;
    timed([&] { require(file.begin()); });
    for (size_t start_bytes = 0; start_bytes < slots_.size(); start_bytes += window_.size()) {
      const size_t size_bytes = std::min(window_.size(), slots_.size() - start_bytes);
      std::memcpy(window_.data(), slots_.data() + start_bytes, size_bytes);
      timed([&] { write_window(file, size_bytes / plan_.schema.slot_size_bytes); });
    }
    timed([&] {
      file.seal({});
      require(file.finish());
    });
    return {elapsed_ns_, size_and_remove(file.bytes_written())};
  }

 private:
  static constexpr size_t kSpanMaxRecords = 4096;

  template <typename Work>
  void timed(const Work& work) {
    const uint64_t start_ns = now_ns();
    work();
    elapsed_ns_ += now_ns() - start_ns;
  }

  // All of it: the next window is filled in the same place.
  void write_window(pqflow::sink::CaptureFile& file, size_t record_count) {
    size_t dealt_records = 0;
    while (dealt_records < record_count || !encoders_->is_empty()) {
      const size_t newly_dealt_records = deal(dealt_records, record_count);
      dealt_records += newly_dealt_records;
      idle_->idle(newly_dealt_records + (write_oldest(file) ? 1 : 0));
    }
  }

  // As much as the encoders take.
  size_t deal(size_t first, size_t record_count) {
    size_t index = first;
    while (index < record_count && encoders_->room_records() != 0) {
      const size_t span_records = std::min({record_count - index, kSpanMaxRecords, static_cast<size_t>(encoders_->room_records())});
      encoders_->deal(window_.data() + index * plan_.schema.slot_size_bytes, span_records);
      index += span_records;
      if (encoders_->is_full() || index == record_count) {
        encoders_->cut();
      }
    }
    return index - first;
  }

  bool write_oldest(pqflow::sink::CaptureFile& file) {
    const pqflow::parquet::EncodedRowGroup* const group = encoders_->oldest();
    if (group == nullptr) {
      return false;
    }
    require(file.append(*group, {}));
    encoders_->drop_oldest();
    return true;
  }

  uint64_t size_and_remove(uint64_t written_bytes) const {
    struct stat status {};
    if (stat(path_.c_str(), &status) != 0) {
      return written_bytes;  // Led to /dev/null.
    }
    unlink(path_.c_str());
    return static_cast<uint64_t>(status.st_size);
  }

  std::string path_;
  const std::vector<uint8_t>& slots_;
  const pqflow::base::SystemCalls& system_;
  pqflow::sink::OpenPlan plan_;
  pqflow::sink::CommandSlot writer_;
  std::unique_ptr<pqflow::sink::IdleStrategy> idle_;
  std::unique_ptr<pqflow::sink::RowGroupEncoders> encoders_;
  std::vector<uint8_t> window_;
  uint64_t elapsed_ns_ = 0;
};

}  // namespace bench
