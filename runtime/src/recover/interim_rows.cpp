#include "recover/interim_rows.hpp"

#include "parquet/trailer.hpp"
#include "recover/moved_row_group.hpp"

namespace pqflow::recover {

namespace {

// What goes into the footer is read back from the trailer, as the next recovery would.
base::Result add_interim(const SourceFile& source, const FoundRowGroup& interim, uint64_t begin_bytes, AddedRowGroups& added) {
  std::vector<uint8_t> pages;
  if (auto result = source.read(interim.begin_bytes, interim.trailer_begin_bytes - interim.begin_bytes, pages); !result.is_ok()) {
    return result;
  }
  const parquet::RowGroupEntry entry = moved_entry(interim.entry, interim.begin_bytes, begin_bytes);
  std::vector<uint8_t> trailer;
  parquet::encode_trailer_record(
      entry, {interim.lanes, interim.layout_fingerprint, interim.schema_fingerprint, interim.float_order, {}, false}, trailer);
  FoundRowGroup moved;
  if (!read_trailer(trailer, begin_bytes + pages.size(), moved)) {
    return base::Result::failure(PQFLOW_STATUS_INTERNAL_ERROR, "an interim row group cannot be moved");
  }
  added.bytes.insert(added.bytes.end(), pages.begin(), pages.end());
  added.bytes.insert(added.bytes.end(), trailer.begin(), trailer.end());
  added.record_count += moved.entry.row_count;
  added.row_groups.push_back(std::move(moved));
  return base::Result::ok();
}

}  // namespace

base::Result add_interims(const SourceFile& source, const UnfinishedFile& file, AddedRowGroups& added) {
  const size_t row_group_count = file.found.row_groups.size();
  for (const FoundRowGroup& interim : file.interims) {
    if (auto result = add_interim(source, interim, file.data_end_bytes() + added.bytes.size(), added); !result.is_ok()) {
      return result;
    }
    set_ordinal(added.row_groups.back(), row_group_count + added.row_groups.size() - 1);
  }
  return base::Result::ok();
}

}  // namespace pqflow::recover
