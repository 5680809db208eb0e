// One output file in the making: begin / append_row_group / publish / finish. The classic layout (footer once, at the end) is one
// implementation; the live layout will be another.
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
  // Makes everything appended visible to readers where the layout can do that before finish(); the classic layout cannot and answers OK.
  virtual base::Result publish(Bytes footer) = 0;
  // Writes the footer, syncs, closes, renames to the final name, or to one with a suffix when that name was taken since begin() and
  // if_exists is not REPLACE. On success final_path() tells it. A failed sync is final: the file keeps its name in progress and every
  // further call gives the same error.
  virtual base::Result finish(Bytes footer) = 0;
  // Closes without finishing; the file stays under its name in progress, or is removed when it holds no row group.
  virtual void abandon() noexcept = 0;
  // Where the next append_row_group starts.
  virtual uint64_t offset_bytes() const noexcept = 0;
  virtual bool is_open() const noexcept = 0;
  // A sync failed: finish() will never succeed, abandon() keeps the file under its name in progress.
  virtual bool is_suspect() const noexcept = 0;
  virtual const std::string& final_path() const noexcept = 0;
};

std::unique_ptr<OutputFile> make_classic_layout(const base::SystemCalls& system);

}  // namespace pqflow::io
