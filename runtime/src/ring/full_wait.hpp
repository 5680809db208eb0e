// What a producer does when its lane is full and the sink's policy is not to drop at once. Producer thread, slow path only.
#pragma once

#include <pqflow/lane.h>

#include <cstdint>

namespace pqflow::ring {

enum class Wait { kRoom, kGivenUp, kShut };

// Until `wanted_count` slots are free, which the lane has at least. Follows its full_policy, BLOCK or CALLBACK: blocks as long as that
// says. Counts the stall and its time. Never allocates.
Wait wait_for_room(pqflow_lane& lane, uint64_t wanted_count) noexcept;

// A producer may log. Any thread.
bool is_open(const pqflow_lane& lane) noexcept;
// Looks at the tail; returns how many slots are free. Producer thread; never blocks.
uint64_t renew_credit(pqflow_lane& lane) noexcept;

}  // namespace pqflow::ring
