// What a sink tells other processes of itself, in one page of memory that they can map.
#pragma once

#include <pqflow/pqflow.h>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "base/process_identity.hpp"

namespace pqflow::watch {

inline constexpr uint64_t kStatsMagic = 0x3154415453465150;  // "PQFSTAT1" in memory.
inline constexpr uint32_t kStatsLayoutVersion = 2;
inline constexpr size_t kStatsPageBytes = 4096;
// Of the memory file that holds the page, as /proc/PID/fd shows it.
inline constexpr const char* kStatsName = "pqflow-stats";

// Plain data without padding: it travels as words.
struct LiveStats {
  pqflow_stats stats{};
  base::ProcessIdentity owner;
  uint64_t opened_utc_ns = 0;
  uint64_t updated_utc_ns = 0;       // By the writer thread: one that hangs in a system call does not.
  uint64_t waiting_records = 0;      // In the lane where most wait, of stats.ring_slots_count.
  uint64_t accepted_per_s = 0;       // Over the last second or so.
  char schema_name[128] = {};        // NUL-terminated, cut where it is longer.
  char file_in_progress[1024] = {};  // As opened, empty between two files; of a longer one its end.
};

inline constexpr size_t kStatsWords = sizeof(LiveStats) / sizeof(uint64_t);
static_assert(std::has_unique_object_representations_v<base::ProcessIdentity> && sizeof(LiveStats) % sizeof(uint64_t) == 0);
static_assert(std::is_trivially_copyable_v<LiveStats>);

struct StatsPage {
  uint64_t magic = 0;  // Stored last: a page without it is not ready.
  uint32_t layout_version = kStatsLayoutVersion;
  uint32_t word_count = kStatsWords;
  uint64_t sequence = 0;
  uint64_t words[kStatsWords] = {};  // LiveStats.
};

static_assert(sizeof(StatsPage) <= kStatsPageBytes);

// Writer thread, or the opening one before that exists. Never blocks or allocates.
void store_stats(StatsPage& page, const LiveStats& stats) noexcept;

enum class Reading {
  kWhole,
  kBusy,    // It changed each time, or its writer stopped in the middle of a store.
  kForeign  // Of another version, or not ready.
};

// Any process. Tries a few times; never blocks. What a hostile page says is bounded: texts end, but figures may be anything.
Reading load_stats(const StatsPage& page, LiveStats& stats) noexcept;

// Into the room of `capacity_bytes`, cut to it: its end is what tells files apart.
void store_text_end(char* room, size_t capacity_bytes, std::string_view text) noexcept;

}  // namespace pqflow::watch
