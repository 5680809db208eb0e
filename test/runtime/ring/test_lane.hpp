// A lane of 8-byte records on memory of its own, seen from both sides.
#pragma once

#include <gtest/gtest.h>
#include <pqflow/producer.h>

#include <cstring>
#include <memory>
#include <vector>

#include "ring/gap_reader.hpp"
#include "ring/lane_layout.hpp"
#include "ring/lane_memory.hpp"
#include "ring/lane_reader.hpp"

namespace pqflow::ring::test {

constexpr uint32_t kRecordBytes = 8;
constexpr uint32_t kSlotBytes = 16;

struct TestLane {
  explicit TestLane(uint64_t slot_count, uint64_t first = 0)
      : geometry(ring::make_geometry(slot_count, kSlotBytes, kRecordBytes)), first_index(first) {
    EXPECT_TRUE(memory.allocate(ring::lane_size_bytes(geometry)).is_ok());
    lane = &ring::lane_init(memory.data(), {geometry, 11, 12, 3, first_index});
    reader = std::make_unique<ring::LaneReader>(*lane, geometry, first_index);
    gaps = std::make_unique<ring::GapReader>(*lane);
  }

  pqflow_status log(uint64_t value) { return pqflow_lane_log(lane, &value, kRecordBytes, kSlotBytes); }

  // Logs value = index until the lane refuses; returns how many it took.
  uint64_t fill() {
    uint64_t count = 0;
    while (log(lane->producer.head_index) == PQFLOW_STATUS_OK) {
      ++count;
    }
    return count;
  }

  // Reads and advances over at most max_records.
  std::vector<uint64_t> read(size_t max_records) {
    const ring::Span span = reader->peek(max_records);
    std::vector<uint64_t> values(span.record_count);
    for (size_t row = 0; row < span.record_count; ++row) {
      std::memcpy(&values[row], span.first_record + row * kSlotBytes, sizeof(uint64_t));
    }
    reader->advance(span.record_count);
    return values;
  }

  ring::LaneGeometry geometry;
  uint64_t first_index;
  ring::LaneMemory memory;
  pqflow_lane* lane = nullptr;
  std::unique_ptr<ring::LaneReader> reader;
  std::unique_ptr<ring::GapReader> gaps;
};

inline std::vector<uint64_t> range(uint64_t first, uint64_t count) {
  std::vector<uint64_t> values(count);
  for (uint64_t i = 0; i < count; ++i) {
    values[i] = first + i;
  }
  return values;
}

}  // namespace pqflow::ring::test
