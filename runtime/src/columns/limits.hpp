// Limits of a descriptor. They keep every later size computation far from overflow.
#pragma once

#include <pqflow/lane.h>

#include <cstddef>
#include <cstdint>

namespace pqflow::columns {

constexpr size_t kMaxLeafCount = 4096;
constexpr size_t kMaxFieldCount = 8192;  // Groups included.
constexpr size_t kMaxNestingDepth = 32;
constexpr size_t kMaxNameBytes = 255;
constexpr uint32_t kMaxRecordAlignBytes = PQFLOW_LANE_BLOCK_SIZE_BYTES;  // Slots can be aligned to no more.
constexpr uint32_t kMaxEnumValueCount = 65536;                           // Per field.
constexpr size_t kMaxEnumNameBytes = 65535;
constexpr size_t kMaxConstantBytes = 65535;
constexpr size_t kMaxTextBytes = size_t{16} << 20;  // Schema text, and all key-value entries together.
constexpr uint32_t kMaxKeyValueCount = 4096;

}  // namespace pqflow::columns
