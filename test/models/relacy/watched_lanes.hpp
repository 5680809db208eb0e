// The model's memory: which words it follows, what it calls them, and what a mutant breaks. Knows no Relacy, so that the product's
// sources can be compiled beside it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "mutants.hpp"
#include "shared_words.hpp"
// Behind it.
#include "ring/lane_layout.hpp"

namespace pqflow::model {

// Once, before the first execution: Relacy takes what is allocated in one and not freed for lost.
void warm_up();

// An execution: everything below is of the current one. Nothing is allocated.
void begin_execution(const Mutant* mutant);
void end_execution();

// A lane that was laid out by the running thread: its records are plain memory and raced for, and so is what its producer keeps to itself.
void watch_lane(pqflow_lane& lane);

// Instead of memcpy, of one record of 8 bytes.
void copy_record(void* slot, const void* record, size_t size_bytes);
uint64_t read_record(const void* slot);
// What a producer does that loads its own words: another thread that stores to them must have synchronised with it.
void use_lane(const pqflow_lane& lane);

// A plain word of a scenario.
void write_plain(const void* address, uint64_t value);
uint64_t read_plain(const void* address);

// Whether the mutant of this execution is `name`.
bool is_mutant(const char* name);

}  // namespace pqflow::model

namespace pqflow::ring {

inline pqflow_lane& lane_init_watched(void* memory, const LaneParams& params) noexcept {
  pqflow_lane& lane = lane_init(memory, params);
  model::watch_lane(lane);
  return lane;
}

}  // namespace pqflow::ring
