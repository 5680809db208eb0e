#include "io/file_target.hpp"

#include <gtest/gtest.h>

#include <string>

#include "io/failing_system.hpp"
#include "io/temporary_folder.hpp"

namespace pqflow::io {
namespace {

std::string expanded(std::string_view path_template, uint64_t sequence, uint64_t utc_ns = 0) {
  std::string path;
  const base::Result result = expand_path(path_template, {"orders", sequence, utc_ns}, path);
  EXPECT_TRUE(result.is_ok()) << result.message;
  return path;
}

std::string refusal(std::string_view path_template, std::string_view schema_name = "orders") {
  std::string path = "untouched";
  const base::Result result = expand_path(path_template, {schema_name}, path);
  EXPECT_EQ(result.status, PQFLOW_STATUS_INVALID_ARGUMENT);
  EXPECT_EQ(path, "untouched");
  return result.message;
}

TEST(PathTemplate, replaces_schema_and_sequence) {
  EXPECT_EQ(expanded("{schema}-{seq}.parquet", 0), "orders-000000.parquet");
  EXPECT_EQ(expanded("out/{seq}/{schema}{seq}", 12), "out/000012/orders000012");
  EXPECT_EQ(expanded("{seq}", 12345678), "12345678");
}

TEST(PathTemplate, replaces_the_date_by_that_of_the_opening_in_utc) {
  constexpr uint64_t kLastNsOf1999 = 946'684'799'999'999'999;
  EXPECT_EQ(expanded("t-{utc_date}.parquet", 0, kLastNsOf1999), "t-1999-12-31.parquet");
  EXPECT_EQ(expanded("{utc_date}/t", 0, kLastNsOf1999 + 1), "2000-01-01/t");
  EXPECT_EQ(expanded("t-{utc_date}.parquet", 3, 1'709'164'800'000'000'000), "t-2024-02-29-000003.parquet");
}

TEST(PathTemplate, numbers_later_files_before_the_extension_when_it_has_no_sequence) {
  EXPECT_EQ(expanded("orders.parquet", 0), "orders.parquet");
  EXPECT_EQ(expanded("orders.parquet", 1), "orders-000001.parquet");
  EXPECT_EQ(expanded("a.b/orders", 2), "a.b/orders-000002");
  EXPECT_EQ(expanded("a.b/.hidden", 2), "a.b/.hidden-000002");
  EXPECT_EQ(expanded("x.tar.gz", 3), "x.tar-000003.gz");
}

TEST(PathTemplate, names_an_unknown_placeholder_and_the_known_ones) {
  EXPECT_EQ(refusal("{date}.parquet"),
            "path \"{date}.parquet\": unknown placeholder {date}; known ones are {schema}, {seq} and {utc_date}");
  EXPECT_NE(refusal("a{seq").find("unknown placeholder {seq;"), std::string::npos) << refusal("a{seq");
  EXPECT_NE(refusal("{}").find("unknown placeholder {}"), std::string::npos);
}

TEST(PathTemplate, refuses_paths_that_name_no_file) {
  EXPECT_EQ(refusal(""), "path is empty");
  EXPECT_NE(refusal("out/").find("names a folder"), std::string::npos);
  EXPECT_NE(refusal(std::string_view("a\0b", 3)).find("NUL"), std::string::npos);
  EXPECT_EQ(refusal("{schema}", ""), "path \"\" names a folder; name a file in it");
}

TEST(PathTemplate, refuses_paths_that_are_too_long) {
  std::string path;
  EXPECT_TRUE(expand_path(std::string(217, 'x'), {"orders"}, path).is_ok());
  EXPECT_NE(refusal(std::string(218, 'x')).find("the limit is 217"), std::string::npos) << refusal(std::string(218, 'x'));
  std::string long_path;
  while (long_path.size() < PQFLOW_PATH_CAPACITY_BYTES) {
    long_path += "folder/";
  }
  EXPECT_NE(refusal(long_path + "x").find("the limit is 4095"), std::string::npos);
}

class Target : public ::testing::Test {
 protected:
  base::Result resolve(const std::string& path, pqflow_if_exists if_exists = PQFLOW_IF_EXISTS_FAIL) {
    FileTarget target;
    target.final_path = path;
    target.if_exists = if_exists;
    return resolve_target(system_.calls(), target, final_path_);
  }

  test::TemporaryFolder folder_;
  test::FailingSystem system_;
  std::string final_path_;
};

TEST_F(Target, is_the_path_itself_when_the_name_is_free) {
  EXPECT_TRUE(resolve(folder_.file("x.parquet")).is_ok());
  EXPECT_EQ(final_path_, folder_.file("x.parquet"));
}

TEST_F(Target, names_a_missing_folder_and_what_to_do) {
  const base::Result result = resolve(folder_.file("missing/x.parquet"));
  EXPECT_EQ(result.status, PQFLOW_STATUS_IO_ERROR);
  EXPECT_EQ(result.os_error, ENOENT);
  EXPECT_EQ(result.message, "folder " + folder_.file("missing/") + " does not exist; create it or choose another path");
}

TEST_F(Target, names_a_file_where_a_folder_should_be) {
  folder_.write("file", "x");
  const base::Result result = resolve(folder_.file("file/x.parquet"));
  EXPECT_EQ(result.os_error, ENOTDIR);
  EXPECT_NE(result.message.find("cannot reach folder " + folder_.file("file/")), std::string::npos) << result.message;
}

TEST_F(Target, refuses_a_folder_as_the_file) {
  std::filesystem::create_directory(folder_.file("sub"));
  for (const pqflow_if_exists if_exists : {PQFLOW_IF_EXISTS_FAIL, PQFLOW_IF_EXISTS_REPLACE, PQFLOW_IF_EXISTS_SUFFIX}) {
    const base::Result result = resolve(folder_.file("sub"), if_exists);
    EXPECT_EQ(result.status, PQFLOW_STATUS_INVALID_ARGUMENT);
    EXPECT_EQ(result.message, folder_.file("sub") + " is a folder; name a file in it");
  }
}

TEST_F(Target, refuses_a_taken_name_under_FAIL_and_says_what_to_do) {
  folder_.write("x.parquet", "old");
  const base::Result result = resolve(folder_.file("x.parquet"));
  EXPECT_EQ(result.status, PQFLOW_STATUS_FILE_EXISTS);
  EXPECT_EQ(result.message, folder_.file("x.parquet") + " exists; remove it, choose another path, or set if_exists to replace or suffix");
}

TEST_F(Target, keeps_a_taken_name_under_REPLACE) {
  folder_.write("x.parquet", "old");
  EXPECT_TRUE(resolve(folder_.file("x.parquet"), PQFLOW_IF_EXISTS_REPLACE).is_ok());
  EXPECT_EQ(final_path_, folder_.file("x.parquet"));
}

TEST_F(Target, takes_the_first_free_suffix_under_SUFFIX) {
  folder_.write("x.parquet", "old");
  folder_.write("x.1.parquet", "old");
  EXPECT_TRUE(resolve(folder_.file("x.parquet"), PQFLOW_IF_EXISTS_SUFFIX).is_ok());
  EXPECT_EQ(final_path_, folder_.file("x.2.parquet"));
}

TEST_F(Target, takes_a_bare_name_for_one_in_the_working_folder) {
  EXPECT_TRUE(resolve("no-such-file.parquet").is_ok());
  EXPECT_EQ(final_path_, "no-such-file.parquet");
}

}  // namespace
}  // namespace pqflow::io
