#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cerrno>
#include <string>
#include <vector>

#include "io/failing_system.hpp"
#include "io/output_file.hpp"
#include "io/temporary_folder.hpp"

namespace pqflow::io {
namespace {

constexpr uint64_t kStepBytes = uint64_t{1} << 20;

class ReservedFile : public ::testing::Test {
 protected:
  ReservedFile() : file_(make_classic_layout(system_.calls())) {
    target_.final_path = folder_.file("x.parquet");
    target_.in_progress_path = folder_.file(".x.parquet.inprogress");
    target_.reserve_bytes = kStepBytes;
  }

  void SetUp() override {
    const test::TemporaryFolder probe;
    probe.write("probe", "x");
    if (disk_bytes_after_reserving(probe.file("probe")) < kStepBytes) {
      GTEST_SKIP() << "the file system of temporary files cannot reserve space";
    }
  }
  uint64_t disk_bytes_after_reserving(const std::string& path) {
    const base::SystemCalls& real = base::real_system_calls();
    const int fd = real.open(nullptr, path.c_str(), 1, 0);
    real.reserve(nullptr, fd, 0, kStepBytes);
    real.close(nullptr, fd);
    return disk_bytes(path);
  }
  static struct stat status_of(const std::string& path) {
    struct stat status = {};
    EXPECT_EQ(stat(path.c_str(), &status), 0) << path;
    return status;
  }
  static uint64_t disk_bytes(const std::string& path) { return static_cast<uint64_t>(status_of(path).st_blocks) * 512U; }

  void append(size_t size_bytes) {
    const std::string text(size_bytes, 'x');
    const Bytes piece(reinterpret_cast<const uint8_t*>(text.data()), text.size());
    const base::Result result = file_->append_row_group({&piece, 1});
    EXPECT_TRUE(result.is_ok()) << result.message;
  }
  base::Result finish() { return file_->finish({reinterpret_cast<const uint8_t*>("FOOTER"), 6}); }

  test::TemporaryFolder folder_;
  test::FailingSystem system_;
  FileTarget target_;
  std::unique_ptr<OutputFile> file_;
};

TEST_F(ReservedFile, takes_its_space_at_once_without_growing_and_gives_back_what_it_did_not_need) {
  ASSERT_TRUE(file_->begin(target_).is_ok());
  EXPECT_GE(disk_bytes(target_.in_progress_path), kStepBytes);
  EXPECT_EQ(status_of(target_.in_progress_path).st_size, 4) << "a file that is left in progress ends with what was written";
  append(1000);
  ASSERT_TRUE(finish().is_ok());
  EXPECT_LT(disk_bytes(target_.final_path), kStepBytes / 4);
  EXPECT_EQ(status_of(target_.final_path).st_size, 4 + 1000 + 6);
}

TEST_F(ReservedFile, asks_for_as_much_again_when_it_is_used_up_and_for_more_where_one_write_needs_more) {
  ASSERT_TRUE(file_->begin(target_).is_ok());
  append(kStepBytes / 2);
  EXPECT_EQ(system_.count("reserve"), 1U);
  append(kStepBytes);
  EXPECT_EQ(system_.count("reserve"), 2U);
  EXPECT_GE(disk_bytes(target_.in_progress_path), 2 * kStepBytes);
  append(5 * kStepBytes);
  EXPECT_EQ(system_.count("reserve"), 3U);
  EXPECT_TRUE(finish().is_ok());
}

TEST_F(ReservedFile, is_written_all_the_same_where_no_space_can_be_reserved) {
  for (const int os_error : {EOPNOTSUPP, ENOSPC}) {
    target_.if_exists = PQFLOW_IF_EXISTS_REPLACE;
    const size_t asked_before = system_.count("reserve");
    system_.fail("reserve", os_error);
    ASSERT_TRUE(file_->begin(target_).is_ok());
    append(2 * kStepBytes);
    EXPECT_EQ(system_.count("reserve") - asked_before, 1U) << "nobody asks twice";
    EXPECT_TRUE(finish().is_ok());
    EXPECT_EQ(status_of(target_.final_path).st_size, static_cast<off_t>(4 + 2 * kStepBytes + 6));
  }
}

TEST_F(ReservedFile, stops_asking_in_mid_file_when_the_disk_has_no_more_to_reserve) {
  ASSERT_TRUE(file_->begin(target_).is_ok());
  system_.fail("reserve", ENOSPC);
  append(2 * kStepBytes);
  append(2 * kStepBytes);
  EXPECT_EQ(system_.count("reserve"), 2U);
  EXPECT_TRUE(finish().is_ok());
}

TEST_F(ReservedFile, asks_again_after_an_interruption) {
  system_.fail("reserve", EINTR);
  ASSERT_TRUE(file_->begin(target_).is_ok());
  EXPECT_EQ(system_.count("reserve"), 2U);
  EXPECT_GE(disk_bytes(target_.in_progress_path), kStepBytes);
}

TEST_F(ReservedFile, asks_for_nothing_in_memory_where_that_takes_as_long_as_writing) {
  system_.live_in_memory();
  ASSERT_TRUE(file_->begin(target_).is_ok());
  append(2 * kStepBytes);
  EXPECT_EQ(system_.count("reserve"), 0U);
  EXPECT_TRUE(finish().is_ok());
}

TEST_F(ReservedFile, starts_anew_with_each_file) {
  target_.if_exists = PQFLOW_IF_EXISTS_REPLACE;
  for (int round = 0; round < 2; ++round) {
    ASSERT_TRUE(file_->begin(target_).is_ok());
    EXPECT_GE(disk_bytes(target_.in_progress_path), kStepBytes);
    append(10);
    EXPECT_TRUE(finish().is_ok());
  }
  target_.reserve_bytes = 0;
  ASSERT_TRUE(file_->begin(target_).is_ok());
  append(10);
  EXPECT_LT(disk_bytes(target_.in_progress_path), kStepBytes / 4) << "none was asked for";
}

}  // namespace
}  // namespace pqflow::io
