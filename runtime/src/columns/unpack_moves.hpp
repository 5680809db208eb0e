// How the generic kernels take four records in one turn: flat leaves of 4 and 8 bytes that are neighbours in the record move together, in
// windows of 16 bytes. The generator plans its kernels alike.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace pqflow::columns {

// A flat leaf with bytes in the record.
struct UnpackedLeaf {
  size_t leaf_index;
  uint32_t offset_bytes;
  uint32_t width_bytes;
};

enum class UnpackMoveKind : uint8_t { k2x8, k1x8, k4x4 };

constexpr size_t kNoLeaf = SIZE_MAX;

struct UnpackMove {
  UnpackMoveKind kind;
  uint32_t offset_bytes;         // Of the window in the record.
  std::array<size_t, 4> leaves;  // By lane; kNoLeaf for bytes that are none, and beyond the kind's lanes.
};

// Moves of leaves with 4 and 8 bytes; a window never reaches beyond the record, behind which the commit word lies. `moved` gets true for
// each of `leaves` that a move takes; the others are copied one by one.
std::vector<UnpackMove> plan_unpack_moves(const std::vector<UnpackedLeaf>& leaves, uint32_t record_size_bytes, std::vector<bool>& moved);

}  // namespace pqflow::columns
