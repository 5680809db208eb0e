// What can be broken. Each mutant belongs to a scenario, which must find it.
#pragma once

#include <cstdint>

namespace pqflow::model {

// What a word is to the protocol; by its place in the lane.
enum class WordKind : uint8_t { kCommit, kHead, kTail, kGapHead, kGapTail, kOtherOfLane, kOutside };

// A mutant either weakens the order of all loads or all stores of one kind to relaxed, or is known by its name where it does its harm.
struct Mutant {
  const char* name;
  bool weakens = false;
  WordKind kind = WordKind::kOutside;
  bool is_store = false;
};

constexpr Mutant weaker_store(const char* name, WordKind kind) { return {name, true, kind, true}; }
constexpr Mutant weaker_load(const char* name, WordKind kind) { return {name, true, kind, false}; }

}  // namespace pqflow::model
