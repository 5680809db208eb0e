// One output file in the making: begin / append_row_group / publish, show / finish. The classic layout has its footer once, at the end; the
// live layout is a Parquet file from begin() on.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/result.hpp"
#include "base/system.hpp"
#include "io/file_target.hpp"

namespace pqflow::io {

using Bytes = std::span<const uint8_t>;

// Writer thread only, after begin(). Each call that fails may be repeated with the same arguments: it continues at the same offset, and
// bytes of an unacknowledged call are never counted.
class OutputFile {
 public:
  virtual ~OutputFile() = default;
  // Checks the target (resolve_target), creates the file in progress (with .1, .2 … behind it when that name is taken by another capture or
  // by what a killed one left) and writes what the layout puts first. Fails without leaving a file.
  virtual base::Result begin(const FileTarget& target) = 0;
  // Appends the pieces one after the other; all or (on failure) to be repeated.
  virtual base::Result append_row_group(std::span<const Bytes> pieces) = 0;
  // It cannot have any length: the live layout never can, the classic one where the system sets a limit.
  virtual bool has_end() const noexcept = 0;
  // Whether `size_bytes` of row groups and metadata still go into the file.
  virtual bool has_room(uint64_t size_bytes) const noexcept = 0;
  // Where an interim row group of `size_bytes` lies: one that the final file will not have. 0: nowhere, as in the classic layout, or
  // because it would leave less than `kept_bytes` to the row groups, or `metadata_bytes` to all metadata.
  virtual uint64_t interim_place(uint64_t size_bytes, uint64_t kept_bytes, uint64_t metadata_bytes) const noexcept {
    (void)size_bytes, (void)kept_bytes, (void)metadata_bytes;
    return 0;
  }
  // Writes it to that place, which is its own from then on.
  virtual base::Result write_interim(std::span<const Bytes> pieces, uint64_t place_bytes) {
    (void)pieces, (void)place_bytes;
    return base::Result::failure(PQFLOW_STATUS_INTERNAL_ERROR, "no interim row group can be in this file");
  }
  // Live layout: writes `metadata` before the metadata that is there, as one FileMetaData with it (parquet::LiveFooter). Readers go on
  // seeing the file as it was until show(). The classic layout has neither and answers OK.
  virtual base::Result publish(Bytes metadata) = 0;
  // Makes what publish() wrote the file's footer. Not within kShowDelayNs of it: a reader that fetches the file's end in one read could get
  // the new length with old bytes before it.
  virtual base::Result show() = 0;
  // What finish() does first, and then need not do: writes the footer and syncs, so that the file is a finished one under its name in
  // progress. A file that is distrusted is copied for that, and the copy takes its place.
  virtual base::Result complete(Bytes footer) = 0;
  // Writes the footer, syncs, closes, renames to the final name, or to one with a suffix when that name was taken since begin() and
  // if_exists is not REPLACE, and syncs the folder. On success final_path() tells the name. A failed sync of the file is final: it keeps
  // its name in progress and every further call gives the same error. An error with which the file is no longer open is of the folder's
  // sync: the file is complete and has its final name.
  virtual base::Result finish(Bytes footer) = 0;
  // With FileTarget::keeps_unsynced: what lies below `end_bytes` is on the disk, because a sync of fd() said so that was begun when
  // offset_bytes() was that.
  virtual void synced(uint64_t end_bytes) = 0;
  // Likewise: a sync of fd() failed, or the file refuses its footer. It is not synced again; complete() and finish() make a copy, of what
  // was synced before and of what was kept in memory.
  virtual void distrust() noexcept = 0;
  // Closes without finishing; the file stays under its name in progress, or is removed when it holds no row group,
  // an interim one neither.
  virtual void abandon() noexcept = 0;
  // The same of a file whose interim row groups go into another one: without a row group it is removed.
  virtual void discard() noexcept { abandon(); }
  // Where the next append_row_group starts.
  virtual uint64_t offset_bytes() const noexcept = 0;
  virtual bool is_open() const noexcept = 0;
  // Of an open file.
  virtual int fd() const noexcept = 0;
  // A sync failed: finish() will never succeed, abandon() keeps the file under its name in progress. Never with keeps_unsynced.
  virtual bool is_suspect() const noexcept = 0;
  // Its disk space was taken when it began: a full disk cannot stop it before it has reached its length.
  virtual bool is_preallocated() const noexcept { return false; }
  virtual const std::string& final_path() const noexcept = 0;
  // Of an open file: the name it has now.
  virtual const std::string& progress_path() const noexcept = 0;
};

std::unique_ptr<OutputFile> make_classic_layout(const base::SystemCalls& system);

// begin() answers PQFLOW_STATUS_IO_ERROR with EOPNOTSUPP where the target's file system cannot have such files: a remote one,
// or one that has no files of a chosen length.
std::unique_ptr<OutputFile> make_live_layout(const base::SystemCalls& system);

constexpr uint64_t kShowDelayNs = 10'000'000;

}  // namespace pqflow::io
