#include <gtest/gtest.h>

#include <cerrno>
#include <string>
#include <utility>
#include <vector>

#include "io/failing_system.hpp"
#include "io/output_file.hpp"
#include "io/temporary_folder.hpp"

namespace pqflow::io {
namespace {

constexpr size_t kMiB = size_t{1} << 20;
using Ranges = std::vector<std::pair<off_t, off_t>>;

class WrittenBackFile : public ::testing::Test {
 protected:
  WrittenBackFile() : file_(make_classic_layout(system_.calls())) {
    target_.final_path = folder_.file("x.parquet");
    target_.in_progress_path = folder_.file(".x.parquet.inprogress");
    target_.if_exists = PQFLOW_IF_EXISTS_REPLACE;
  }
  void append(size_t size_bytes) {
    const std::string text(size_bytes, 'x');
    const Bytes piece(reinterpret_cast<const uint8_t*>(text.data()), text.size());
    EXPECT_TRUE(file_->append_row_group({&piece, 1}).is_ok());
  }
  base::Result finish() { return file_->finish({reinterpret_cast<const uint8_t*>("FOOTER"), 6}); }

  test::TemporaryFolder folder_;
  test::FailingSystem system_;
  FileTarget target_;
  std::unique_ptr<OutputFile> file_;
};

TEST_F(WrittenBackFile, goes_to_the_disk_each_time_8_MiB_have_gathered) {
  ASSERT_TRUE(file_->begin(target_).is_ok());
  for (int round = 0; round < 7; ++round) {
    append(3 * kMiB);
  }
  const auto first_bytes = static_cast<off_t>(4 + 9 * kMiB);
  EXPECT_EQ(system_.writebacks(), (Ranges{{0, first_bytes}, {first_bytes, static_cast<off_t>(9 * kMiB)}}));
  EXPECT_TRUE(finish().is_ok());
}

TEST_F(WrittenBackFile, starts_anew_with_each_file) {
  for (int round = 0; round < 2; ++round) {
    ASSERT_TRUE(file_->begin(target_).is_ok());
    append(10 * kMiB);
    EXPECT_TRUE(finish().is_ok());
  }
  const auto size_bytes = static_cast<off_t>(4 + 10 * kMiB);
  EXPECT_EQ(system_.writebacks(), (Ranges{{0, size_bytes}, {0, size_bytes}}));
}

TEST_F(WrittenBackFile, leaves_errors_to_the_sync) {
  ASSERT_TRUE(file_->begin(target_).is_ok());
  system_.fail("start_writeback", EIO);
  append(10 * kMiB);
  EXPECT_TRUE(finish().is_ok());
  EXPECT_EQ(system_.count("fdatasync"), 1U);
}

}  // namespace
}  // namespace pqflow::io
