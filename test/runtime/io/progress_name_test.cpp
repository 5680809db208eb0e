#include "io/progress_name.hpp"

#include <gtest/gtest.h>

namespace pqflow::io {
namespace {

constexpr uint64_t kNowNs = uint64_t{1'800'000'000} * 1'000'000'000;

std::string final_name(const std::string& file_name) {
  const auto name = parse_progress_name(file_name, kNowNs);
  return name ? name->final_name + (name->is_aside ? " aside" : "") : "none";
}

TEST(ProgressName, is_hidden_and_in_the_same_folder) {
  EXPECT_EQ(classic_progress_path("/data/x.parquet"), "/data/.x.parquet.inprogress");
  EXPECT_EQ(classic_progress_path("x.parquet"), ".x.parquet.inprogress");
  EXPECT_EQ(live_progress_path("/data/x.parquet", kNowNs), "/data/.x.parquet.hq1ol1dkw0.inprogress");
}

TEST(ProgressName, tells_the_final_name) {
  EXPECT_EQ(final_name(".x.parquet.inprogress"), "x.parquet");
  EXPECT_EQ(final_name(".x.parquet.inprogress.12"), "x.parquet");
  EXPECT_EQ(final_name(".x.parquet.hq1ol1dkw0.inprogress"), "x.parquet");
  EXPECT_EQ(final_name(".x.parquet.hq1ol1dkw0.inprogress.3"), "x.parquet");
  EXPECT_EQ(final_name(".x.7.parquet.inprogress"), "x.7.parquet");
}

TEST(ProgressName, tells_what_is_made_beside_a_file) {
  for (const char* const ending : {".starting", ".copy", ".recover", ".starting.1", ".2.copy", ".2.recover.1", ".line"}) {
    EXPECT_EQ(final_name(".x.parquet.hq1ol1dkw0.inprogress" + std::string(ending)), "x.parquet aside") << ending;
  }
}

TEST(ProgressName, takes_for_a_mark_only_what_a_clock_can_have_said) {
  EXPECT_EQ(final_name(".x.parquetfile.inprogress"), "x.parquetfile") << "would be in the future";
  EXPECT_EQ(final_name(".x.0000000000.inprogress"), "x.0000000000") << "1970";
  EXPECT_EQ(final_name(".x.hq1ol1dkw.inprogress"), "x.hq1ol1dkw") << "too short";
  EXPECT_EQ(final_name(".x.hq1ol1DKW0.inprogress"), "x.hq1ol1DKW0") << "capitals";
  EXPECT_EQ(final_name(".hq1ol1dkw0.inprogress"), "hq1ol1dkw0") << "there is no name without it";
}

TEST(ProgressName, tells_when_a_live_file_began_in_whole_microseconds) {
  EXPECT_EQ(parse_progress_name(live_progress_path("x.parquet", kNowNs - 1'234'567), kNowNs)->begun_at_utc_ns, kNowNs - 1'235'000);
  EXPECT_EQ(parse_progress_name(".x.parquet.inprogress", kNowNs)->begun_at_utc_ns, std::nullopt);
}

TEST(ProgressName, is_told_from_other_names) {
  for (const char* const name :
       {"x.parquet", "x.parquet.inprogress", ".inprogress", ".x.parquet", ".x.inprogress.bd053eb0", ".x.inprogress.copy.old", ""}) {
    EXPECT_EQ(final_name(name), "none") << name;
  }
}

}  // namespace
}  // namespace pqflow::io
