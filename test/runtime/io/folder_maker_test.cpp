#include "io/folder_maker.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "io/failing_system.hpp"
#include "io/temporary_folder.hpp"

namespace pqflow::io {
namespace {

class FolderMakerTest : public ::testing::Test {
 protected:
  // The folders of `path` below the test's own are made, but for the first `given`, which must be there.
  base::Result make(const std::string& path, const std::string& given = "") {
    return maker_.make(folder_.file(given + path), folder_.file(given).size());
  }
  bool is_folder(const std::string& name) const { return std::filesystem::is_directory(folder_.file(name)); }

  test::TemporaryFolder folder_;
  test::FailingSystem system_;
  FolderMaker maker_{system_.calls()};
};

TEST_F(FolderMakerTest, makes_every_folder_of_the_path_and_no_file) {
  ASSERT_TRUE(make("dt=1/hour=2/x.parquet").is_ok());
  EXPECT_TRUE(is_folder("dt=1/hour=2"));
  EXPECT_FALSE(std::filesystem::exists(folder_.file("dt=1/hour=2/x.parquet")));
}

TEST_F(FolderMakerTest, takes_rights_for_others_away_as_the_umask_says) {
  const mode_t umask_before = ::umask(0);
  ASSERT_TRUE(make("open/x").is_ok());
  ::umask(0077);
  ASSERT_TRUE(make("closed/x").is_ok());
  ::umask(umask_before);
  EXPECT_EQ(std::filesystem::status(folder_.file("open")).permissions(), std::filesystem::perms{0750});
  EXPECT_EQ(std::filesystem::status(folder_.file("closed")).permissions(), std::filesystem::perms{0700});
}

TEST_F(FolderMakerTest, syncs_each_folder_into_the_one_above) {
  ASSERT_TRUE(make("a/b/x").is_ok());
  EXPECT_EQ(system_.count("sync_directory"), 2U);
}

TEST_F(FolderMakerTest, syncs_those_that_another_process_made_before_it_was_killed) {
  std::filesystem::create_directories(folder_.file("a/b"));
  ASSERT_TRUE(make("a/b/x").is_ok());
  EXPECT_EQ(system_.count("sync_directory"), 2U);
}

TEST_F(FolderMakerTest, looks_once_at_the_folders_of_the_file_before) {
  ASSERT_TRUE(make("a/b/x").is_ok());
  ASSERT_TRUE(make("a/b/y").is_ok());
  EXPECT_EQ(system_.count("mkdir"), 2U);
  EXPECT_EQ(system_.count("access"), 1U);
}

TEST_F(FolderMakerTest, makes_folders_again_that_somebody_removed) {
  ASSERT_TRUE(make("a/b/x").is_ok());
  std::filesystem::remove_all(folder_.file("a"));
  ASSERT_TRUE(make("a/b/y").is_ok());
  EXPECT_TRUE(is_folder("a/b"));
}

TEST_F(FolderMakerTest, makes_none_where_only_the_name_has_placeholders) {
  ASSERT_TRUE(make("x.parquet").is_ok());
  ASSERT_TRUE(maker_.make(folder_.file("missing/x.parquet"), std::string::npos).is_ok());
  EXPECT_EQ(system_.count("mkdir"), 0U);
  EXPECT_FALSE(is_folder("missing"));
}

TEST_F(FolderMakerTest, does_not_make_the_folder_above_and_says_so) {
  const base::Result result = make("dt=1/x", "missing/");
  EXPECT_EQ(result.status, PQFLOW_STATUS_IO_ERROR);
  EXPECT_EQ(result.os_error, ENOENT);
  EXPECT_EQ(result.message, "cannot create folder " + folder_.file("missing/dt=1") +
                                ": the folder above it does not exist; create that one, folders are only made from the first one on that a "
                                "placeholder of the path names");
}

TEST_F(FolderMakerTest, names_a_file_where_a_folder_is_needed) {
  folder_.write("dt=1", "a file");
  const base::Result result = make("dt=1/hour=2/x");
  EXPECT_EQ(result.os_error, ENOTDIR);
  EXPECT_EQ(result.message, folder_.file("dt=1") + " is a file where a folder is needed; remove it or choose another path");
}

TEST_F(FolderMakerTest, names_a_folder_in_which_it_may_not_make_one) {
  if (::geteuid() == 0) {
    system_.fail("mkdir", EACCES);  // Root may.
  } else {
    std::filesystem::permissions(folder_.path(), std::filesystem::perms{0500});
  }
  const base::Result result = make("dt=1/x");
  std::filesystem::permissions(folder_.path(), std::filesystem::perms{0700});
  EXPECT_EQ(result.os_error, EACCES);
  EXPECT_EQ(result.message,
            "cannot create folder " + folder_.file("dt=1") + ": Permission denied (errno 13); the folder must be writable for this user");
}

TEST_F(FolderMakerTest, says_that_the_disk_is_full) {
  system_.fail("mkdir", ENOSPC);
  const base::Result result = make("dt=1/x");
  EXPECT_EQ(result.status, PQFLOW_STATUS_NO_SPACE);
  EXPECT_NE(result.message.find("cannot create folder " + folder_.file("dt=1")), std::string::npos);
}

TEST_F(FolderMakerTest, tells_of_a_folder_that_cannot_be_synced_and_can_be_asked_again) {
  system_.fail("sync_directory", EIO);
  const base::Result result = make("a/b/x");
  EXPECT_EQ(result.os_error, EIO);
  EXPECT_EQ(result.message.find("cannot sync folder " + folder_.path() + "/"), 0U) << result.message;
  ASSERT_TRUE(make("a/b/x").is_ok());
  EXPECT_EQ(system_.count("sync_directory"), 3U) << "the one that failed again, and the next";
}

TEST_F(FolderMakerTest, goes_on_when_a_signal_interrupts_the_sync_of_a_folder) {
  system_.fail("sync_directory", EINTR);
  ASSERT_TRUE(make("a/x").is_ok());
  EXPECT_EQ(system_.count("sync_directory"), 2U);
}

TEST_F(FolderMakerTest, tells_of_a_folder_that_went_away_in_between) {
  system_.fail("mkdir", EEXIST);
  const base::Result result = make("gone/x");
  EXPECT_EQ(result.os_error, ENOENT);
  EXPECT_EQ(result.message.find("cannot reach folder " + folder_.file("gone")), 0U) << result.message;
}

}  // namespace
}  // namespace pqflow::io
