// Values replaced by their substitute, column by column: for pqflow_stats since the sink was opened, for a file's metadata since the file
// began.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "columns/record_schema.hpp"
#include "sink/counters.hpp"
#include "sink/row_group_encoders.hpp"

namespace pqflow::sink {

// Writer thread; the constructor on the opening one, before it.
class InvalidLedger {
 public:
  // Makes room for the columns in `counters`, which no other thread may see yet. Both outlive the ledger.
  InvalidLedger(const columns::RecordSchema& schema, Counters& counters);

  // Publishes what the writer has counted. Does not allocate.
  void follow(const RowGroupEncoders& encoders) noexcept;
  // The oldest row group is in the file in progress: what was counted up to its end, and not in a file before, is of that file. Records may
  // have been counted whose row group goes into the next one.
  void row_group_written(const RowGroupEncoders& encoders) noexcept;

  // Of the file in progress, columns without any left out: {"side":3}
  bool is_empty() const noexcept;
  std::string json() const;
  // The file has ended, well or not: the next one starts with nothing.
  void start_over() noexcept;

 private:
  uint64_t file_count(size_t column_index) const noexcept { return in_files_[column_index] - before_file_[column_index]; }

  const columns::RecordSchema& schema_;
  Counters& counters_;
  std::vector<uint64_t> in_files_;     // Counts at the end of the last row group written.
  std::vector<uint64_t> before_file_;  // The same when the file began.
};

}  // namespace pqflow::sink
