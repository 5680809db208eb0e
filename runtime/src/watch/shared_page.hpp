// The page of a sink: anonymous memory that other processes of the same user reach through /proc/PID/fd, and that is gone with the process,
// however it ends.
#pragma once

#include "watch/stats_page.hpp"

namespace pqflow::watch {

// Opening thread, or the one that closes.
class SharedPage {
 public:
  SharedPage() = default;
  SharedPage(const SharedPage&) = delete;
  SharedPage& operator=(const SharedPage&) = delete;
  ~SharedPage() { remove(); }

  // Once; a few system calls. A wish: where there is no such memory, or no descriptor left, nobody can look, and nothing else changes.
  void create() noexcept;
  // Nobody finds it any more.
  void remove() noexcept;

  // Null: there is none.
  StatsPage* page() const noexcept { return page_; }

 private:
  int fd_ = -1;
  StatsPage* page_ = nullptr;
};

}  // namespace pqflow::watch
