#include "io/line_file.hpp"

#include <gtest/gtest.h>

#include <string>

#include "io/failing_system.hpp"
#include "io/temporary_folder.hpp"

namespace pqflow::io {
namespace {

class LineFileTest : public ::testing::Test {
 protected:
  std::string text() const { return folder_.read("list"); }

  test::TemporaryFolder folder_;
  test::FailingSystem system_;
  LineFile file_{system_.calls(), folder_.file("list")};
};

TEST_F(LineFileTest, appends_to_what_is_there) {
  folder_.write("list", "first\n");
  ASSERT_TRUE(file_.append("second\n").is_ok());
  ASSERT_TRUE(file_.append("third\nfourth\n").is_ok());
  EXPECT_EQ(text(), "first\nsecond\nthird\nfourth\n");
}

TEST_F(LineFileTest, appends_behind_what_others_append_in_one_write) {
  LineFile other(system_.calls(), folder_.file("list"));
  ASSERT_TRUE(file_.append("a\n").is_ok());
  ASSERT_TRUE(other.append("b\n").is_ok());
  ASSERT_TRUE(file_.append("c\n").is_ok());
  EXPECT_EQ(text(), "a\nb\nc\n");
  EXPECT_EQ(system_.count("append"), 3U);
}

TEST_F(LineFileTest, makes_a_missing_file_and_syncs_its_folder_once) {
  ASSERT_TRUE(file_.append({}).is_ok());
  EXPECT_EQ(text(), "");
  EXPECT_EQ(system_.count("sync_directory"), 1U);
  ASSERT_TRUE(file_.append("a\n").is_ok());
  ASSERT_TRUE(file_.append("b\n").is_ok());
  EXPECT_EQ(system_.count("sync_directory"), 2U) << "an empty file may be a new one";
  EXPECT_EQ(system_.count("fdatasync"), 3U);
}

TEST_F(LineFileTest, ends_a_torn_line_before_it_appends) {
  folder_.write("list", "first\n{\"half");
  ASSERT_TRUE(file_.append("second\n").is_ok());
  EXPECT_EQ(text(), "first\n{\"half\nsecond\n");
}

TEST_F(LineFileTest, goes_on_in_a_new_file_when_somebody_took_the_old_one_away) {
  ASSERT_TRUE(file_.append("a\n").is_ok());
  std::filesystem::rename(folder_.file("list"), folder_.file("list.old"));
  ASSERT_TRUE(file_.append("b\n").is_ok());
  EXPECT_EQ(text(), "b\n");
}

TEST_F(LineFileTest, tells_of_a_write_that_was_cut_short_and_repairs_it_the_next_time) {
  system_.limit_writes(3);
  const base::Result result = file_.append("second\n");
  EXPECT_EQ(result.status, PQFLOW_STATUS_NO_SPACE);
  EXPECT_EQ(result.message.find("cannot append to manifest " + folder_.file("list") + " more than 3 of 7 bytes: "), 0U) << result.message;
  system_.limit_writes(0);
  ASSERT_TRUE(file_.append("second\n").is_ok());
  EXPECT_EQ(text(), "sec\nsecond\n");
}

TEST_F(LineFileTest, tells_which_call_failed) {
  const std::pair<const char*, const char*> cases[] = {{"open", "cannot open manifest "},         {"last_byte", "cannot read manifest "},
                                                       {"append", "cannot append to manifest "},  {"fdatasync", "cannot sync manifest "},
                                                       {"sync_directory", "cannot sync folder "}, {"close", "cannot close manifest "}};
  for (const auto& [call, message] : cases) {
    std::filesystem::remove(folder_.file("list"));
    system_.fail(call, EIO);
    const base::Result result = file_.append("a\n");
    EXPECT_EQ(result.os_error, EIO) << call;
    EXPECT_EQ(result.message.find(message), 0U) << result.message;
    EXPECT_TRUE(file_.append("a\n").is_ok()) << call;
  }
}

TEST_F(LineFileTest, goes_on_when_it_is_interrupted) {
  for (const char* const call : {"open", "append", "fdatasync", "sync_directory", "close"}) {
    system_.fail(call, EINTR);
  }
  ASSERT_TRUE(file_.append("a\n").is_ok());
  EXPECT_EQ(text(), "a\n");
}

TEST_F(LineFileTest, takes_what_cannot_be_synced_for_written) {
  system_.fail("fdatasync", EINVAL);
  EXPECT_TRUE(file_.append("a\n").is_ok());
}

}  // namespace
}  // namespace pqflow::io
