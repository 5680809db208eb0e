// One producer, one writer, a lane of two slots: what was accepted is taken once, in order and whole; what was refused is counted and
// named where it is missing.
#pragma once

#include "scenario.hpp"
// Behind it.
#include <optional>

#include "ring/gap_reader.hpp"
#include "ring/lane_reader.hpp"

namespace pqflow::model {

inline constexpr Mutant kOneLaneMutants[] = {
    weaker_store("the commit word is stored relaxed", WordKind::kCommit),
    weaker_load("the commit word is loaded relaxed", WordKind::kCommit),
    weaker_store("the tail is stored relaxed", WordKind::kTail),
    weaker_load("the tail is loaded relaxed", WordKind::kTail),
    weaker_store("the gap list's head is stored relaxed", WordKind::kGapHead),
    weaker_load("the gap list's head is loaded relaxed", WordKind::kGapHead),
    {"a record is published before it is copied"},
    {"a slot is given back before it is read"},
    {"the producer takes one slot too many"},
    {"a gap is taken before the record behind it is seen"},
};

// The log functions of producer.h in turn. kPushes records: few for a full search.
template <uint32_t kPushes, uint32_t kRounds>
struct OneLane : Executions<OneLane<kPushes, kRounds>, 2> {
  static constexpr uint32_t kSlots = 2;
  static constexpr uint32_t kRecordBytes = 8;
  static constexpr uint32_t kSlotBytes = 16;
  static constexpr uint64_t kFirstIndex = 0xfffffffe;  // The commit word begins anew in mid-test.
  static constexpr uint64_t kFirstValue = 1000;

  void before() {
    ring::LaneParams params;
    params.geometry = ring::make_geometry(kSlots, kSlotBytes, kRecordBytes);
    params.first_index = kFirstIndex;
    lane = &ring::lane_init_watched(memory, params);
    reader.emplace(*lane, params.geometry, kFirstIndex);
    gaps.emplace(*lane);
  }

  void thread(unsigned index) { index == 0 ? produce() : write(); }

  void produce() {
    for (uint32_t push = 0; push < kPushes; ++push) {
      switch (push % 3) {
        case 0:
          note(log(kFirstValue + push));
          break;
        case 1:
          note(fill_in_place(kFirstValue + push));
          break;
        default:
          note(log_many(kFirstValue + push));
      }
    }
  }

  bool log(uint64_t value) {
    use_lane(*lane);
    return pqflow_lane_log(lane, &value, kRecordBytes, kSlotBytes) == PQFLOW_STATUS_OK;
  }

  bool fill_in_place(uint64_t value) {
    use_lane(*lane);
    void* const slot = pqflow_lane_reserve(lane, kSlotBytes);
    if (slot == nullptr) {
      return false;
    }
    copy_record(slot, &value, kRecordBytes);
    pqflow_lane_commit(lane, kSlotBytes, pqflow_commit_offset_bytes(kRecordBytes));
    return true;
  }

  bool log_many(uint64_t value) {
    use_lane(*lane);
    return pqflow_lane_log_many(lane, &value, 1, kRecordBytes, kSlotBytes) == 1;
  }

  // The ledger: which pushes were accepted, and where the others are missing.
  void note(bool is_accepted) {
    if (is_accepted) {
      accepted[accepted_count++] = kFirstValue + pushed_count;
    } else {
      ++missing_before[accepted_count];
      ++refused_count;
    }
    ++pushed_count;
  }

  void write() {
    for (uint32_t round = 0; round < kRounds; ++round) {
      take_span(1);
    }
  }

  void take_span(size_t max_records) {
    const ring::Span span = reader->peek(max_records);
    reader->advance(span.record_count);
    if (is_mutant("a slot is given back before it is read")) {
      reader->release(reader->cursor());
    }
    for (size_t record = 0; record < span.record_count; ++record) {
      RL_ASSERT(taken_count < kPushes);
      taken[taken_count++] = read_record(span.first_record + record * kSlotBytes);
    }
    reader->release(reader->cursor());
    take_gaps();
  }

  void take_gaps() {
    const uint64_t unseen = is_mutant("a gap is taken before the record behind it is seen") ? 2 : 0;
    pqflow_gap gap;
    while (gaps->take(reader->cursor() + unseen, gap)) {
      told(gap);
    }
  }

  void told(const pqflow_gap& gap) {
    RL_ASSERT(gap.before_index - kFirstIndex <= kPushes);
    told_before[gap.before_index - kFirstIndex] += gap.count;
  }

  void after() {
    while (reader->has_next()) {
      take_span(kSlots);
    }
    pqflow_gap gap;
    if (gaps->tell_open(reader->cursor(), gap)) {
      told(gap);
    }
    RL_ASSERT(taken_count == accepted_count);
    for (uint32_t index = 0; index < accepted_count; ++index) {
      RL_ASSERT(taken[index] == accepted[index]);
    }
    for (uint32_t index = 0; index <= kPushes; ++index) {
      RL_ASSERT(told_before[index] == missing_before[index]);
    }
    RL_ASSERT(lane->producer.dropped_count == refused_count);
  }

  alignas(PQFLOW_LANE_BLOCK_SIZE_BYTES) static inline uint8_t memory[PQFLOW_LANE_HEADER_SIZE_BYTES + kSlots * kSlotBytes];
  pqflow_lane* lane = nullptr;
  std::optional<ring::LaneReader> reader;
  std::optional<ring::GapReader> gaps;
  uint64_t accepted[kPushes]{};
  uint64_t taken[kPushes]{};
  uint64_t missing_before[kPushes + 1]{};
  uint64_t told_before[kPushes + 1]{};
  uint32_t pushed_count = 0;
  uint32_t accepted_count = 0;
  uint32_t taken_count = 0;
  uint32_t refused_count = 0;
};

}  // namespace pqflow::model
