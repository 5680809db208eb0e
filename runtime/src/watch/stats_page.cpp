#include "watch/stats_page.hpp"

#include <cstring>

#include "watch/seqlock.hpp"

namespace pqflow::watch {

namespace {

constexpr int kTries = 1000;  // A store takes less than a microsecond, and comes a few times a second.

}  // namespace

void store_stats(StatsPage& page, const LiveStats& stats) noexcept {
  uint64_t values[kStatsWords];
  std::memcpy(values, &stats, sizeof stats);
  store_words(page.sequence, page.words, values);
  // Release: who finds the magic finds what it announces.
  PQFLOW_ATOMIC_STORE_RELEASE(&page.magic, kStatsMagic);
}

Reading load_stats(const StatsPage& page, LiveStats& stats) noexcept {
  if (PQFLOW_ATOMIC_LOAD_ACQUIRE(&page.magic) != kStatsMagic || page.layout_version != kStatsLayoutVersion ||
      page.word_count != kStatsWords) {
    return Reading::kForeign;
  }
  uint64_t values[kStatsWords];
  for (int attempt = 0; attempt < kTries; ++attempt) {
    if (try_load_words(page.sequence, page.words, values)) {
      std::memcpy(&stats, values, sizeof stats);
      stats.schema_name[sizeof stats.schema_name - 1] = '\0';
      stats.file_in_progress[sizeof stats.file_in_progress - 1] = '\0';
      return Reading::kWhole;
    }
  }
  return Reading::kBusy;
}

void store_text_end(char* room, size_t capacity_bytes, std::string_view text) noexcept {
  if (text.size() >= capacity_bytes) {
    text.remove_prefix(text.size() - (capacity_bytes - 1));
  }
  std::memset(room, 0, capacity_bytes);
  std::memcpy(room, text.data(), text.size());
}

}  // namespace pqflow::watch
