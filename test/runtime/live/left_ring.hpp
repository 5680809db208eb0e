// A ring of ticks that a killed process left.
#pragma once

#include <gtest/gtest.h>
#include <pqflow/producer.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <deque>
#include <string>
#include <vector>

#include "columns/descriptor_bytes.hpp"
#include "ring/lane_layout.hpp"
#include "ring/ring_file.hpp"
#include "sink/tick_schema.hpp"

namespace pqflow::test {

// Ticks `first` … `first + count` - 1 of a lane, whose numbers are its records' too.
struct LeftLane {
  uint64_t first = 0;
  uint64_t count = 0;
  std::vector<pqflow_gap> gaps{};  // All of them listed.
  uint64_t dropped = 0;            // Besides.
  pqflow_told_gaps told{};         // By finished files …
  pqflow_told_gaps sealed{};       // … and by the one that was being finished.
};

struct LeftRing {
  std::string folder;
  std::string name = "pqflow-1-a.ring";
  std::string file_in_progress;
  std::vector<LeftLane> lanes;
  uint64_t schema_fingerprint = sink::test::tick_descriptor().schema_fingerprint;
  uint64_t row_group_rows = 0;  // 0: the runtime's choice.
  bool is_closed = false;       // By a close that failed; else its process is killed.
  bool is_of_other_boot = false;
};

inline void leave_gaps(const LeftLane& left, pqflow_lane& lane) {
  lane.producer.dropped_count = left.dropped;
  for (const pqflow_gap& gap : left.gaps) {
    lane.gaps[lane.producer.gap_head_index++ % PQFLOW_LANE_GAP_CAPACITY_COUNT] = gap;
    lane.producer.dropped_count += gap.count;
  }
  lane.consumer.told[0] = left.told;
  lane.consumer.told[1] = left.sealed;
  lane.consumer.sealed_place = 1;
}

inline void move_to_other_boot(ring::RingIdentity& identity) {
  identity.owner.boot_id[0] = 'x';
  constexpr size_t kBegin = offsetof(ring::RingIdentity, layout_version);
  identity.checksum = ring::checksum(ring::kChecksumSeed, reinterpret_cast<const uint8_t*>(&identity) + kBegin,
                                     offsetof(ring::RingIdentity, checksum) - kBegin);
}

inline bool fill_ring(const LeftRing& left, ring::RingFile& file) {
  pqflow_descriptor descriptor = sink::test::tick_descriptor();
  descriptor.schema_fingerprint = left.schema_fingerprint;
  descriptor.defaults.row_group_rows = left.row_group_rows;
  const std::vector<uint8_t> bytes = columns::encode_descriptor(descriptor);
  ring::RingParams params;
  params.geometry = ring::make_geometry(1024, descriptor.slot_size_bytes, descriptor.record_size_bytes);
  params.layout_fingerprint = descriptor.layout_fingerprint;
  params.schema_fingerprint = descriptor.schema_fingerprint;
  params.max_lanes = 4;
  if (!file.create(left.folder, left.name, params, bytes.data(), bytes.size()).is_ok()) {
    return false;
  }
  ring::store_file_in_progress(file.header(), left.file_in_progress);
  for (uint32_t index = 0; index < left.lanes.size(); ++index) {
    const LeftLane& left_lane = left.lanes[index];
    const ring::LaneParams lane_params{params.geometry, params.layout_fingerprint, params.schema_fingerprint, index, left_lane.first};
    static std::deque<ring::LaneMemory> memories;
    if (!file.take_lane(index, PQFLOW_RING_MEMORY_PAGEABLE, memories.emplace_back()).is_ok()) {
      return false;
    }
    pqflow_lane& lane = ring::lane_init(memories.back().data(), lane_params);
    for (uint64_t number = left_lane.first; number < left_lane.first + left_lane.count; ++number) {
      const sink::test::Tick tick = sink::test::make_tick(static_cast<int64_t>(number));
      if (pqflow_lane_log(&lane, &tick, sizeof tick, params.geometry.slot_size_bytes) != PQFLOW_STATUS_OK) {
        return false;
      }
    }
    leave_gaps(left_lane, lane);
  }
  if (left.is_of_other_boot) {
    move_to_other_boot(file.header().identity);
  }
  return true;
}

// Made by a process of its own, which is killed, or goes on without it.
inline void leave_ring(const LeftRing& left) {
  const pid_t child = ::fork();
  if (child == 0) {
    ring::RingFile file;
    if (!fill_ring(left, file)) {
      ::_exit(1);
    }
    if (left.is_closed) {
      file.leave();
    }
    ::raise(SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

}  // namespace pqflow::test
