#include "sink/options.hpp"

#include <algorithm>
#include <bit>
#include <string>

#include "base/stored_number.hpp"
#include "base/units.hpp"
#include "codec/codec.hpp"
#include "sink/clock_period.hpp"
#include "sink/durability_choice.hpp"

namespace pqflow::sink {

namespace {

using base::kNsPerSecond;
constexpr uint64_t kIdleSleepMinNs = 1'000;
constexpr uint64_t kIdleSleepMaxNs = kNsPerSecond;
constexpr uint64_t kIdleSleepDefaultNs = 10'000'000;
constexpr uint64_t kFlushIntervalMinNs = 1'000'000;
constexpr uint64_t kFlushIntervalMaxNs = kNsPerSecond * 3600 * 24;
constexpr uint64_t kJournalIntervalMinNs = 100'000;
constexpr uint64_t kJournalIntervalMaxNs = kNsPerSecond * 10;
constexpr uint64_t kRotateIntervalMinNs = kNsPerSecond;
constexpr uint64_t kRotateIntervalMaxNs = kNsPerSecond * 3600 * 24 * 31;
constexpr uint64_t kRotateClockMinNs = kNsPerSecond;
constexpr uint64_t kRotateMinBytes = uint64_t{64} << 10;
constexpr uint64_t kRotateMax = uint64_t{1} << 40;  // Bytes, and rows.
constexpr uint64_t kMaxEncoderThreads = 8;
constexpr uint64_t kFullTimeoutMinNs = 1'000;
constexpr uint64_t kFullTimeoutMaxNs = kNsPerSecond * 3600;
constexpr uint64_t kMaxLanesMax = 1024;

base::Result refuse(std::string message) { return base::Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, std::move(message)); }

std::string figure(const char* name, uint64_t value) { return std::string(name) + " is " + std::to_string(value); }

// The longest sleep that three quarters of the ring bridge at the peak rate: the last quarter is for waking up late. slot_count ≤ 2^30
// keeps the product in 64 bits.
uint64_t bridged_sleep_ns(uint64_t slot_count, uint64_t peak_records_per_s) noexcept {
  return std::min<uint64_t>(slot_count, PQFLOW_LANE_SLOTS_MAX_COUNT) / 4 * 3 * kNsPerSecond / peak_records_per_s;
}

uint64_t default_idle_sleep_ns(const pqflow_options& options) noexcept {
  return std::clamp(bridged_sleep_ns(options.ring_slots_count, options.peak_records_per_s), kIdleSleepMinNs, kIdleSleepDefaultNs);
}

pqflow_codec built_or_none(pqflow_codec codec) noexcept { return codec::is_available(codec) ? codec : PQFLOW_CODEC_UNCOMPRESSED; }

pqflow_options runtime_defaults() noexcept {
  pqflow_options options{};
  options.abi_version = PQFLOW_ABI_VERSION;
  options.struct_size_bytes = sizeof(pqflow_options);
  options.path = "{schema}-{seq}.parquet";
  options.ring_slots_count = 262'144;
  options.row_group_rows = 65'536;
  options.row_group_bytes = uint64_t{128} << 20;
  options.peak_records_per_s = 20'000'000;
  options.page_rows = 16'384;
  options.page_bytes = uint32_t{1} << 20;
  options.data_page_version = 1;
  options.encoder_threads = 1;
  options.float_order = PQFLOW_FLOAT_ORDER_TYPE_ORDER;
  options.full_timeout_ns = kNsPerSecond;
  options.max_lanes = 64;
  options.layout = PQFLOW_FILE_LAYOUT_LIVE;
  options.durability = PQFLOW_DURABILITY_DEFAULT;
  options.journal_interval_ns = 10'000'000;
  options.ring_dir = "/dev/shm";
  options.orphans = PQFLOW_ORPHANS_REPORT;
  options.slot_release = PQFLOW_SLOT_RELEASE_BY_DURABILITY;
  options.codec_level = PQFLOW_CODEC_LEVEL_DEFAULT;
  options.codec = built_or_none(PQFLOW_CODEC_ZSTD);
  return options;
}

template <typename Value>
void override_where_named(Value& option, Value schema_value) noexcept {
  if (schema_value != Value{}) {
    option = schema_value;
  }
}

void apply_schema_defaults(const pqflow_defaults& defaults, pqflow_options& options) noexcept {
  override_where_named(options.path, defaults.path);
  override_where_named(options.ring_slots_count, defaults.ring_slots_count);
  override_where_named(options.row_group_rows, defaults.row_group_rows);
  override_where_named(options.row_group_bytes, defaults.row_group_bytes);
  override_where_named(options.flush_interval_ns, defaults.flush_interval_ns);
  override_where_named(options.rotate_bytes, defaults.rotate_bytes);
  override_where_named(options.rotate_rows, defaults.rotate_rows);
  override_where_named(options.rotate_interval_ns, defaults.rotate_interval_ns);
  override_where_named(options.rotate_clock_ns, defaults.rotate_clock_ns);
  override_where_named(options.manifest, defaults.manifest);
  override_where_named(options.page_rows, defaults.page_rows);
  override_where_named(options.page_bytes, defaults.page_bytes);
  override_where_named(options.data_page_version, uint32_t{defaults.data_page_version});
  override_where_named(options.encoder_threads, uint32_t{defaults.encoder_threads});
  override_where_named(options.float_order, static_cast<pqflow_float_order>(defaults.float_order));
  override_where_named(options.layout, static_cast<pqflow_file_layout>(defaults.layout));
  override_where_named(options.durability, static_cast<pqflow_durability>(defaults.durability));
  override_where_named(options.journal_interval_ns, defaults.journal_interval_ns);
  override_where_named(options.orphans, static_cast<pqflow_orphans>(defaults.orphans));
  override_where_named(options.ring_dir, defaults.ring_dir);
  options.profile = static_cast<pqflow_profile>(defaults.profile);
  if (defaults.codec != PQFLOW_CODEC_FROM_FILE) {
    options.codec = static_cast<pqflow_codec>(defaults.codec);
    options.codec_level = defaults.codec_level;
  } else if (defaults.profile == PQFLOW_PROFILE_WIDEST) {
    options.codec = built_or_none(PQFLOW_CODEC_SNAPPY);
  }
}

bool is_of_this_abi(const pqflow_descriptor& descriptor) noexcept {
  return descriptor.abi_version == PQFLOW_ABI_VERSION && descriptor.struct_size_bytes == sizeof(pqflow_descriptor);
}

using base::stored_number;

struct Limits {
  const char* name;
  uint64_t value;
  uint64_t min;
  uint64_t max;
};

base::Result check_limits(const Limits& limits) {
  if (limits.value >= limits.min && limits.value <= limits.max) {
    return base::Result::ok();
  }
  return refuse(figure(limits.name, limits.value) + "; it must be " + std::to_string(limits.min) + " to " + std::to_string(limits.max));
}

// 0 switches the limit off.
base::Result check_where_set(const Limits& limits) {
  if (limits.value == 0) {
    return base::Result::ok();
  }
  auto result = check_limits(limits);
  if (!result.is_ok()) {
    result.message += ", or 0 for never";
  }
  return result;
}

// Otherwise its boundaries would lie elsewhere every day.
base::Result check_rotate_clock(const pqflow_options& options) {
  if (options.rotate_clock_ns == 0 || ClockPeriod::kDayNs % options.rotate_clock_ns == 0) {
    return base::Result::ok();
  }
  const NearestPeriods nearest = nearest_periods(options.rotate_clock_ns);
  return refuse(figure("rotate_clock_ns", options.rotate_clock_ns) + ", which does not divide a day; " +
                std::to_string(nearest.shorter_ns) + " and " + std::to_string(nearest.longer_ns) + " do");
}

base::Result check_cuts(const pqflow_options& options) {
  const Limits all_limits[] = {
      {"flush_interval_ns", options.flush_interval_ns, kFlushIntervalMinNs, kFlushIntervalMaxNs},
      {"rotate_bytes", options.rotate_bytes, kRotateMinBytes, kRotateMax},
      {"rotate_rows", options.rotate_rows, 1, kRotateMax},
      {"rotate_interval_ns", options.rotate_interval_ns, kRotateIntervalMinNs, kRotateIntervalMaxNs},
      {"rotate_clock_ns", options.rotate_clock_ns, kRotateClockMinNs, ClockPeriod::kDayNs},
  };
  for (const Limits& limits : all_limits) {
    if (auto result = check_where_set(limits); !result.is_ok()) {
      return result;
    }
  }
  return check_rotate_clock(options);
}

base::Result check_figures(const pqflow_options& options) {
  const Limits all_limits[] = {
      {"ring_slots_count", options.ring_slots_count, PQFLOW_LANE_SLOTS_MIN_COUNT, PQFLOW_LANE_SLOTS_MAX_COUNT},
      {"row_group_rows", options.row_group_rows, 1, uint64_t{1} << 24},
      {"row_group_bytes", options.row_group_bytes, uint64_t{64} << 10, uint64_t{1} << 30},
      {"idle_sleep_max_ns", options.idle_sleep_max_ns, kIdleSleepMinNs, kIdleSleepMaxNs},
      {"page_rows", options.page_rows, 1, uint64_t{1} << 20},
      {"page_bytes", options.page_bytes, uint64_t{4} << 10, uint64_t{1} << 30},
      {"data_page_version", options.data_page_version, 1, 2},
      {"codec", stored_number(options.codec), PQFLOW_CODEC_UNCOMPRESSED, PQFLOW_CODEC_FROM_FILE},
      {"if_exists", stored_number(options.if_exists), PQFLOW_IF_EXISTS_FAIL, PQFLOW_IF_EXISTS_SUFFIX},
      {"idle_strategy", stored_number(options.idle_strategy), PQFLOW_IDLE_ADAPTIVE, PQFLOW_IDLE_SLEEP},
      {"slot_release", stored_number(options.slot_release), PQFLOW_SLOT_RELEASE_PER_SPAN, PQFLOW_SLOT_RELEASE_BY_DURABILITY},
      {"metadata", stored_number(options.metadata), PQFLOW_METADATA_CAPTURE, PQFLOW_METADATA_SCHEMA_ONLY},
      {"profile", stored_number(options.profile), PQFLOW_PROFILE_SMALL, PQFLOW_PROFILE_WIDEST},
      {"float_order", stored_number(options.float_order), PQFLOW_FLOAT_ORDER_TYPE_ORDER, PQFLOW_FLOAT_ORDER_IEEE_754_TOTAL_ORDER},
      {"encoder_threads", options.encoder_threads, 1, kMaxEncoderThreads},
      {"ring_memory", stored_number(options.ring_memory), PQFLOW_RING_MEMORY_PAGEABLE, PQFLOW_RING_MEMORY_LOCKED},
      {"full_policy", stored_number(options.full_policy), PQFLOW_FULL_POLICY_DROP, PQFLOW_FULL_POLICY_CALLBACK},
      {"full_timeout_ns", options.full_timeout_ns, kFullTimeoutMinNs, kFullTimeoutMaxNs},
      {"max_lanes", options.max_lanes, 1, kMaxLanesMax},
      {"layout", stored_number(options.layout), PQFLOW_FILE_LAYOUT_CLASSIC, PQFLOW_FILE_LAYOUT_LIVE},
      {"durability", stored_number(options.durability), PQFLOW_DURABILITY_DEFAULT, PQFLOW_DURABILITY_JOURNAL},
      {"journal_interval_ns", options.journal_interval_ns, kJournalIntervalMinNs, kJournalIntervalMaxNs},
      {"orphans", stored_number(options.orphans), PQFLOW_ORPHANS_IGNORE, PQFLOW_ORPHANS_RECOVER},
  };
  for (const Limits& limits : all_limits) {
    if (auto result = check_limits(limits); !result.is_ok()) {
      return result;
    }
  }
  if (!std::has_single_bit(options.ring_slots_count)) {
    return refuse(figure("ring_slots_count", options.ring_slots_count) + "; it must be a power of two, such as " +
                  std::to_string(std::bit_ceil(options.ring_slots_count)));
  }
  return base::Result::ok();
}

bool outlives_process(const pqflow_options& options) noexcept { return options.durability >= PQFLOW_DURABILITY_PROCESS; }

std::string level_of(const pqflow_options& options) {
  switch (options.durability) {
    case PQFLOW_DURABILITY_JOURNAL:
      return "durability JOURNAL";
    case PQFLOW_DURABILITY_SYNC:
      return "durability SYNC";
    default:
      return "durability PROCESS";
  }
}

base::Result check_ring_holds_row_groups(const pqflow_options& options) {
  const uint64_t held = held_row_groups(options);
  const uint64_t needed = held * options.row_group_rows;
  if (slot_release_of(options) != PQFLOW_SLOT_RELEASE_WHEN_PERSISTED || options.ring_slots_count >= needed) {
    return base::Result::ok();
  }
  const std::string reason = outlives_process(options) ? level_of(options) : "slot_release WHEN_PERSISTED";
  return refuse(figure("ring_slots_count", options.ring_slots_count) + ", but " + reason +
                " keeps whole row groups in the ring and needs at least " + std::to_string(held) +
                " x row_group_rows = " + std::to_string(needed) + "; raise ring_slots_count to " + std::to_string(std::bit_ceil(needed)) +
                " or lower row_group_rows to " + std::to_string(std::max<uint64_t>(1, options.ring_slots_count / held)));
}

base::Result check_slot_release(const pqflow_options& options) {
  const bool is_synced = is_synced_level(options.durability);
  if (options.slot_release == PQFLOW_SLOT_RELEASE_PER_SPAN) {
    return refuse("slot_release is PER_SPAN, but with " + level_of(options) + " the ring keeps every record until it is " +
                  (is_synced ? "synced" : "in the file") + "; leave slot_release at BY_DURABILITY, or set durability to FILE");
  }
  if (options.slot_release == PQFLOW_SLOT_RELEASE_WHEN_PERSISTED && is_synced) {
    return refuse("slot_release is WHEN_PERSISTED, but with " + level_of(options) +
                  " the ring keeps every record until it is synced; leave slot_release at BY_DURABILITY, or set durability to PROCESS");
  }
  return base::Result::ok();
}

base::Result check_durability(const pqflow_options& options) {
  if (!outlives_process(options)) {
    return base::Result::ok();
  }
#if !defined(__linux__)
  return refuse(level_of(options) + " needs Linux; set it to FILE");
#endif
  if (auto result = check_slot_release(options); !result.is_ok()) {
    return result;
  }
  if (options.ring_dir == nullptr || options.ring_dir[0] == '\0') {
    return refuse(level_of(options) + " needs ring_dir, a folder in memory such as /dev/shm, which is null or empty");
  }
  return base::Result::ok();
}

// Each encoder has a row group of its own in the ring, and the next one gathers meanwhile.
base::Result check_ring_feeds_encoders(const pqflow_options& options) {
  const uint64_t held_row_groups = options.encoder_threads + uint64_t{1};
  const uint64_t needed = held_row_groups * options.row_group_rows;
  if (options.encoder_threads == 1 || options.ring_slots_count >= needed) {
    return base::Result::ok();
  }
  const uint64_t fed_encoders = options.ring_slots_count / options.row_group_rows;
  return refuse(figure("encoder_threads", options.encoder_threads) + ", but " + figure("ring_slots_count", options.ring_slots_count) +
                " and the ring must hold (encoder_threads + 1) x row_group_rows = " + std::to_string(needed) +
                " records; raise ring_slots_count to " + std::to_string(std::bit_ceil(needed)) + ", lower row_group_rows to " +
                std::to_string(options.ring_slots_count / held_row_groups) + " or encoder_threads to " +
                std::to_string(fed_encoders > 1 ? fed_encoders - 1 : 1));
}

base::Result check_profile(const pqflow_options& options) {
  if (options.profile != PQFLOW_PROFILE_WIDEST) {
    return base::Result::ok();
  }
  if (options.data_page_version != 1) {
    return refuse("profile WIDEST is for readers that may not know data pages of version 2; leave data_page_version at 1");
  }
  if (options.float_order != PQFLOW_FLOAT_ORDER_TYPE_ORDER) {
    return refuse("profile WIDEST is for readers that may not know IEEE_754_TOTAL_ORDER; leave float_order at TYPE_ORDER");
  }
  return base::Result::ok();
}

base::Result check_full_callback(const pqflow_options& options) {
  const bool asks = options.full_policy == PQFLOW_FULL_POLICY_CALLBACK;
  if (asks && options.full_callback == nullptr) {
    return refuse("full_policy CALLBACK needs full_callback, which is null");
  }
  if (!asks && options.full_callback != nullptr) {
    return refuse("full_callback is set, but only full_policy CALLBACK asks it");
  }
  return base::Result::ok();
}

bool sleeps(pqflow_idle_strategy strategy) noexcept { return strategy == PQFLOW_IDLE_ADAPTIVE || strategy == PQFLOW_IDLE_SLEEP; }

base::Result check_ring_bridges_sleep(const pqflow_options& options) {
  if (options.peak_records_per_s == 0 || !sleeps(options.idle_strategy)) {
    return base::Result::ok();
  }
  const uint64_t bridged_ns = bridged_sleep_ns(options.ring_slots_count, options.peak_records_per_s);
  if (options.idle_sleep_max_ns <= bridged_ns) {
    return base::Result::ok();
  }
  return refuse("the writer may sleep " + std::to_string(options.idle_sleep_max_ns) + " ns, but at " +
                std::to_string(options.peak_records_per_s) + " records/s three quarters of the ring's " +
                std::to_string(options.ring_slots_count) + " slots fill in " + std::to_string(bridged_ns) +
                " ns; lower idle_sleep_max_ns to that, raise ring_slots_count, or lower peak_records_per_s (0 = do not check)");
}

}  // namespace

pqflow_slot_release slot_release_of(const pqflow_options& options) noexcept {
  if (options.slot_release != PQFLOW_SLOT_RELEASE_BY_DURABILITY) {
    return options.slot_release;
  }
  return outlives_process(options) ? PQFLOW_SLOT_RELEASE_WHEN_PERSISTED : PQFLOW_SLOT_RELEASE_PER_SPAN;
}

pqflow_options default_options(const pqflow_descriptor* descriptor) noexcept {
  pqflow_options options = runtime_defaults();
  if (descriptor != nullptr && is_of_this_abi(*descriptor)) {
    apply_schema_defaults(descriptor->defaults, options);
    fit_ring_and_row_groups(descriptor->defaults, options);
  }
  options.idle_sleep_max_ns = default_idle_sleep_ns(options);
  return options;
}

base::Result check_options(const pqflow_options& options) {
  if (options.abi_version != PQFLOW_ABI_VERSION || options.struct_size_bytes != sizeof(pqflow_options)) {
    return base::Result::failure(PQFLOW_STATUS_ABI_MISMATCH,
                                 "the options are of ABI version " + std::to_string(options.abi_version) + " and " +
                                     std::to_string(options.struct_size_bytes) + " bytes, this library's of version " +
                                     std::to_string(PQFLOW_ABI_VERSION) + " and " + std::to_string(sizeof(pqflow_options)) +
                                     " bytes; start from pqflow_options_default() and compile against the headers of this library");
  }
  if (auto result = check_figures(options); !result.is_ok()) {
    return result;
  }
  if (auto result = check_cuts(options); !result.is_ok()) {
    return result;
  }
  if (auto result = codec::check(options.codec, options.codec_level); !result.is_ok()) {
    return result;
  }
  if (auto result = check_profile(options); !result.is_ok()) {
    return result;
  }
  if (auto result = check_full_callback(options); !result.is_ok()) {
    return result;
  }
  if (auto result = check_durability(options); !result.is_ok()) {
    return result;
  }
  if (auto result = check_ring_holds_row_groups(options); !result.is_ok()) {
    return result;
  }
  if (auto result = check_ring_feeds_encoders(options); !result.is_ok()) {
    return result;
  }
  return check_ring_bridges_sleep(options);
}

}  // namespace pqflow::sink
