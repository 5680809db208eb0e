#include "sink/interim_row_groups.hpp"

#include <algorithm>

#include "parquet/encoded_row_group.hpp"
#include "sink/lane_metadata.hpp"

namespace pqflow::sink {

InterimRowGroups::InterimRowGroups(bool is_allowed, const columns::RecordSchema& schema, const parquet::RowGroupOptions& options,
                                   CaptureFile& file, LaneCollector& lanes)
    : is_allowed_(is_allowed), schema_(schema), options_(options), file_(file), lanes_(lanes) {
  if (is_allowed) {
    shown_.reserve(8 * kFanOut);
    first_ = lanes.positions();
    end_ = lanes.positions();
    ranges_.reserve(first_.next_index.capacity());
  }
}

// With them the next one is of a higher kind, for which the same is asked.
size_t InterimRowGroups::count_merged() const noexcept {
  size_t merged = 0;
  for (unsigned kind = 0;; ++kind) {
    size_t alike = 0;
    while (merged + alike < shown_.size() && shown_[shown_.size() - 1 - merged - alike].kind == kind) {
      ++alike;
    }
    if (alike + 1 < kFanOut) {
      return merged;
    }
    merged += alike;
  }
}

// False: they are too many bytes for one row group.
bool InterimRowGroups::encode(const LanePositions& persisted, uint64_t first, uint64_t end) {
  if (writer_ == nullptr) {
    writer_ = std::make_unique<parquet::RowGroupWriter>(schema_, options_);
  }
  writer_->reset();
  bool fits = true;
  lanes_.for_unpersisted(persisted, first, end, [&](const ring::Span& span) {
    for (size_t done = 0; done < span.record_count && fits;) {
      const size_t count = static_cast<size_t>(std::min<uint64_t>(writer_->room_rows(), span.record_count - done));
      fits = count != 0;
      if (fits) {
        writer_->append(span.first_record + done * schema_.slot_size_bytes, count);
      }
      done += count;
    }
  });
  return fits;
}

base::Result InterimRowGroups::write(const LanePositions& persisted, uint64_t record_count, bool& is_written) {
  is_written = false;
  const size_t merged = count_merged();
  const Interim interim{merged == 0 ? this->record_count() : shown_[shown_.size() - merged].first, record_count,
                        merged == 0 ? 0U : shown_[shown_.size() - merged].kind + 1};
  lanes_.find_end(persisted, interim.first, first_);
  lanes_.find_end(persisted, interim.end, end_);
  if (!encode(persisted, interim.first, interim.end)) {
    return base::Result::ok();
  }
  list_lane_ranges(lanes_, first_, end_, ranges_);
  const uint64_t kept_bytes = options_.row_group_rows * schema_.slot_size_bytes + options_.row_group_rows / 4;
  base::Result result = file_.append_interim(writer_->finish(), ranges_, merged, kept_bytes, is_written);
  if (is_written) {
    shown_.resize(shown_.size() - merged);
    shown_.push_back(interim);
  }
  return result;
}

}  // namespace pqflow::sink
