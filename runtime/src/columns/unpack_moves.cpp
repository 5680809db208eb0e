#include "columns/unpack_moves.hpp"

#include <algorithm>

namespace pqflow::columns {
namespace {

constexpr uint32_t kWindowBytes = 16;
constexpr size_t kLaneCount = 4;

class Planner {
 public:
  Planner(const std::vector<UnpackedLeaf>& leaves, uint32_t record_size_bytes, std::vector<bool>& moved)
      : leaves_(leaves), record_size_bytes_(record_size_bytes), moved_(moved) {
    moved_.assign(leaves.size(), false);
  }

  std::vector<UnpackMove> plan() {
    for (const size_t index : in_order(8)) {
      if (!moved_[index]) {
        move_eight(index);
      }
    }
    for (const size_t index : in_order(4)) {
      if (!moved_[index]) {
        move_fours(index);
      }
    }
    return std::move(moves_);
  }

 private:
  // Leaves of a width by their offsets.
  std::vector<size_t> in_order(uint32_t width_bytes) const {
    std::vector<size_t> indices;
    for (size_t index = 0; index < leaves_.size(); ++index) {
      if (leaves_[index].width_bytes == width_bytes) {
        indices.push_back(index);
      }
    }
    std::sort(indices.begin(), indices.end(),
              [&](size_t left, size_t right) { return leaves_[left].offset_bytes < leaves_[right].offset_bytes; });
    return indices;
  }

  // Index of the leaf of that width there which no move has taken, or kNoLeaf.
  size_t waiting_at(uint32_t offset_bytes, uint32_t width_bytes) const {
    for (size_t index = 0; index < leaves_.size(); ++index) {
      if (!moved_[index] && leaves_[index].width_bytes == width_bytes && leaves_[index].offset_bytes == offset_bytes) {
        return index;
      }
    }
    return kNoLeaf;
  }

  void add(UnpackMoveKind kind, uint32_t offset_bytes, const std::array<size_t, kLaneCount>& lanes) {
    UnpackMove move = {kind, offset_bytes, {kNoLeaf, kNoLeaf, kNoLeaf, kNoLeaf}};
    for (size_t lane = 0; lane < kLaneCount; ++lane) {
      if (lanes[lane] != kNoLeaf) {
        move.leaves[lane] = leaves_[lanes[lane]].leaf_index;
        moved_[lanes[lane]] = true;
      }
    }
    moves_.push_back(move);
  }

  void move_eight(size_t index) {
    const uint32_t offset_bytes = leaves_[index].offset_bytes;
    const size_t right = waiting_at(offset_bytes + 8, 8);
    add(right == kNoLeaf ? UnpackMoveKind::k1x8 : UnpackMoveKind::k2x8, offset_bytes, {index, right, kNoLeaf, kNoLeaf});
  }

  void move_fours(size_t index) {
    const uint32_t offset_bytes = leaves_[index].offset_bytes;
    const uint32_t end_bytes = offset_bytes + kWindowBytes;
    const uint32_t excess_bytes = end_bytes > record_size_bytes_ ? end_bytes - record_size_bytes_ : 0;
    const uint32_t back_bytes = (excess_bytes + 3) / 4 * 4;
    if (back_bytes > offset_bytes) {
      return;
    }
    std::array<size_t, kLaneCount> lanes;
    for (size_t lane = 0; lane < kLaneCount; ++lane) {
      lanes[lane] = waiting_at(offset_bytes - back_bytes + static_cast<uint32_t>(lane) * 4, 4);
    }
    if (std::count(lanes.begin(), lanes.end(), kNoLeaf) < 3) {
      add(UnpackMoveKind::k4x4, offset_bytes - back_bytes, lanes);
    }
  }

  const std::vector<UnpackedLeaf>& leaves_;
  uint32_t record_size_bytes_;
  std::vector<bool>& moved_;
  std::vector<UnpackMove> moves_;
};

}  // namespace

std::vector<UnpackMove> plan_unpack_moves(const std::vector<UnpackedLeaf>& leaves, uint32_t record_size_bytes, std::vector<bool>& moved) {
  return Planner(leaves, record_size_bytes, moved).plan();
}

}  // namespace pqflow::columns
