// A place in the merged stream of all lanes: how far each of them was taken.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pqflow::sink {

// Plain data. The writer keeps a few: where the row group, the file began, what is persisted, what is visible. Copying into one that has
// room for every lane does not allocate.
struct LanePositions {
  std::vector<uint64_t> next_index;  // Of each lane, in the order of their numbers; lanes that came later are at their beginning.
  uint64_t taken_records = 0;        // Of all lanes: the number of the next record in the capture.

  // `first_index`: where a lane that came later begins.
  uint64_t next_index_of(size_t lane_index, uint64_t first_index) const noexcept {
    return lane_index < next_index.size() ? next_index[lane_index] : first_index;
  }
};

}  // namespace pqflow::sink
