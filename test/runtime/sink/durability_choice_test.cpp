#include "sink/durability_choice.hpp"

#include <gtest/gtest.h>

#include "sink/options.hpp"
#include "sink/tick_schema.hpp"

namespace pqflow::sink::test {
namespace {

#if defined(__linux__)
constexpr pqflow_durability kBest = PQFLOW_DURABILITY_PROCESS;
#else
constexpr pqflow_durability kBest = PQFLOW_DURABILITY_FILE;
#endif

// What a schema may name of them.
struct Named {
  uint64_t row_group_rows = 0;
  uint64_t ring_slots_count = 0;
  uint32_t encoder_threads = 0;
  pqflow_durability durability = PQFLOW_DURABILITY_DEFAULT;
};

pqflow_options options_of(const Named& named) {
  pqflow_descriptor descriptor = tick_descriptor();
  descriptor.defaults.row_group_rows = named.row_group_rows;
  descriptor.defaults.ring_slots_count = named.ring_slots_count;
  descriptor.defaults.encoder_threads = named.encoder_threads;
  descriptor.defaults.durability = static_cast<uint8_t>(named.durability);
  return default_options(&descriptor);
}

TEST(DurabilityByDefault, is_process_where_the_ring_holds_the_row_groups) {
  pqflow_options options = default_options(nullptr);
  EXPECT_EQ(chosen_durability(options), kBest);
  options.ring_slots_count = 131'072;
  EXPECT_EQ(chosen_durability(options), PQFLOW_DURABILITY_FILE);
  options.row_group_rows = 32'768;
  EXPECT_EQ(chosen_durability(options), kBest);
  options.encoder_threads = 2;
  EXPECT_EQ(chosen_durability(options), PQFLOW_DURABILITY_FILE);
  options.row_group_rows = 131'072 / 5;
  EXPECT_EQ(chosen_durability(options), kBest);
}

TEST(DurabilityByDefault, is_file_where_other_options_rule_a_ring_in_a_file_out) {
  pqflow_options options = default_options(nullptr);
  options.slot_release = PQFLOW_SLOT_RELEASE_PER_SPAN;
  EXPECT_EQ(chosen_durability(options), PQFLOW_DURABILITY_FILE);
  options.slot_release = PQFLOW_SLOT_RELEASE_WHEN_PERSISTED;
  EXPECT_EQ(chosen_durability(options), kBest);
  options.ring_dir = "";
  EXPECT_EQ(chosen_durability(options), PQFLOW_DURABILITY_FILE);
  options.ring_dir = nullptr;
  EXPECT_EQ(chosen_durability(options), PQFLOW_DURABILITY_FILE);
}

TEST(DurabilityByDefault, is_not_what_was_asked_for) {
  pqflow_options options = default_options(nullptr);
  options.ring_slots_count = 64;
  for (const pqflow_durability asked :
       {PQFLOW_DURABILITY_FILE, PQFLOW_DURABILITY_PROCESS, PQFLOW_DURABILITY_SYNC, PQFLOW_DURABILITY_JOURNAL}) {
    options.durability = asked;
    EXPECT_EQ(chosen_durability(options), asked);
  }
}

TEST(RowGroups, are_as_small_as_a_ring_that_the_schema_names_needs_them) {
  EXPECT_EQ(options_of({.ring_slots_count = 4096}).row_group_rows, 1024U);
  EXPECT_EQ(options_of({.ring_slots_count = 4096, .encoder_threads = 2}).row_group_rows, 819U);
  EXPECT_EQ(options_of({.ring_slots_count = 64, .encoder_threads = 8}).row_group_rows, 5U);
  EXPECT_EQ(options_of({.ring_slots_count = 1 << 20}).row_group_rows, 65'536U);
  EXPECT_EQ(options_of({.ring_slots_count = 4096, .durability = PQFLOW_DURABILITY_SYNC}).row_group_rows, 1024U);
}

TEST(Ring, is_as_large_as_the_row_groups_that_the_schema_names_need_it) {
  EXPECT_EQ(options_of({.row_group_rows = 65'537}).ring_slots_count, 524'288U);
  EXPECT_EQ(options_of({.row_group_rows = 262'144}).ring_slots_count, 1'048'576U);
  EXPECT_EQ(options_of({.row_group_rows = 100}).ring_slots_count, 262'144U);
  EXPECT_EQ(options_of({.encoder_threads = 2}).ring_slots_count, 524'288U);
  EXPECT_EQ(options_of({.encoder_threads = 8}).ring_slots_count, 1'048'576U);
}

TEST(Ring, does_not_grow_without_bound) {
  const pqflow_options options = options_of({.row_group_rows = 262'145});
  EXPECT_EQ(options.ring_slots_count, 262'144U);
  EXPECT_EQ(options.row_group_rows, 262'145U);
  EXPECT_EQ(chosen_durability(options), PQFLOW_DURABILITY_FILE);
}

TEST(RingAndRowGroups, stay_as_the_schema_names_both) {
  const pqflow_options options = options_of({.row_group_rows = 4096, .ring_slots_count = 4096});
  EXPECT_EQ(options.ring_slots_count, 4096U);
  EXPECT_EQ(options.row_group_rows, 4096U);
  EXPECT_TRUE(check_options(options).is_ok());
  EXPECT_EQ(chosen_durability(options), PQFLOW_DURABILITY_FILE);
}

TEST(RingAndRowGroups, stay_where_the_schema_names_the_durability_file) {
  EXPECT_EQ(options_of({.ring_slots_count = 4096, .durability = PQFLOW_DURABILITY_FILE}).row_group_rows, 65'536U);
  EXPECT_EQ(options_of({.row_group_rows = 100'000, .durability = PQFLOW_DURABILITY_FILE}).ring_slots_count, 262'144U);
}

}  // namespace
}  // namespace pqflow::sink::test
