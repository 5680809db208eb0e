// The files of a capture, one after the other: sequence numbers, row groups with their trailers, footers. Each step that failed may be
// repeated.
#pragma once

#include <pqflow/pqflow.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "columns/record_schema.hpp"
#include "io/folder_maker.hpp"
#include "io/output_file.hpp"
#include "io/path_template.hpp"
#include "parquet/encoded_row_group.hpp"
#include "parquet/file_metadata.hpp"
#include "parquet/live_footer.hpp"
#include "ring/ring_header.hpp"
#include "sink/live_capacity.hpp"

namespace pqflow::sink {

struct CaptureTarget {
  std::string path_template;
  pqflow_if_exists if_exists = PQFLOW_IF_EXISTS_FAIL;
  size_t footer_cap_bytes = size_t{4} << 20;  // A footer that has grown this large ends the file: memory for it is bounded.
  uint64_t rotate_bytes = 0;                  // So does a file that has; 0 = any size.
  pqflow_file_layout layout = PQFLOW_FILE_LAYOUT_CLASSIC;
  ring::RingHeader* ring = nullptr;  // Is told the name of each file in progress. Outlives the capture file.
  bool is_synced = false;            // Row groups are synced while the file grows.
  std::string host{};                // For names: io::safe_host_name().
  uint64_t process_id = 0;
  uint64_t first_sequence = 0;
};

// Writer thread only, but for the first begin(), which open() calls before that thread exists. Its end abandons a file that was not
// finished.
class CaptureFile {
 public:
  // `float_order`: of the row groups that are appended.
  CaptureFile(const columns::RecordSchema& schema, pqflow_float_order float_order, CaptureTarget target, const base::SystemCalls& system,
              const base::Clock& clock);

  // Called with the path, from the root on, of each file in progress before anything is in it that is not in the ring too. A failure of
  // its is begin()'s. Before the first begin().
  using BegunListener = std::function<base::Result(const std::string& path)>;
  void tell_when_begun(BegunListener listener) { on_begun_ = std::move(listener); }
  // Creates the next file in progress, and the folders that placeholders of its path name. Before the first file the target's if_exists
  // holds, and FILE_EXISTS says that another sink writes files of this target; a later name that is taken gets a suffix under FAIL too: a
  // capture is never lost.
  base::Result begin();
  // `lanes`: the records it holds, for its trailer.
  base::Result append(const parquet::EncodedRowGroup& group, std::span<const parquet::LaneRange> lanes);
  // Live files only: an interim row group, of the records that follow those in the file's row groups, behind its other interim row groups
  // or in place of the newest `replaced_count` of them. append() takes the place of them all. `is_taken` false: it has no room, and nothing
  // was done. `kept_bytes`: what the next row group may need.
  base::Result append_interim(const parquet::EncodedRowGroup& group, std::span<const parquet::LaneRange> lanes, size_t replaced_count,
                              uint64_t kept_bytes, bool& is_taken);
  // Where files have an end, a row group that does not fit belongs in the next one. A file without row groups takes any.
  bool takes(const parquet::EncodedRowGroup& group, std::span<const parquet::LaneRange> lanes);
  // Live files only: footers that name all row groups are written, then, not within io::kShowDelayNs, shown to readers.
  base::Result write_footers();
  base::Result show_footers() { return file_->show(); }
  // Prints the footer that finish() writes; once per file. Nothing is appended afterwards.
  void seal(std::span<const parquet::KeyValue> capture);
  // Of a sealed file, where row groups are synced: see io::OutputFile.
  base::Result complete() { return file_->complete(footer_); }
  // With the descriptor of the open file row groups are synced from another thread, up to the offset that there was.
  int fd() const noexcept { return file_->fd(); }
  uint64_t offset_bytes() const noexcept { return file_->offset_bytes(); }
  void synced(uint64_t end_bytes) { file_->synced(end_bytes); }
  // The open file is to be ended, as a copy.
  void distrust() noexcept;
  bool is_distrusted() const noexcept { return is_distrusted_; }
  // An error with which the file is no longer open: it is complete and has its final name, which a power cut may take away.
  base::Result finish();
  void abandon() noexcept { file_->abandon(); }
  // The next file has what only interim row groups of this one have.
  void discard() noexcept { file_->discard(); }
  // The file that finish() has ended last, but for its rows, its end and whether it is synced. Its path is valid until begin().
  pqflow_finished_file finished_file() const noexcept;
  // What the names of the present or the latest file say of the time.
  uint64_t begun_at_utc_ns() const noexcept { return begun_at_utc_ns_; }
  // Of a file that cannot be synced: what is in it stays under its name in progress, the next begin() takes the next sequence number.
  bool is_suspect() const noexcept { return file_->is_suspect(); }
  void set_aside() noexcept;

  bool is_open() const noexcept { return file_->is_open(); }
  // Of the file that is open; empty: none is.
  const std::string& progress_path() const noexcept;
  // Of the present or the latest file: CLASSIC where the target cannot have live ones.
  bool is_live() const noexcept { return is_live_; }
  bool is_preallocated() const noexcept { return file_->is_preallocated(); }
  bool is_at_rotate_size() const noexcept {
    return target_.rotate_bytes != 0 && file_->offset_bytes() + metadata_.footer_bytes() >= target_.rotate_bytes;
  }
  bool has_row_groups() const noexcept { return metadata_.row_group_count() != 0; }
  // No further row group belongs in it.
  bool is_full() const noexcept {
    return has_row_groups() && (is_at_footer_cap() || is_at_rotate_size() || (is_live_ && is_live_file_full()));
  }
  size_t unsorted_row_group_count() const noexcept { return metadata_.unsorted_row_group_count(); }
  uint64_t files_finished() const noexcept { return files_finished_; }
  // Files that killed captures of this target left in the folder of the first file, as its begin() found them.
  size_t orphans_beside() const noexcept { return orphans_beside_; }
  // Acknowledged, all files.
  uint64_t bytes_written() const noexcept { return bytes_written_; }
  // The bound: row group metadata and the footer printed from it, both up to the cap.
  size_t memory_bytes() const noexcept;

 private:
  base::Result begin_named(uint64_t now_utc_ns);
  base::Result check_alone();
  io::PathValues path_values() const noexcept;
  base::Result begin_file(const io::FileTarget& target);
  base::Result tell_begun();
  base::Result begin_live_file(io::FileTarget target);
  base::Result begin_longer_file(uint64_t row_group_bytes);
  // Pages, trailer, and the metadata that publishes it.
  uint64_t live_bytes_of(uint64_t row_group_bytes) const noexcept;
  uint64_t classic_bytes_of(uint64_t row_group_bytes) const noexcept;
  bool is_live_file_full() const noexcept;
  uint64_t metadata_cap_bytes() const noexcept;
  // Of one more publication, at most.
  uint64_t publication_bytes() const noexcept { return trailer_.size() + first_metadata_bytes_ + 64; }
  uint64_t encode_trailer_of(const parquet::EncodedRowGroup& group, std::span<const parquet::LaneRange> lanes);
  bool is_at_footer_cap() const noexcept { return metadata_.footer_bytes() >= target_.footer_cap_bytes; }

  const columns::RecordSchema& schema_;
  const CaptureTarget target_;
  const base::Clock& clock_;
  const base::SystemCalls& system_;
  bool is_live_;
  std::unique_ptr<io::OutputFile> file_;
  io::FolderMaker folders_;
  parquet::FileMetadata metadata_;
  parquet::LiveFooter live_footer_;
  LiveCapacity capacity_;
  uint64_t first_metadata_bytes_ = 0;
  uint64_t largest_row_group_bytes_ = 0;  // Of the file in progress, with its trailer.
  bool has_interims_ = false;             // Had, in the file in progress.
  std::vector<uint8_t> trailer_;
  std::vector<uint8_t> footer_;
  std::vector<io::Bytes> pieces_;
  BegunListener on_begun_;
  bool has_begun_ = false;      // A file, once.
  bool is_distrusted_ = false;  // The open one.
  uint64_t begun_at_utc_ns_ = 0;
  uint64_t sealed_bytes_ = 0;  // Of the file with its footer.
  uint64_t finished_row_groups_ = 0;
  uint64_t sequence_;  // Of the file in progress, or the next one.
  size_t orphans_beside_ = 0;
  uint64_t files_finished_ = 0;
  uint64_t bytes_written_ = 0;
};

}  // namespace pqflow::sink
