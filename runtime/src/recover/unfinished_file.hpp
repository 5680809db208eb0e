// What a file under its name in progress holds.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.hpp"
#include "parquet/footer_writer.hpp"
#include "parquet/trailer.hpp"
#include "recover/row_group_scan.hpp"
#include "recover/source_file.hpp"

namespace pqflow::recover {

struct UnfinishedFile {
  bool is_complete = false;                     // It ends with the footer of a finished file: only its name is missing.
  bool is_disposable = false;                   // Without a record, and known to be pqflow's: nobody misses it.
  std::optional<parquet::FooterFields> fields;  // Empty: neither a footer nor the first row group's trailer is there.
  ScannedRowGroups found;
  std::vector<FoundRowGroup> interims;  // Those whose records no row group has, oldest first.

  // Behind the last row group.
  uint64_t data_end_bytes() const noexcept;
  uint64_t record_count() const noexcept;
  // Of the interim ones.
  uint64_t interim_record_count() const noexcept;
  // Of all row groups, lane by lane: the first record's number and how many there are.
  std::vector<parquet::LaneRange> lanes() const;
};

// Reads the whole file. A Result for one that cannot be read; whatever is in it is an answer.
base::Result read_unfinished_file(const SourceFile& source, UnfinishedFile& file);

// `further` into `lanes`, by lane.
void add_lanes(const std::vector<parquet::LaneRange>& further, std::vector<parquet::LaneRange>& lanes);

}  // namespace pqflow::recover
