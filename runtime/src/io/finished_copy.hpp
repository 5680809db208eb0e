// A finished file made beside one in progress, where that cannot be finished itself: it may not be cut because somebody reads it, or a sync
// of it failed. The copy takes its place in one rename, so that nobody ever sees both.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/result.hpp"
#include "base/system.hpp"
#include "io/piece_writer.hpp"
#include "io/progress_file.hpp"

namespace pqflow::io {

// What the copy is made of.
struct CopySource {
  const ProgressFile& file;
  uint64_t copied_bytes;            // From the file's beginning.
  std::span<const uint8_t> kept;    // Behind them, from memory.
  std::span<const uint8_t> footer;  // Behind those.
};

// Writer thread; blocks.
class FinishedCopy {
 public:
  FinishedCopy(const base::SystemCalls& system, PieceWriter& writer) noexcept : system_(system), writer_(writer) {}

  // Makes the copy under `path`, or the first free path.1 …, syncs it and puts it in place of `file`, which is source.file and the copy
  // from then on. One that cannot be written or synced is thrown away; after a failed rename a repeated call goes on there.
  base::Result take_place_of(std::unique_ptr<ProgressFile>& file, const CopySource& source, const std::string& path);
  void discard() noexcept;

  // Only the rename is left to do.
  bool is_made() const noexcept { return copy_ != nullptr; }

 private:
  base::Result make(const CopySource& source, const std::string& path);
  base::Result fill(const CopySource& source);
  base::Result copy_range(const CopySource& source);
  base::Result write(uint64_t offset_bytes, std::span<const uint8_t> bytes);

  const base::SystemCalls& system_;
  PieceWriter& writer_;
  std::unique_ptr<ProgressFile> copy_;
};

}  // namespace pqflow::io
