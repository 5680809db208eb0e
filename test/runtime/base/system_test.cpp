#include "base/system.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>

namespace pqflow::base::test {
namespace {

class RealSystemCalls : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "pqflow-system-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string path(const char* name) const { return (folder_ / name).string(); }
  void write(const char* name, const std::string& text) const { std::ofstream(path(name)) << text; }
  std::string read(const char* name) const {
    std::ifstream stream(path(name));
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  std::filesystem::path folder_;
  const base::SystemCalls& calls_ = base::real_system_calls();
};

TEST_F(RealSystemCalls, rename_without_replace_refuses_an_existing_target) {
  write("from", "new");
  write("to", "old");
  EXPECT_EQ(calls_.rename(calls_.context, path("from").c_str(), path("to").c_str(), false), -1);
  EXPECT_EQ(errno, EEXIST);
  EXPECT_EQ(read("to"), "old");
  EXPECT_EQ(read("from"), "new");
}

TEST_F(RealSystemCalls, rename_replaces_when_asked_to) {
  write("from", "new");
  write("to", "old");
  EXPECT_EQ(calls_.rename(calls_.context, path("from").c_str(), path("to").c_str(), true), 0);
  EXPECT_EQ(read("to"), "new");
  EXPECT_FALSE(std::filesystem::exists(path("from")));
}

TEST_F(RealSystemCalls, write_sync_truncate_and_close_a_file) {
  const int fd = calls_.open(calls_.context, path("file").c_str(), O_CREAT | O_EXCL | O_WRONLY, 0640);
  ASSERT_GE(fd, 0);
  const std::string word = "hello";
  const std::array<iovec, 2> pieces = {{{const_cast<char*>(word.data()), 2}, {const_cast<char*>(word.data()) + 2, 3}}};
  EXPECT_EQ(calls_.pwritev(calls_.context, fd, pieces.data(), 2, 2), 5);
  EXPECT_EQ(calls_.ftruncate(calls_.context, fd, 4), 0);
  EXPECT_EQ(calls_.fdatasync(calls_.context, fd), 0);
  EXPECT_EQ(calls_.close(calls_.context, fd), 0);
  EXPECT_EQ(read("file"), std::string("\0\0he", 4));
  EXPECT_EQ(calls_.access(calls_.context, path("file").c_str()), 0);
  EXPECT_EQ(calls_.unlink(calls_.context, path("file").c_str()), 0);
  EXPECT_EQ(calls_.access(calls_.context, path("file").c_str()), -1);
}

TEST_F(RealSystemCalls, clock_advances_in_nanoseconds) {
  const base::Clock& clock = base::real_clock();
  const uint64_t before = clock.monotonic_ns(clock.context);
  usleep(2000);
  const uint64_t passed = clock.monotonic_ns(clock.context) - before;
  EXPECT_GE(passed, 2'000'000U);
  EXPECT_LT(passed, 10'000'000'000U);
}

TEST_F(RealSystemCalls, clock_tells_the_time_of_day_in_utc) {
  const base::Clock& clock = base::real_clock();
  EXPECT_EQ(clock.utc_ns(clock.context) / 10'000'000'000U, static_cast<uint64_t>(time(nullptr)) / 10U);
}

}  // namespace
}  // namespace pqflow::base::test
