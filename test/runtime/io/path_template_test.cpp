#include "io/path_template.hpp"

#include <gtest/gtest.h>
#include <pqflow/pqflow.h>

#include <string>

namespace pqflow::io {
namespace {

constexpr uint64_t kLastNsOf1999 = 946'684'799'999'999'999;
constexpr uint64_t kLeapDay = 1'709'213'405'000'000'000;  // 2024-02-29T13:30:05Z

ExpandedPath expansion(std::string_view path_template, const PathValues& values) {
  ExpandedPath expanded;
  const base::Result result = expand_path(path_template, values, expanded);
  EXPECT_TRUE(result.is_ok()) << result.message;
  return expanded;
}

std::string expanded(std::string_view path_template, uint64_t sequence, uint64_t utc_ns = 0) {
  return expansion(path_template, {"orders", sequence, utc_ns, "db1", 77}).path;
}

std::string refusal(std::string_view path_template, std::string_view schema_name = "orders") {
  ExpandedPath expanded{"untouched", 7};
  const base::Result result = expand_path(path_template, {schema_name}, expanded);
  EXPECT_EQ(result.status, PQFLOW_STATUS_INVALID_ARGUMENT);
  EXPECT_EQ(expanded.path, "untouched");
  return result.message;
}

// From here on folders are made.
std::string made_part(std::string_view path_template) {
  const ExpandedPath expanded = expansion(path_template, {"orders", 0, kLeapDay, "db1", 77});
  return expanded.made_folders_start == std::string::npos ? "" : expanded.path.substr(expanded.made_folders_start);
}

TEST(PathTemplate, replaces_schema_host_process_and_sequence) {
  EXPECT_EQ(expanded("{schema}-{seq}.parquet", 0), "orders-000000.parquet");
  EXPECT_EQ(expanded("out/{seq}/{schema}{seq}", 12), "out/000012/orders000012");
  EXPECT_EQ(expanded("{seq}", 12345678), "12345678");
  EXPECT_EQ(expanded("{host}-{pid}.parquet", 0), "db1-77.parquet");
}

TEST(PathTemplate, pads_the_sequence_with_as_many_zeros_as_it_says) {
  EXPECT_EQ(expanded("{seq:01}", 7), "7");
  EXPECT_EQ(expanded("{seq:05}", 7), "00007");
  EXPECT_EQ(expanded("{seq:05}", 1234567), "1234567");
  EXPECT_EQ(expanded("{seq:020}", 7), "00000000000000000007");
  EXPECT_EQ(expanded("x-{seq:03}.parquet", 2), "x-002.parquet") << "no second number behind it";
}

TEST(PathTemplate, replaces_date_and_time_by_those_of_the_beginning_in_utc) {
  EXPECT_EQ(expanded("t-{date}.parquet", 0, kLastNsOf1999), "t-1999-12-31.parquet");
  EXPECT_EQ(expanded("{date}/t", 0, kLastNsOf1999 + 1), "2000-01-01/t");
  EXPECT_EQ(expanded("t-{utc_date}.parquet", 3, 1'709'164'800'000'000'000), "t-2024-02-29-000003.parquet");
  EXPECT_EQ(expanded("dt={date}/hour={hour}/{minute}", 0, kLeapDay), "dt=2024-02-29/hour=13/30");
  EXPECT_EQ(expanded("{hour}{minute}-{time}", 0, kLastNsOf1999), "2359-235959");
  EXPECT_EQ(expanded("{time}", 0, kLastNsOf1999 + 1), "000000");
}

TEST(PathTemplate, numbers_later_files_before_the_extension_when_it_has_no_sequence) {
  EXPECT_EQ(expanded("orders.parquet", 0), "orders.parquet");
  EXPECT_EQ(expanded("orders.parquet", 1), "orders-000001.parquet");
  EXPECT_EQ(expanded("a.b/orders", 2), "a.b/orders-000002");
  EXPECT_EQ(expanded("a.b/.hidden", 2), "a.b/.hidden-000002");
  EXPECT_EQ(expanded("x.tar.gz", 3), "x.tar-000003.gz");
  EXPECT_EQ(expanded("hour={hour}/{schema}.parquet", 4, kLeapDay), "hour=13/orders-000004.parquet");
}

TEST(PathTemplate, names_an_unknown_placeholder_and_the_one_that_may_be_meant) {
  EXPECT_EQ(refusal("{dat}.parquet"),
            "path \"{dat}.parquet\": unknown placeholder {dat}; did you mean {date}? known ones are {schema}, {date}, {hour}, {minute}, "
            "{time}, {host}, {pid} and {seq}");
  EXPECT_NE(refusal("{sequence}").find("did you mean {seq}?"), std::string::npos);
  EXPECT_NE(refusal("{hostname}").find("did you mean {host}?"), std::string::npos);
  EXPECT_NE(refusal("{minutes}").find("did you mean {minute}?"), std::string::npos) << refusal("{minutes}");
  EXPECT_EQ(refusal("{weather}").find("did you mean"), std::string::npos);
  EXPECT_NE(refusal("{}").find("unknown placeholder {}; known"), std::string::npos) << refusal("{}");
}

TEST(PathTemplate, refuses_braces_without_their_partner) {
  EXPECT_EQ(refusal("a{seq"), "path \"a{seq\": { without } behind it");
  EXPECT_EQ(refusal("seq}"), "path \"seq}\": } without { before it");
}

TEST(PathTemplate, refuses_a_number_of_digits_that_is_none) {
  for (const char* const path_template : {"{seq:5}", "{seq:0}", "{seq:00}", "{seq:021}", "{seq:0x4}", "{seq:}", "{seq:0123}"}) {
    EXPECT_NE(refusal(path_template).find("is not possible; write {seq:01} to {seq:020}, the digits it has at least"), std::string::npos)
        << path_template;
  }
  EXPECT_EQ(refusal("{date:05}"), "path \"{date:05}\": {date:05} is not possible; write {date}: only {seq} has a number of digits");
}

TEST(PathTemplate, refuses_paths_that_name_no_file) {
  EXPECT_EQ(refusal(""), "path is empty");
  EXPECT_NE(refusal("out/").find("names a folder"), std::string::npos);
  EXPECT_NE(refusal(std::string_view("a\0b", 3)).find("NUL"), std::string::npos);
  EXPECT_EQ(refusal("{schema}", ""), "path \"\" names a folder; name a file in it");
}

TEST(PathTemplate, refuses_paths_that_are_too_long) {
  EXPECT_EQ(expanded(std::string(217, 'x'), 0).size(), 217U);
  EXPECT_NE(refusal(std::string(218, 'x')).find("the limit is 217"), std::string::npos) << refusal(std::string(218, 'x'));
  std::string long_path;
  while (long_path.size() < PQFLOW_PATH_CAPACITY_BYTES) {
    long_path += "folder/";
  }
  EXPECT_NE(refusal(long_path + "x").find("the limit is 4095"), std::string::npos);
}

TEST(PathTemplate, refuses_a_folder_whose_name_is_too_long_and_says_which) {
  EXPECT_EQ(expanded("a/" + std::string(255, 'x') + "/t", 0).size(), 259U);
  EXPECT_EQ(refusal("a/dt={schema}" + std::string(250, 'x') + "/t"),
            "path: the folder name that begins with \"dt=orders" + std::string(23, 'x') + "\" has 259 bytes; the limit is 255");
}

TEST(PathTemplate, says_which_folders_are_made) {
  EXPECT_EQ(made_part("data/{schema}.parquet"), "orders.parquet") << "a name, no folder";
  EXPECT_EQ(made_part("data/raw/x.parquet"), "") << "nothing is replaced";
  EXPECT_EQ(made_part("data/dt={date}/raw/{seq}"), "dt=2024-02-29/raw/000000");
  EXPECT_EQ(made_part("{schema}/x"), "orders/x");
  EXPECT_EQ(made_part("/{schema}/x"), "orders/x");
}

TEST(PathTemplate, knows_the_names_of_its_files_whatever_their_number) {
  const PathValues values{"orders", 5, kLeapDay, "db1", 77};
  const auto knows = [&](std::string_view path_template, std::string_view name) { return has_name(path_template, values, name); };
  EXPECT_TRUE(knows("data/{schema}-{seq}.parquet", "orders-000000.parquet"));
  EXPECT_TRUE(knows("data/{schema}-{seq}.parquet", "orders-1234567.parquet"));
  EXPECT_TRUE(knows("{pid}{seq:03}.parquet", "77012.parquet")) << "digits on both sides";
  EXPECT_TRUE(knows("x.parquet", "x.parquet"));
  EXPECT_TRUE(knows("x.parquet", "x-000007.parquet"));
  EXPECT_FALSE(knows("x.parquet", "x-7.parquet"));
  EXPECT_FALSE(knows("{schema}-{seq}.parquet", "orders-00001.parquet"));
  EXPECT_FALSE(knows("{schema}-{seq}.parquet", "trades-000000.parquet"));
  EXPECT_FALSE(knows("{pid}-{seq}.parquet", "78-000000.parquet"));
  EXPECT_FALSE(knows("{date}-{seq}.parquet", "2024-03-01-000000.parquet"));
  EXPECT_FALSE(knows("{seq}.parquet", "99999999999999999999999.parquet"));
}

TEST(PathTemplate, makes_a_host_name_one_part_of_a_path) {
  EXPECT_EQ(safe_host_name("db-1_A9"), "db-1_A9");
  EXPECT_EQ(safe_host_name("db1.example.com"), "db1-example-com");
  EXPECT_EQ(safe_host_name("../../etc"), "------etc");
  EXPECT_EQ(safe_host_name("h\xc3\xb6st"), "h--st");
  EXPECT_EQ(safe_host_name(""), "localhost");
}

}  // namespace
}  // namespace pqflow::io
