// Two producers attach to a sink's lanes and detach from them, one lane is handed from the one to the other, and the writer looks for new
// lanes all the while: every record is taken once, in its producer's order.
#pragma once

#include "scenario.hpp"
// Behind it.
#include <optional>

#include "sink/lane_collector.hpp"
#include "sink/lane_table.hpp"

namespace pqflow::model {

inline constexpr Mutant kManyLanesMutants[] = {
    weaker_store("the number of lanes is published relaxed", WordKind::kOutside),
    weaker_load("the number of lanes is loaded relaxed", WordKind::kOutside),
    weaker_store("the commit word is stored relaxed", WordKind::kCommit),
    {"nobody locks"},
    {"a lane is used once more after it was detached"},
};

struct ManyLanes : Executions<ManyLanes, 3> {
  static constexpr uint32_t kProducers = 2;
  static constexpr uint32_t kWriter = kProducers;
  static constexpr uint32_t kTurns = 2;  // Of each producer: attach, log two records, detach.
  static constexpr uint32_t kRounds = 6;
  static constexpr uint32_t kRecordBytes = 8;
  static constexpr uint32_t kSlotBytes = 16;
  static constexpr uint64_t kPerProducer = 100;  // Value: producer × 100 + how many it logged before.

  void before() {
    sink::LaneRecipe recipe;
    recipe.geometry = ring::make_geometry(PQFLOW_LANE_SLOTS_MIN_COUNT, kSlotBytes, kRecordBytes);
    recipe.max_lanes = 2;  // The opening thread's and one for two producers.
    table.emplace(recipe);
    pqflow_lane* opening = nullptr;
    RL_ASSERT(table->attach(opening).is_ok());
    collector.emplace(*table, PQFLOW_SLOT_RELEASE_WHEN_PERSISTED);
  }

  void thread(unsigned index) { index == kWriter ? write() : produce(index); }

  void produce(uint32_t producer) {
    for (uint32_t turn = 0; turn < kTurns; ++turn) {
      pqflow_lane* lane = nullptr;
      if (!table->attach(lane).is_ok()) {
        continue;  // The other producer has it.
      }
      log(*lane, producer);
      log(*lane, producer);
      RL_ASSERT(table->detach(*lane).is_ok());
      if (is_mutant("a lane is used once more after it was detached")) {
        lane->producer.limit_index = lane->producer.head_index + 1;
        log(*lane, producer);
      }
    }
  }

  void log(pqflow_lane& lane, uint32_t producer) {
    use_lane(lane);
    const uint64_t value = producer * kPerProducer + logged_count[producer];
    RL_ASSERT(pqflow_lane_log(&lane, &value, kRecordBytes, kSlotBytes) == PQFLOW_STATUS_OK);
    ++logged_count[producer];
  }

  void write() {
    for (uint32_t round = 0; round < kRounds; ++round) {
      take_span();
    }
  }

  bool take_span() {
    collector->look_for_lanes();
    const ring::Span span = collector->peek(2);
    for (size_t record = 0; record < span.record_count; ++record) {
      take(read_record(span.first_record + record * kSlotBytes));
    }
    if (span.record_count == 0) {
      return false;
    }
    collector->advance(span.record_count);
    collector->persist(span.record_count);
    return true;
  }

  void take(uint64_t value) {
    const uint64_t producer = value / kPerProducer;
    RL_ASSERT(producer < kProducers && value % kPerProducer == taken_count[producer]);
    ++taken_count[producer];
  }

  void after() {
    while (take_span()) {
    }
    for (uint32_t producer = 0; producer < kProducers; ++producer) {
      RL_ASSERT(taken_count[producer] == logged_count[producer]);
    }
    RL_ASSERT(table->accepted_records() == logged_count[0] + logged_count[1]);
  }

  std::optional<sink::LaneTable> table;
  std::optional<sink::LaneCollector> collector;
  uint64_t logged_count[kProducers]{};
  uint64_t taken_count[kProducers]{};
};

}  // namespace pqflow::model
