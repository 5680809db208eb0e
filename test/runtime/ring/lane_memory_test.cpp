#include "ring/lane_memory.hpp"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>

#include "ring/locked_memory.hpp"
#include "ring/test_lane.hpp"
#include "support/sanitizers.hpp"

namespace pqflow::ring::test {
namespace {

constexpr size_t kSizeBytes = (size_t{8} << 20) + 12'345;

TEST(LaneMemory, names_the_size_that_could_not_be_allocated) {
  LaneMemory memory;
  const base::Result result = memory.allocate(size_t{1} << 60);
  EXPECT_EQ(result.status, PQFLOW_STATUS_OUT_OF_MEMORY);
  EXPECT_NE(result.message.find("1152921504606846976 bytes"), std::string::npos) << result.message;
  EXPECT_NE(result.os_error, 0);
}

TEST(LaneMemory, keeps_the_header_and_forgets_the_slots_when_discarded) {
  TestLane lane(4096);
  lane.fill();
  lane.memory.discard_after(PQFLOW_LANE_HEADER_SIZE_BYTES);
  EXPECT_EQ(lane.lane->producer.head_index, 4096U);
  const auto* bytes = static_cast<const uint8_t*>(lane.memory.data());
  EXPECT_EQ(bytes[ring::lane_size_bytes(lane.geometry) - kSlotBytes], 0);
}

TEST(LaneMemory, starts_where_a_huge_page_can_and_is_all_there) {
  LaneMemory memory;
  ASSERT_TRUE(memory.allocate(kSizeBytes).is_ok());
  EXPECT_EQ(reinterpret_cast<uintptr_t>(memory.data()) % (size_t{2} << 20), 0U);
  auto* const bytes = static_cast<uint8_t*>(memory.data());
  bytes[0] = 1;
  bytes[kSizeBytes - 1] = 1;
}

#if defined(__linux__)

// Of the mapping that begins at `address`: the line of /proc/self/smaps with this title, empty where the kernel has none.
std::string mapping_line(const void* address, const std::string& title) {
  std::ostringstream start;
  start << std::hex << reinterpret_cast<uintptr_t>(address) << '-';
  std::ifstream maps("/proc/self/smaps");
  bool is_ours = false;
  for (std::string line; std::getline(maps, line);) {
    if (line.find('-') < line.find(' ')) {
      is_ours = line.starts_with(start.str());
    } else if (is_ours && line.starts_with(title)) {
      return line;
    }
  }
  return "";
}

bool asks_for_huge_pages(const void* address) { return mapping_line(address, "VmFlags:").find(" hg") != std::string::npos; }

// What is asked for shows; an emulator leaves it out.
bool system_tells_what_is_asked() {
  void* const mapped = ::mmap(nullptr, kSizeBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  const bool is_told = ::madvise(mapped, kSizeBytes, MADV_HUGEPAGE) == 0 && asks_for_huge_pages(mapped);
  ::munmap(mapped, kSizeBytes);
  return is_told;
}

TEST(LaneMemory, asks_for_huge_pages) {
  LaneMemory memory;
  ASSERT_TRUE(memory.allocate(kSizeBytes).is_ok());
  if (!system_tells_what_is_asked()) {
    GTEST_SKIP() << "the system has no huge pages, or does not tell who asked for them";
  }
  EXPECT_TRUE(asks_for_huge_pages(memory.data()));
}

TEST(LockedLaneMemory, cannot_be_paged_out_until_it_is_discarded) {
  if (PQFLOW_TEST_IS_SANITIZED != 0) {
    GTEST_SKIP() << "sanitizers lock no memory, whoever asks";
  }
  LaneMemory pageable;
  const uint64_t before_kib = locked_kib();
  ASSERT_TRUE(pageable.allocate(1 << 20).is_ok());
  EXPECT_EQ(locked_kib(), before_kib);
  LaneMemory locked;
  const base::Result result = locked.allocate(1 << 20, PQFLOW_RING_MEMORY_LOCKED);
  if (!result.is_ok()) {
    GTEST_SKIP() << "this process may not lock a mebibyte: " << result.message;
  }
  EXPECT_EQ(locked_kib(), before_kib + 1024);
  static_cast<uint8_t*>(locked.data())[(1 << 20) - 1] = 1;
  locked.discard_after(4096);
  EXPECT_EQ(locked_kib(), before_kib + 4);
  EXPECT_EQ(static_cast<uint8_t*>(locked.data())[(1 << 20) - 1], 0);
}

// In a process of its own: the limit does not hold for root, and nobody gets it back.
std::string message_of_a_process_that_may_lock(size_t limit_bytes) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    constexpr uid_t kNobody = 65534;
    const rlimit limit{limit_bytes, limit_bytes};
    const bool is_set = setrlimit(RLIMIT_MEMLOCK, &limit) == 0 && (geteuid() != 0 || setresuid(kNobody, kNobody, kNobody) == 0);
    LaneMemory memory;
    const base::Result result = memory.allocate(1 << 20, PQFLOW_RING_MEMORY_LOCKED);
    const std::string text = is_set ? std::to_string(result.status) + " " + result.message : "no limit could be set";
    const bool is_told = write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size());
    _exit(is_told ? 0 : 1);
  }
  close(ends[1]);
  char text[512] = {};
  EXPECT_GT(read(ends[0], text, sizeof text - 1), 0);
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  return text;
}

TEST(LockedLaneMemory, names_the_limit_that_refuses_it_and_what_to_do) {
  if (PQFLOW_TEST_IS_SANITIZED != 0) {
    GTEST_SKIP() << "sanitizers lock no memory, whoever asks";
  }
  EXPECT_EQ(message_of_a_process_that_may_lock(65'536),
            std::to_string(PQFLOW_STATUS_OUT_OF_MEMORY) +
                " cannot lock 1048576 bytes of the ring in memory: the limit of the process is 65536 bytes in all; raise it (ulimit -l), "
                "lower ring_slots_count, or leave ring_memory pageable");
}

#endif

}  // namespace
}  // namespace pqflow::ring::test
