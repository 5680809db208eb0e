// When a live file's footer is written anew, and when it is shown.
#pragma once

#include <algorithm>
#include <cstdint>

#include "io/output_file.hpp"

namespace pqflow::sink {

// Writer thread only; pure arithmetic on times that the caller read. A publication has two steps, io::kShowDelayNs apart: footers are
// written, then shown. Row groups that come in between wait for the next one.
class PublishSchedule {
 public:
  // At most one publication in this time, and in a thousandth of the file's age, but for full row groups: their number is bounded anyway.
  // 0: there are no others.
  explicit PublishSchedule(uint64_t interval_ns) noexcept : interval_ns_(interval_ns) {}

  void file_began(uint64_t now_ns) noexcept { *this = PublishSchedule(interval_ns_, now_ns); }
  void row_group_written(bool is_full) noexcept {
    is_dirty_ = true;
    is_pressing_ |= is_full || interval_ns_ == 0;
  }
  // Somebody waits to see all that is written.
  void press() noexcept { is_pressing_ = true; }

  bool is_idle() const noexcept { return !is_dirty_ && !is_hidden_; }
  bool is_write_due(uint64_t now_ns) const noexcept { return is_dirty_ && may_write(now_ns, is_pressing_); }
  // A row group that was written now would be due.
  bool may_write(uint64_t now_ns, bool is_pressing) const noexcept {
    return !is_hidden_ && (is_pressing || now_ns - written_at_ns_ >= std::max(interval_ns_, (now_ns - began_at_ns_) / 1000));
  }
  void written(uint64_t now_ns) noexcept {
    is_dirty_ = false;
    is_pressing_ = false;
    is_hidden_ = true;
    written_at_ns_ = now_ns;
  }
  bool is_show_due(uint64_t now_ns) const noexcept { return is_hidden_ && now_ns - written_at_ns_ >= io::kShowDelayNs; }
  void shown() noexcept { is_hidden_ = false; }

 private:
  PublishSchedule(uint64_t interval_ns, uint64_t now_ns) noexcept
      : interval_ns_(interval_ns), began_at_ns_(now_ns), written_at_ns_(now_ns) {}

  uint64_t interval_ns_;
  uint64_t began_at_ns_ = 0;
  uint64_t written_at_ns_ = 0;
  bool is_dirty_ = false;     // Row groups that no written footer names.
  bool is_pressing_ = false;  // They do not wait for the interval.
  bool is_hidden_ = false;    // A footer was written and not shown.
};

}  // namespace pqflow::sink
