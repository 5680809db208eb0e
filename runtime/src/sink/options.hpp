// The options of a capture: their defaults, and the check of every limit that pqflow.h documents.
#pragma once

#include <pqflow/pqflow.h>

#include "base/result.hpp"

namespace pqflow::sink {

// `descriptor` may be null or of another ABI: then the runtime's own defaults.
pqflow_options default_options(const pqflow_descriptor* descriptor) noexcept;

// What BY_DURABILITY stands for.
pqflow_slot_release slot_release_of(const pqflow_options& options) noexcept;

// Row groups are synced while their file grows.
inline bool is_synced_level(pqflow_durability durability) noexcept {
  return durability == PQFLOW_DURABILITY_SYNC || durability == PQFLOW_DURABILITY_JOURNAL;
}

// PQFLOW_STATUS_INVALID_ARGUMENT, ABI_MISMATCH or CODEC_UNAVAILABLE; each message names the option, its value and what would be accepted.
base::Result check_options(const pqflow_options& options);

}  // namespace pqflow::sink
