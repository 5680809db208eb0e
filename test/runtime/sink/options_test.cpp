#include "sink/options.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <functional>

#include "codec/codec.hpp"
#include "sink/tick_schema.hpp"

namespace pqflow::sink::test {
namespace {

TEST(DefaultOptions, are_those_that_the_header_documents) {
  const pqflow_options options = default_options(nullptr);
  EXPECT_STREQ(options.path, "{schema}-{seq}.parquet");
  EXPECT_EQ(options.ring_slots_count, 262'144U);
  EXPECT_EQ(options.row_group_rows, 65'536U);
  EXPECT_EQ(options.row_group_bytes, uint64_t{128} << 20);
  EXPECT_EQ(options.peak_records_per_s, 20'000'000U);
  EXPECT_EQ(options.idle_sleep_max_ns, 9'830'400U);
  EXPECT_EQ(options.flush_interval_ns, 0U);
  EXPECT_EQ(options.encoder_threads, 1U);
  EXPECT_EQ(options.rotate_bytes, 0U);
  EXPECT_EQ(options.rotate_rows, 0U);
  EXPECT_EQ(options.rotate_interval_ns, 0U);
  EXPECT_EQ(options.rotate_clock_ns, 0U);
  EXPECT_EQ(options.manifest, nullptr);
  EXPECT_EQ(options.file_callback, nullptr);
  EXPECT_EQ(options.page_rows, 16'384U);
  EXPECT_EQ(options.page_bytes, 1U << 20);
  EXPECT_EQ(options.codec, codec::is_available(PQFLOW_CODEC_ZSTD) ? PQFLOW_CODEC_ZSTD : PQFLOW_CODEC_UNCOMPRESSED);
  EXPECT_EQ(options.codec_level, PQFLOW_CODEC_LEVEL_DEFAULT);
  EXPECT_EQ(options.if_exists, PQFLOW_IF_EXISTS_FAIL);
  EXPECT_EQ(options.idle_strategy, PQFLOW_IDLE_ADAPTIVE);
  EXPECT_EQ(options.slot_release, PQFLOW_SLOT_RELEASE_BY_DURABILITY);
  EXPECT_EQ(options.durability, PQFLOW_DURABILITY_DEFAULT);
  EXPECT_STREQ(options.ring_dir, "/dev/shm");
  EXPECT_EQ(options.orphans, PQFLOW_ORPHANS_REPORT);
  EXPECT_EQ(options.metadata, PQFLOW_METADATA_CAPTURE);
  EXPECT_EQ(options.profile, PQFLOW_PROFILE_SMALL);
  EXPECT_EQ(options.data_page_version, 1U);
  EXPECT_EQ(options.float_order, PQFLOW_FLOAT_ORDER_TYPE_ORDER);
  EXPECT_EQ(options.full_policy, PQFLOW_FULL_POLICY_DROP);
  EXPECT_EQ(options.full_timeout_ns, 1'000'000'000U);
  EXPECT_EQ(options.full_callback, nullptr);
  EXPECT_EQ(options.max_lanes, 64U);
  EXPECT_EQ(options.ring_memory, PQFLOW_RING_MEMORY_PAGEABLE);
  EXPECT_EQ(options.layout, PQFLOW_FILE_LAYOUT_LIVE);
}

TEST(DefaultOptions, pass_their_own_check_for_every_ring_size) {
  pqflow_descriptor descriptor = tick_descriptor();
  for (uint64_t slots = 64; slots <= uint64_t{1} << 30; slots *= 2) {
    descriptor.defaults.ring_slots_count = slots;
    const base::Result result = check_options(default_options(&descriptor));
    EXPECT_TRUE(result.is_ok()) << slots << ": " << result.message;
  }
}

TEST(DefaultOptions, sleep_no_longer_than_10_ms_however_large_the_ring) {
  pqflow_descriptor descriptor = tick_descriptor();
  descriptor.defaults.ring_slots_count = 1 << 24;
  EXPECT_EQ(default_options(&descriptor).idle_sleep_max_ns, 10'000'000U);
}

TEST(DefaultOptions, take_what_the_schema_names) {
  pqflow_descriptor descriptor = tick_descriptor();
  descriptor.defaults = {.path = "x-{seq}.parquet",
                         .manifest = "x.ndjson",
                         .row_group_bytes = 1 << 20,
                         .row_group_rows = 1000,
                         .ring_slots_count = 4096,
                         .flush_interval_ns = 2'000'000,
                         .rotate_bytes = 70'000,
                         .rotate_rows = 9,
                         .rotate_interval_ns = 3'000'000'000,
                         .rotate_clock_ns = 60'000'000'000,
                         .journal_interval_ns = 5'000'000,
                         .page_rows = 500,
                         .page_bytes = 5'000,
                         .codec_level = 7,
                         .codec = PQFLOW_CODEC_ZSTD,
                         .profile = PQFLOW_PROFILE_FAST,
                         .data_page_version = 2,
                         .float_order = PQFLOW_FLOAT_ORDER_IEEE_754_TOTAL_ORDER,
                         .encoder_threads = 3,
                         .layout = PQFLOW_FILE_LAYOUT_CLASSIC,
                         .durability = PQFLOW_DURABILITY_PROCESS,
                         .orphans = PQFLOW_ORPHANS_RECOVER,
                         .reserved = 0,
                         .ring_dir = "/memory"};
  const pqflow_options options = default_options(&descriptor);
  EXPECT_STREQ(options.path, "x-{seq}.parquet");
  EXPECT_EQ(options.row_group_bytes, 1U << 20);
  EXPECT_EQ(options.row_group_rows, 1000U);
  EXPECT_EQ(options.ring_slots_count, 4096U);
  EXPECT_EQ(options.flush_interval_ns, 2'000'000U);
  EXPECT_EQ(options.encoder_threads, 3U);
  EXPECT_EQ(options.rotate_bytes, 70'000U);
  EXPECT_EQ(options.rotate_rows, 9U);
  EXPECT_EQ(options.rotate_interval_ns, 3'000'000'000U);
  EXPECT_EQ(options.rotate_clock_ns, 60'000'000'000U);
  EXPECT_EQ(options.journal_interval_ns, 5'000'000U);
  EXPECT_STREQ(options.manifest, "x.ndjson");
  EXPECT_EQ(options.orphans, PQFLOW_ORPHANS_RECOVER);
  EXPECT_EQ(options.page_rows, 500U);
  EXPECT_EQ(options.page_bytes, 5'000U);
  EXPECT_EQ(options.codec_level, 7);
  EXPECT_EQ(options.codec, PQFLOW_CODEC_ZSTD);
  EXPECT_EQ(options.profile, PQFLOW_PROFILE_FAST);
  EXPECT_EQ(options.data_page_version, 2U);
  EXPECT_EQ(options.float_order, PQFLOW_FLOAT_ORDER_IEEE_754_TOTAL_ORDER);
  EXPECT_EQ(options.layout, PQFLOW_FILE_LAYOUT_CLASSIC);
  EXPECT_EQ(options.durability, PQFLOW_DURABILITY_PROCESS);
  EXPECT_STREQ(options.ring_dir, "/memory");
}

TEST(DefaultOptions, of_the_widest_profile_have_snappy_unless_the_schema_names_a_codec) {
  pqflow_descriptor descriptor = tick_descriptor();
  descriptor.defaults.profile = PQFLOW_PROFILE_WIDEST;
  descriptor.defaults.codec = PQFLOW_CODEC_FROM_FILE;
  EXPECT_EQ(default_options(&descriptor).codec, codec::is_available(PQFLOW_CODEC_SNAPPY) ? PQFLOW_CODEC_SNAPPY : PQFLOW_CODEC_UNCOMPRESSED);
  descriptor.defaults.codec = PQFLOW_CODEC_GZIP;
  EXPECT_EQ(default_options(&descriptor).codec, PQFLOW_CODEC_GZIP);
}

TEST(DefaultOptions, take_the_runtime_s_codec_where_the_schema_names_none) {
  pqflow_descriptor descriptor = tick_descriptor();
  descriptor.defaults.codec = PQFLOW_CODEC_FROM_FILE;
  descriptor.defaults.codec_level = 99;
  EXPECT_EQ(default_options(&descriptor).codec, default_options(nullptr).codec);
  EXPECT_EQ(default_options(&descriptor).codec_level, PQFLOW_CODEC_LEVEL_DEFAULT);
}

TEST(DefaultOptions, do_not_read_a_descriptor_of_another_abi) {
  pqflow_descriptor descriptor = tick_descriptor();
  descriptor.defaults.ring_slots_count = 4096;
  descriptor.abi_version = 2;
  EXPECT_EQ(default_options(&descriptor).ring_slots_count, 262'144U);
}

struct BadOption {
  const char* name;
  void (*change)(pqflow_options&);
  pqflow_status status;
  const char* message_part;
};

class EachOption : public ::testing::TestWithParam<BadOption> {};

TEST_P(EachOption, outside_its_limits_is_refused_with_the_figure_and_what_would_do) {
  pqflow_options options = default_options(nullptr);
  GetParam().change(options);
  const base::Result result = check_options(options);
  EXPECT_EQ(result.status, GetParam().status);
  EXPECT_NE(result.message.find(GetParam().message_part), std::string::npos) << result.message;
}

// As a C caller can.
template <typename Enumeration>
void store_number(Enumeration& option, uint32_t number) {
  std::memcpy(&option, &number, sizeof option);
}

constexpr pqflow_status kInvalid = PQFLOW_STATUS_INVALID_ARGUMENT;
const BadOption kBadOptions[] = {
    {"abi_version", [](pqflow_options& o) { o.abi_version = 7; }, PQFLOW_STATUS_ABI_MISMATCH, "ABI version 7"},
    {"struct_size", [](pqflow_options& o) { o.struct_size_bytes = 8; }, PQFLOW_STATUS_ABI_MISMATCH, "8 bytes"},
    {"ring_slots_too_few", [](pqflow_options& o) { o.ring_slots_count = 32; }, kInvalid,
     "ring_slots_count is 32; it must be 64 to 1073741824"},
    {"ring_slots_too_many", [](pqflow_options& o) { o.ring_slots_count = uint64_t{1} << 31; }, kInvalid, "ring_slots_count is 2147483648"},
    {"ring_slots_odd", [](pqflow_options& o) { o.ring_slots_count = 200'000; }, kInvalid, "power of two, such as 262144"},
    {"row_group_rows_zero", [](pqflow_options& o) { o.row_group_rows = 0; }, kInvalid, "row_group_rows is 0"},
    {"row_group_rows_many", [](pqflow_options& o) { o.row_group_rows = (1 << 24) + 1; }, kInvalid, "row_group_rows is 16777217"},
    {"row_group_bytes_few", [](pqflow_options& o) { o.row_group_bytes = 65'535; }, kInvalid, "row_group_bytes is 65535"},
    {"row_group_bytes_many", [](pqflow_options& o) { o.row_group_bytes = (1 << 30) + 1; }, kInvalid, "row_group_bytes is 1073741825"},
    {"idle_sleep_short", [](pqflow_options& o) { o.idle_sleep_max_ns = 999; }, kInvalid, "idle_sleep_max_ns is 999"},
    {"idle_sleep_long", [](pqflow_options& o) { o.idle_sleep_max_ns = 1'000'000'001; }, kInvalid, "idle_sleep_max_ns is 1000000001"},
    {"flush_interval_short", [](pqflow_options& o) { o.flush_interval_ns = 999'999; }, kInvalid,
     "flush_interval_ns is 999999; it must be 1000000 to 86400000000000, or 0 for never"},
    {"flush_interval_long", [](pqflow_options& o) { o.flush_interval_ns = 86'400'000'000'001; }, kInvalid,
     "flush_interval_ns is 86400000000001"},
    {"rotate_bytes_few", [](pqflow_options& o) { o.rotate_bytes = 65'535; }, kInvalid, "rotate_bytes is 65535"},
    {"rotate_bytes_many", [](pqflow_options& o) { o.rotate_bytes = (uint64_t{1} << 40) + 1; }, kInvalid, "rotate_bytes is 1099511627777"},
    {"rotate_rows_many", [](pqflow_options& o) { o.rotate_rows = (uint64_t{1} << 40) + 1; }, kInvalid, "rotate_rows is 1099511627777"},
    {"rotate_interval_short", [](pqflow_options& o) { o.rotate_interval_ns = 999'999'999; }, kInvalid, "rotate_interval_ns is 999999999"},
    {"rotate_interval_long", [](pqflow_options& o) { o.rotate_interval_ns = 2'678'400'000'000'001; }, kInvalid,
     "rotate_interval_ns is 2678400000000001"},
    {"rotate_clock_short", [](pqflow_options& o) { o.rotate_clock_ns = 999'999'999; }, kInvalid, "rotate_clock_ns is 999999999"},
    {"rotate_clock_long", [](pqflow_options& o) { o.rotate_clock_ns = 86'400'000'000'001; }, kInvalid,
     "rotate_clock_ns is 86400000000001; it must be 1000000000 to 86400000000000, or 0 for never"},
    {"rotate_clock_uneven", [](pqflow_options& o) { o.rotate_clock_ns = 25'200'000'000'000; }, kInvalid,
     "rotate_clock_ns is 25200000000000, which does not divide a day; 21600000000000 and 28800000000000 do"},
    {"page_rows_zero", [](pqflow_options& o) { o.page_rows = 0; }, kInvalid, "page_rows is 0"},
    {"page_rows_many", [](pqflow_options& o) { o.page_rows = (1 << 20) + 1; }, kInvalid, "page_rows is 1048577"},
    {"if_exists", [](pqflow_options& o) { store_number(o.if_exists, 3); }, kInvalid, "if_exists is 3"},
    {"idle_strategy", [](pqflow_options& o) { store_number(o.idle_strategy, 4); }, kInvalid, "idle_strategy is 4"},
    {"slot_release", [](pqflow_options& o) { store_number(o.slot_release, 3); }, kInvalid, "slot_release is 3"},
    {"metadata", [](pqflow_options& o) { store_number(o.metadata, 2); }, kInvalid, "metadata is 2"},
    {"data_page_version_0", [](pqflow_options& o) { o.data_page_version = 0; }, kInvalid, "data_page_version is 0; it must be 1 to 2"},
    {"data_page_version_3", [](pqflow_options& o) { o.data_page_version = 3; }, kInvalid, "data_page_version is 3; it must be 1 to 2"},
    {"data_page_version_of_widest",
     [](pqflow_options& o) {
       o.data_page_version = 2;
       o.profile = PQFLOW_PROFILE_WIDEST;
     },
     kInvalid, "profile WIDEST is for readers that may not know data pages of version 2; leave data_page_version at 1"},
    {"page_bytes_few", [](pqflow_options& o) { o.page_bytes = 4'095; }, kInvalid, "page_bytes is 4095; it must be 4096 to 1073741824"},
    {"page_bytes_many", [](pqflow_options& o) { o.page_bytes = (1U << 30) + 1; }, kInvalid, "page_bytes is 1073741825"},
    {"layout_0", [](pqflow_options& o) { store_number(o.layout, 0); }, kInvalid, "layout is 0; it must be 1 to 2"},
    {"layout_3", [](pqflow_options& o) { store_number(o.layout, 3); }, kInvalid, "layout is 3; it must be 1 to 2"},
    {"float_order_0", [](pqflow_options& o) { store_number(o.float_order, 0); }, kInvalid, "float_order is 0; it must be 1 to 2"},
    {"float_order_3", [](pqflow_options& o) { store_number(o.float_order, 3); }, kInvalid, "float_order is 3; it must be 1 to 2"},
    {"float_order_of_widest",
     [](pqflow_options& o) {
       o.float_order = PQFLOW_FLOAT_ORDER_IEEE_754_TOTAL_ORDER;
       o.profile = PQFLOW_PROFILE_WIDEST;
     },
     kInvalid, "profile WIDEST is for readers that may not know IEEE_754_TOTAL_ORDER; leave float_order at TYPE_ORDER"},
    {"no_encoder_threads", [](pqflow_options& o) { o.encoder_threads = 0; }, kInvalid, "encoder_threads is 0; it must be 1 to 8"},
    {"many_encoder_threads", [](pqflow_options& o) { o.encoder_threads = 9; }, kInvalid, "encoder_threads is 9; it must be 1 to 8"},
    {"ring_for_encoder_threads", [](pqflow_options& o) { o.encoder_threads = 4; }, kInvalid,
     "encoder_threads is 4, but ring_slots_count is 262144 and the ring must hold (encoder_threads + 1) x row_group_rows = 327680 records; "
     "raise ring_slots_count to 524288, lower row_group_rows to 52428 or encoder_threads to 3"},
    {"full_policy", [](pqflow_options& o) { store_number(o.full_policy, 3); }, kInvalid, "full_policy is 3; it must be 0 to 2"},
    {"full_timeout_short", [](pqflow_options& o) { o.full_timeout_ns = 999; }, kInvalid, "full_timeout_ns is 999"},
    {"full_timeout_long", [](pqflow_options& o) { o.full_timeout_ns = 3'600'000'000'001; }, kInvalid, "full_timeout_ns is 3600000000001"},
    {"full_callback_missing", [](pqflow_options& o) { o.full_policy = PQFLOW_FULL_POLICY_CALLBACK; }, kInvalid,
     "full_policy CALLBACK needs full_callback"},
    {"full_callback_that_nobody_asks",
     [](pqflow_options& o) { o.full_callback = [](void*, uint32_t, uint64_t) { return PQFLOW_FULL_ANSWER_DROP; }; }, kInvalid,
     "only full_policy CALLBACK asks it"},
    {"max_lanes_none", [](pqflow_options& o) { o.max_lanes = 0; }, kInvalid, "max_lanes is 0; it must be 1 to 1024"},
    {"max_lanes_many", [](pqflow_options& o) { o.max_lanes = 1025; }, kInvalid, "max_lanes is 1025"},
    {"ring_memory", [](pqflow_options& o) { store_number(o.ring_memory, 2); }, kInvalid, "ring_memory is 2; it must be 0 to 1"},
    {"profile", [](pqflow_options& o) { store_number(o.profile, 3); }, kInvalid, "profile is 3; it must be 0 to 2"},
    {"codec", [](pqflow_options& o) { store_number(o.codec, 256); }, kInvalid, "codec is 256"},
    {"codec_not_built", [](pqflow_options& o) { o.codec = PQFLOW_CODEC_LZO; }, PQFLOW_STATUS_CODEC_UNAVAILABLE, "LZO"},
    {"ring_does_not_bridge_the_sleep", [](pqflow_options& o) { o.idle_sleep_max_ns = 9'830'401; }, kInvalid,
     "three quarters of the ring's 262144 slots fill in 9830400 ns; lower idle_sleep_max_ns"},
    {"ring_does_not_hold_row_groups",
     [](pqflow_options& o) {
       o.slot_release = PQFLOW_SLOT_RELEASE_WHEN_PERSISTED;
       o.row_group_rows = 65'537;
     },
     kInvalid,
     "slot_release WHEN_PERSISTED keeps whole row groups in the ring and needs at least 4 x row_group_rows = 262148; raise "
     "ring_slots_count "
     "to 524288 or lower row_group_rows to 65536"},
    {"ring_does_not_outlive_the_process_with_room_for_row_groups",
     [](pqflow_options& o) {
       o.durability = PQFLOW_DURABILITY_PROCESS;
       o.ring_slots_count = 131'072;
     },
     kInvalid,
     "ring_slots_count is 131072, but durability PROCESS keeps whole row groups in the ring and needs at least 4 x row_group_rows = "
     "262144; "
     "raise ring_slots_count to 262144 or lower row_group_rows to 32768"},
    {"ring_does_not_hold_row_groups_of_encoders",
     [](pqflow_options& o) {
       o.durability = PQFLOW_DURABILITY_PROCESS;
       o.encoder_threads = 2;
     },
     kInvalid, "needs at least 5 x row_group_rows = 327680; raise ring_slots_count to 524288 or lower row_group_rows to 52428"},
    {"durability_5", [](pqflow_options& o) { store_number(o.durability, 5); }, kInvalid, "durability is 5; it must be 0 to 4"},
    {"journal_interval_ns_short", [](pqflow_options& o) { o.journal_interval_ns = 99'999; }, kInvalid,
     "journal_interval_ns is 99999; it must be 100000 to 10000000000"},
    {"journal_interval_ns_long", [](pqflow_options& o) { o.journal_interval_ns = 10'000'000'001; }, kInvalid,
     "journal_interval_ns is 10000000001; it must be 100000 to 10000000000"},
    {"durability_journal_and_slots_given_back_when_persisted",
     [](pqflow_options& o) {
       o.durability = PQFLOW_DURABILITY_JOURNAL;
       o.slot_release = PQFLOW_SLOT_RELEASE_WHEN_PERSISTED;
     },
     kInvalid, "slot_release is WHEN_PERSISTED, but with durability JOURNAL the ring keeps every record until it is synced"},
    {"orphans_0", [](pqflow_options& o) { store_number(o.orphans, 0); }, kInvalid, "orphans is 0; it must be 1 to 3"},
    {"orphans_4", [](pqflow_options& o) { store_number(o.orphans, 4); }, kInvalid, "orphans is 4; it must be 1 to 3"},
    {"durability_and_slot_release",
     [](pqflow_options& o) {
       o.durability = PQFLOW_DURABILITY_PROCESS;
       o.slot_release = PQFLOW_SLOT_RELEASE_PER_SPAN;
     },
     kInvalid,
     "slot_release is PER_SPAN, but with durability PROCESS the ring keeps every record until it is in the file; leave slot_release at "
     "BY_DURABILITY"},
    {"durability_sync_and_slots_given_back_per_span",
     [](pqflow_options& o) {
       o.durability = PQFLOW_DURABILITY_SYNC;
       o.slot_release = PQFLOW_SLOT_RELEASE_PER_SPAN;
     },
     kInvalid, "slot_release is PER_SPAN, but with durability SYNC the ring keeps every record until it is synced"},
    {"durability_sync_and_slots_given_back_when_persisted",
     [](pqflow_options& o) {
       o.durability = PQFLOW_DURABILITY_SYNC;
       o.slot_release = PQFLOW_SLOT_RELEASE_WHEN_PERSISTED;
     },
     kInvalid, "slot_release is WHEN_PERSISTED, but with durability SYNC the ring keeps every record until it is synced"},
    {"durability_sync_without_room_for_row_groups",
     [](pqflow_options& o) {
       o.durability = PQFLOW_DURABILITY_SYNC;
       o.ring_slots_count = 131'072;
     },
     kInvalid, "ring_slots_count is 131072, but durability SYNC keeps whole row groups in the ring and needs at least 4 x row_group_rows"},
    {"durability_sync_without_a_ring_dir",
     [](pqflow_options& o) {
       o.durability = PQFLOW_DURABILITY_SYNC;
       o.ring_dir = nullptr;
     },
     kInvalid, "durability SYNC needs ring_dir"},
    {"durability_without_a_ring_dir",
     [](pqflow_options& o) {
       o.durability = PQFLOW_DURABILITY_PROCESS;
       o.ring_dir = nullptr;
     },
     kInvalid, "durability PROCESS needs ring_dir"},
    {"durability_with_an_empty_ring_dir",
     [](pqflow_options& o) {
       o.durability = PQFLOW_DURABILITY_PROCESS;
       o.ring_dir = "";
     },
     kInvalid, "durability PROCESS needs ring_dir"},
};

INSTANTIATE_TEST_SUITE_P(case, EachOption, ::testing::ValuesIn(kBadOptions), [](const auto& bad) { return bad.param.name; });

TEST(Options, that_hold_whole_row_groups_in_the_ring_pass) {
  pqflow_options options = default_options(nullptr);
  options.slot_release = PQFLOW_SLOT_RELEASE_WHEN_PERSISTED;
  EXPECT_TRUE(check_options(options).is_ok());
}

TEST(Options, leave_it_to_the_durability_when_slots_are_given_back) {
  pqflow_options options = default_options(nullptr);
  EXPECT_EQ(slot_release_of(options), PQFLOW_SLOT_RELEASE_PER_SPAN);
  options.durability = PQFLOW_DURABILITY_PROCESS;
  EXPECT_EQ(slot_release_of(options), PQFLOW_SLOT_RELEASE_WHEN_PERSISTED);
  EXPECT_TRUE(check_options(options).is_ok()) << check_options(options).message;
  options.slot_release = PQFLOW_SLOT_RELEASE_WHEN_PERSISTED;
  EXPECT_TRUE(check_options(options).is_ok());
  options.slot_release = PQFLOW_SLOT_RELEASE_BY_DURABILITY;
  options.durability = PQFLOW_DURABILITY_SYNC;
  EXPECT_EQ(slot_release_of(options), PQFLOW_SLOT_RELEASE_WHEN_PERSISTED);
  EXPECT_TRUE(check_options(options).is_ok()) << check_options(options).message;
}

TEST(Options, need_not_bridge_a_sleep_that_never_comes_or_at_a_rate_that_nobody_states) {
  pqflow_options options = default_options(nullptr);
  options.idle_sleep_max_ns = 1'000'000'000;
  EXPECT_FALSE(check_options(options).is_ok());
  options.idle_strategy = PQFLOW_IDLE_YIELD;
  EXPECT_TRUE(check_options(options).is_ok());
  options.idle_strategy = PQFLOW_IDLE_SLEEP;
  EXPECT_FALSE(check_options(options).is_ok());
  options.peak_records_per_s = 0;
  EXPECT_TRUE(check_options(options).is_ok());
}

TEST(Options, at_the_highest_peak_rate_are_checked_without_overflow) {
  pqflow_options options = default_options(nullptr);
  options.peak_records_per_s = UINT64_MAX;
  EXPECT_FALSE(check_options(options).is_ok());
}

}  // namespace
}  // namespace pqflow::sink::test
