#include "io/file_target.hpp"

#include <gtest/gtest.h>

#include <string>

#include "io/failing_system.hpp"
#include "io/temporary_folder.hpp"

namespace pqflow::io {
namespace {

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
