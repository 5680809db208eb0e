// Spans of records on their way from the writer thread to one encoder. Counts only grow; an entry lies at its count modulo the capacity:
//
//     taken             pushed
//       |                 |
//   ----+=================+- - - - -      pushed - taken ≤ capacity
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/shared.hpp"

namespace pqflow::sink {

// Without records it says that the row group ends here.
struct DealtSpan {
  const uint8_t* first_record = nullptr;
  size_t record_count = 0;
};

// One thread pushes, one takes. Neither blocks nor, after the constructor, allocates.
class SpanQueue {
 public:
  explicit SpanQueue(size_t min_capacity) : entries_(std::bit_ceil(min_capacity)) {}

  // Pushing thread.
  size_t room() const noexcept {
    // Acquire pairs with pop(): the entry that is overwritten was read.
    return entries_.size() - (pushed_.count.load() - taken_.count.load_published());
  }
  // With room.
  void push(const DealtSpan& span) noexcept {
    const size_t count = pushed_.count.load();
    entries_[count & (entries_.size() - 1)] = span;
    pushed_.count.publish(count + 1);  // Release: who sees the count sees the entry, and the records that the pusher saw committed.
  }

  // Taking thread.
  bool is_empty() const noexcept { return taken_.count.load() == pushed_.count.load_published(); }
  // Not empty.
  const DealtSpan& front() const noexcept { return entries_[taken_.count.load() & (entries_.size() - 1)]; }
  void pop() noexcept { taken_.count.publish(taken_.count.load() + 1); }

  size_t memory_bytes() const noexcept { return entries_.size() * sizeof(DealtSpan); }

 private:
  // Each stored by one side; on blocks of its own, or each store would cost the other side its line.
  struct alignas(128) Count {
    base::Shared<size_t> count;
  };

  std::vector<DealtSpan> entries_;
  Count pushed_;
  Count taken_;
};

}  // namespace pqflow::sink
