#include "io/target_pattern.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pqflow::io {
namespace {

constexpr PathValues kValues{"orders", 0, uint64_t{1'767'623'400} * 1'000'000'000, "db1", 4711};

std::optional<uint64_t> sequence_of(std::string_view path_template, std::string_view path) {
  return TargetPattern(path_template, kValues).sequence_of(path);
}

TEST(TargetPattern, knows_every_path_that_the_template_gives) {
  for (const std::string path_template :
       {"/data/t.parquet", "/data/t-{seq}.parquet", "/data/{seq:03}",
        "/data/{schema}-{date}-{hour}-{minute}-{time}-{host}-{pid}-{seq}.parquet", "/data/dt={utc_date}/hour={hour}/{pid}.{time}.parquet",
        "/{seq}/x.parquet", "/data/{seq:01}{pid}.parquet"}) {
    for (const uint64_t sequence : {0, 1, 999, 1'000'000}) {
      PathValues then = kValues;
      then.sequence = sequence;
      then.begun_at_utc_ns = sequence * 1'000'000'000'000;
      then.process_id = 1 + sequence;
      ExpandedPath expanded;
      ASSERT_TRUE(expand_path(path_template, then, expanded).is_ok());
      EXPECT_TRUE(sequence_of(path_template, expanded.path).has_value()) << expanded.path;
      if (path_template.find("}{") == std::string::npos) {
        EXPECT_EQ(sequence_of(path_template, expanded.path), sequence) << expanded.path;
      }
    }
  }
}

TEST(TargetPattern, does_not_take_the_paths_of_others) {
  const std::string path_template = "/data/dt={date}/{schema}-{host}-{pid}-{seq:03}.parquet";
  ASSERT_EQ(sequence_of(path_template, "/data/dt=2026-01-05/orders-db1-1-007.parquet"), 7U);
  for (const char* const other :
       {"/data/dt=2026-01-05/trades-db1-1-007.parquet", "/data/dt=2026-01-05/orders-db2-1-007.parquet",
        "/data/dt=2026-01-05/orders-db1-x-007.parquet", "/data/dt=2026-01-05/orders-db1-1-07.parquet",
        "/data/dt=2026-01-05/orders-db1-1-0007.parquet", "/data/dt=2026-01-05/orders-db1-01-007.parquet",
        "/data/dt=2026-1-05/orders-db1-1-007.parquet", "/data/dt=2026-01-05/orders-db1-1-007.parquet.old",
        "/data/dt=2026-01-05/below/orders-db1-1-007.parquet", "/data/orders-db1-1-007.parquet",
        "/other/dt=2026-01-05/orders-db1-1-007.parquet", "/data/dt=2026-01-05/orders-db1-1-123456789012345678901.parquet"}) {
    EXPECT_FALSE(sequence_of(path_template, other).has_value()) << other;
  }
}

TEST(TargetPattern, without_seq_later_files_have_their_number_before_the_extension) {
  EXPECT_EQ(sequence_of("/data/t.parquet", "/data/t.parquet"), 0U);
  EXPECT_EQ(sequence_of("/data/t.parquet", "/data/t-000012.parquet"), 12U);
  EXPECT_FALSE(sequence_of("/data/t.parquet", "/data/t-000000.parquet").has_value()) << "the first file has none";
  EXPECT_FALSE(sequence_of("/{seq}/t.parquet", "/000001/t-000001.parquet").has_value());
}

TEST(TargetPattern, says_where_to_look) {
  const auto expect = [](std::string_view path_template, const std::string& folder, size_t depth) {
    const TargetPattern pattern(path_template, kValues);
    EXPECT_EQ(pattern.folder(), folder) << path_template;
    EXPECT_EQ(pattern.depth(), depth) << path_template;
  };
  expect("t.parquet", "./", 0);
  expect("{date}/t.parquet", "./", 1);
  expect("data/t-{seq}.parquet", "data/", 0);
  expect("data/dt={date}/hour={hour}/t.parquet", "data/", 2);
  expect("/t.parquet", "/", 0);
  EXPECT_TRUE(TargetPattern("data/dt={date}/hour={hour}/t.parquet", kValues).names_folder(1, "hour=07"));
  EXPECT_FALSE(TargetPattern("data/dt={date}/hour={hour}/t.parquet", kValues).names_folder(1, "hour=7"));
}

}  // namespace
}  // namespace pqflow::io
