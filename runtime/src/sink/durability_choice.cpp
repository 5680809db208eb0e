#include "sink/durability_choice.hpp"

#include <algorithm>
#include <bit>

namespace pqflow::sink {

namespace {

constexpr uint64_t kMinHeldRowGroups = 4;
// A ring that nobody asked for should not take more memory than this many slots.
constexpr uint64_t kMaxFittedSlots = uint64_t{1} << 20;
constexpr bool kHasRingFiles =
#if defined(__linux__)
    true;
#else
    false;
#endif

bool holds_row_groups(const pqflow_options& options) noexcept {
  return options.ring_slots_count / held_row_groups(options) >= options.row_group_rows;
}

}  // namespace

uint64_t held_row_groups(const pqflow_options& options) noexcept {
  return kMinHeldRowGroups + std::max<uint64_t>(1, options.encoder_threads) - 1;
}

void fit_ring_and_row_groups(const pqflow_defaults& schema, pqflow_options& options) noexcept {
  if (options.durability == PQFLOW_DURABILITY_FILE || holds_row_groups(options)) {
    return;
  }
  const uint64_t held = held_row_groups(options);
  if (schema.ring_slots_count == 0 && options.row_group_rows <= kMaxFittedSlots / held) {
    options.ring_slots_count = std::bit_ceil(held * options.row_group_rows);
  } else if (schema.ring_slots_count != 0 && schema.row_group_rows == 0) {
    options.row_group_rows = std::max<uint64_t>(1, options.ring_slots_count / held);
  }
}

pqflow_durability chosen_durability(const pqflow_options& options) noexcept {
  if (options.durability != PQFLOW_DURABILITY_DEFAULT) {
    return options.durability;
  }
  const bool has_ring_dir = options.ring_dir != nullptr && options.ring_dir[0] != '\0';
  const bool keeps_records = options.slot_release != PQFLOW_SLOT_RELEASE_PER_SPAN && holds_row_groups(options);
  return kHasRingFiles && has_ring_dir && keeps_records ? PQFLOW_DURABILITY_PROCESS : PQFLOW_DURABILITY_FILE;
}

}  // namespace pqflow::sink
