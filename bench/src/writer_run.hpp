// The writer alone, on one thread: records of one row group lie in a window as they would in the ring, the row group is made and written.
// The clock runs while it works and stands while the window is filled, which is the producer's work.
#pragma once

#include <pqflow/pqflow.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "contender.hpp"
#include "measure.hpp"
#include "parquet/row_group_writer.hpp"
#include "sink/capture_file.hpp"
#include "sink/open_request.hpp"
#include "writer_modes.hpp"

namespace bench {

inline void require(const pqflow::base::Result& result) {
  if (!result.is_ok()) {
    throw std::runtime_error(result.message);
  }
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
    group_ = std::make_unique<pqflow::parquet::RowGroupWriter>(plan_.schema, plan_.row_group());
    window_.resize(plan_.options.row_group_rows * plan_.schema.slot_size_bytes);
  }

  Outcome run() {
    pqflow::sink::CaptureFile file(plan_.schema, plan_.options.float_order, {path_, PQFLOW_IF_EXISTS_REPLACE}, system_,
                                   pqflow::base::real_clock());
    elapsed_ns_ = 0;
    timed([&] { require(file.begin()); });
    for (size_t start_bytes = 0; start_bytes < slots_.size(); start_bytes += window_.size()) {
      const size_t size_bytes = std::min(window_.size(), slots_.size() - start_bytes);
      std::memcpy(window_.data(), slots_.data() + start_bytes, size_bytes);
      timed([&] { append(file, size_bytes / plan_.schema.slot_size_bytes); });
    }
    timed([&] {
      write_group(file);
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

  void append(pqflow::sink::CaptureFile& file, size_t record_count) {
    for (size_t index = 0; index < record_count;) {
      if (group_->room_rows() == 0) {
        write_group(file);
      }
      const size_t span_records = std::min({record_count - index, kSpanMaxRecords, static_cast<size_t>(group_->room_rows())});
      group_->append(window_.data() + index * plan_.schema.slot_size_bytes, span_records);
      index += span_records;
    }
  }

  void write_group(pqflow::sink::CaptureFile& file) {
    if (group_->row_count() != 0) {
      require(file.append(group_->finish(), 0));
      group_->reset();
    }
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
  std::unique_ptr<pqflow::parquet::RowGroupWriter> group_;
  std::vector<uint8_t> window_;
  uint64_t elapsed_ns_ = 0;
};

}  // namespace bench
