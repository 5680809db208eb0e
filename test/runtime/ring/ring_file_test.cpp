#include "ring/ring_file.hpp"

#include <gtest/gtest.h>
#include <pqflow/producer.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <deque>
#include <fstream>
#include <string>

#include "ring/orphan_ring.hpp"

namespace pqflow::ring {
namespace {

constexpr uint32_t kRecordBytes = 16;
constexpr uint64_t kSlots = 64;
const std::string kDescriptor = "what the columns are";

RingParams params() {
  RingParams made;
  made.geometry = make_geometry(kSlots, pqflow_slot_size_bytes(kRecordBytes, 8), kRecordBytes);
  made.layout_fingerprint = 11;
  made.schema_fingerprint = 22;
  made.max_lanes = 3;
  return made;
}

// In memory where the system has such a folder, as rings are.
std::string folder() { return ::access("/dev/shm", W_OK) == 0 ? "/dev/shm" : ::testing::TempDir(); }
// The same in a forked child.
const std::string kMark = "ring-" + std::to_string(::getpid());
std::string name() { return kMark + ::testing::UnitTest::GetInstance()->current_test_info()->name(); }
std::string ring_path() { return folder() + "/" + name(); }

pqflow_lane& add_lane(RingFile& file, uint32_t lane_index, uint64_t first_index = 0) {
  LaneParams lane;
  lane.geometry = params().geometry;
  lane.layout_fingerprint = 11;
  lane.schema_fingerprint = 22;
  lane.lane_index = lane_index;
  lane.first_index = first_index;
  static std::deque<LaneMemory> memories;
  LaneMemory& memory = memories.emplace_back();
  EXPECT_TRUE(file.take_lane(lane_index, PQFLOW_RING_MEMORY_PAGEABLE, memory).is_ok());
  return lane_init(memory.data(), lane);
}

void log_records(pqflow_lane& lane, uint64_t first, uint64_t count) {
  for (uint64_t value = first; value < first + count; ++value) {
    const uint64_t record[2] = {value, ~value};
    ASSERT_EQ(pqflow_lane_log(&lane, record, kRecordBytes, params().geometry.slot_size_bytes), PQFLOW_STATUS_OK);
  }
}

base::Result create(RingFile& file) { return file.create(folder(), name(), params(), kDescriptor.data(), kDescriptor.size()); }

// A process of its own that leaves a ring with lane 0 (records from 1000 on) and lane 1 (none), killed.
void leave_orphan(uint64_t record_count = 5) {
  ::unlink(ring_path().c_str());
  const pid_t child = ::fork();
  if (child == 0) {
    RingFile file;
    if (!create(file).is_ok()) {
      ::_exit(1);
    }
    store_file_in_progress(file.header(), "/data/.first.parquet.inprogress");
    store_file_in_progress(file.header(), "/data/.second.parquet.inprogress");
    log_records(add_lane(file, 0, 1000), 1000, record_count);
    add_lane(file, 1);
    ::raise(SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void store(const std::string& path, const std::string& bytes) { std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes; }

TEST(RingFile, RecordsOfAKilledProcessAreReadWithLaneAndNumber) {
  leave_orphan();
  OrphanRing ring;
  const base::Result result = read_orphan_ring(ring_path(), ring);
  ASSERT_TRUE(result.is_ok()) << result.message;
  EXPECT_FALSE(ring.is_live);
  EXPECT_EQ(std::string(ring.descriptor.begin(), ring.descriptor.end()), kDescriptor);
  EXPECT_EQ(ring.file_in_progress, "/data/.second.parquet.inprogress");
  ASSERT_EQ(ring.lanes.size(), 2U);
  EXPECT_EQ(ring.lanes[0].first_index, 1000U);
  ASSERT_EQ(ring.lanes[0].record_count, 5U);
  for (uint64_t index = 0; index < 5; ++index) {
    uint64_t record[2];
    std::memcpy(record, ring.lanes[0].records.data() + index * kRecordBytes, kRecordBytes);
    EXPECT_EQ(record[0], 1000 + index);
    EXPECT_EQ(record[1], ~(1000 + index));
  }
  EXPECT_EQ(ring.lanes[1].record_count, 0U);
  ::unlink(ring_path().c_str());
}

TEST(RingFile, ARingFullOfRecordsIsReadOnceAround) {
  leave_orphan(kSlots);
  OrphanRing ring;
  ASSERT_TRUE(read_orphan_ring(ring_path(), ring).is_ok());
  ASSERT_EQ(ring.lanes[0].record_count, kSlots);
  uint64_t last;
  std::memcpy(&last, ring.lanes[0].records.data() + (kSlots - 1) * kRecordBytes, sizeof last);
  EXPECT_EQ(last, 1000 + kSlots - 1);
  ::unlink(ring_path().c_str());
}

TEST(RingFile, ARingOfARunningProcessIsLiveAndItsLanesAreNotRead) {
  RingFile file;
  ASSERT_TRUE(create(file).is_ok());
  log_records(add_lane(file, 0), 0, 3);
  OrphanRing ring;
  ASSERT_TRUE(read_orphan_ring(ring_path(), ring).is_ok());
  EXPECT_TRUE(ring.is_live);
  EXPECT_TRUE(ring.lanes.empty());
  file.remove();
}

TEST(RingFile, ANameThatIsTakenIsRefusedAndTheOtherRingKept) {
  RingFile file;
  ASSERT_TRUE(create(file).is_ok());
  RingFile second;
  const base::Result result = create(second);
  EXPECT_EQ(result.status, PQFLOW_STATUS_IO_ERROR);
  EXPECT_EQ(result.os_error, EEXIST);
  EXPECT_EQ(::access(ring_path().c_str(), F_OK), 0);
  file.remove();
}

TEST(RingFile, ALaneThatDoesNotFitNamesFolderNeedAndRoom) {
  RingParams huge = params();
  huge.geometry = make_geometry(PQFLOW_LANE_SLOTS_MAX_COUNT, 4096, kRecordBytes);
  RingFile file;
  ASSERT_TRUE(file.create(folder(), name(), huge, nullptr, 0).is_ok()) << "lanes take memory when they are attached";
  LaneMemory memory;
  const base::Result result = file.take_lane(0, PQFLOW_RING_MEMORY_PAGEABLE, memory);
  EXPECT_EQ(result.status, PQFLOW_STATUS_NO_SPACE) << result.message;
  EXPECT_NE(result.message.find("a lane of the ring needs 4398046527872 bytes in " + folder()), std::string::npos) << result.message;
  EXPECT_NE(result.message.find("lower ring_slots_count"), std::string::npos) << result.message;
  file.remove();
}

TEST(RingFile, LanesTakeMemoryOneByOne) {
  RingFile file;
  ASSERT_TRUE(create(file).is_ok());
  const auto taken_bytes = [] {
    struct stat status {};
    EXPECT_EQ(::stat(ring_path().c_str(), &status), 0);
    return static_cast<uint64_t>(status.st_blocks) * 512;
  };
  const uint64_t before_bytes = taken_bytes();
  add_lane(file, 0);
  const uint64_t lane_bytes = file.header().identity.lane_stride_bytes;
  EXPECT_EQ(taken_bytes(), before_bytes + lane_bytes);
  add_lane(file, 1);
  EXPECT_EQ(taken_bytes(), before_bytes + 2 * lane_bytes);
  file.remove();
}

TEST(RingFile, ALaneAsLongAsAHugePageBeginsWhereOneCan) {
  constexpr size_t kHugePageBytes = size_t{2} << 20;
  RingParams large = params();
  large.geometry = make_geometry(1 << 17, params().geometry.slot_size_bytes, kRecordBytes);
  RingFile file;
  ASSERT_TRUE(file.create(folder(), name(), large, kDescriptor.data(), kDescriptor.size()).is_ok());
  EXPECT_EQ(file.header().identity.lanes_offset_bytes % kHugePageBytes, 0U);
  LaneMemory memories[2];
  for (uint32_t index = 0; index < 2; ++index) {
    ASSERT_TRUE(file.take_lane(index, PQFLOW_RING_MEMORY_PAGEABLE, memories[index]).is_ok());
    EXPECT_EQ(reinterpret_cast<uintptr_t>(memories[index].data()) % kHugePageBytes, 0U);
    const LaneParams lane{large.geometry, 11, 22, index, 0, PQFLOW_FULL_POLICY_DROP, 0};
    log_records(lane_init(memories[index].data(), lane), index, 1 << 16);
  }
  file.leave();
  OrphanRing ring;
  const base::Result result = read_orphan_ring(ring_path(), ring);
  ASSERT_TRUE(result.is_ok()) << result.message;
  ASSERT_EQ(ring.lanes.size(), 2U);
  for (uint32_t index = 0; index < 2; ++index) {
    ASSERT_EQ(ring.lanes[index].record_count, 1U << 16);
    uint64_t last;
    std::memcpy(&last, ring.lanes[index].records.data() + ((1 << 16) - 1) * kRecordBytes, sizeof last);
    EXPECT_EQ(last, index + (1 << 16) - 1);
  }
  ::unlink(ring_path().c_str());
}

TEST(RingFile, ASchemaThatIsTooLongIsRefusedAndLeavesNoFile) {
  const std::string descriptor(kRingMaxDescriptorBytes + 1, 'x');
  RingFile file;
  const base::Result result = file.create(folder(), name(), params(), descriptor.data(), descriptor.size());
  EXPECT_EQ(result.status, PQFLOW_STATUS_INVALID_ARGUMENT);
  EXPECT_NE(result.message.find("67108865 bytes in the ring; the limit is 67108864"), std::string::npos) << result.message;
  EXPECT_NE(::access(ring_path().c_str(), F_OK), 0);
}

TEST(RingFile, AFileThatTheProcessMayNotMakeIsRefusedAndDoesNotEndIt) {
  const pid_t child = ::fork();
  if (child == 0) {
    const rlimit limit{1 << 16, 1 << 16};
    RingFile file;
    const bool is_set = ::setrlimit(RLIMIT_FSIZE, &limit) == 0;
    const base::Result result = create(file);
    ::_exit(is_set && result.status == PQFLOW_STATUS_NO_SPACE && result.message.find("ulimit -f") != std::string::npos ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "signal " << WTERMSIG(status);
  EXPECT_NE(::access(ring_path().c_str(), F_OK), 0);
}

TEST(RingFile, ARingThatItsProcessLeftIsNotLiveAnyMore) {
  RingFile file;
  ASSERT_TRUE(create(file).is_ok());
  log_records(add_lane(file, 0), 0, 3);
  file.leave();
  OrphanRing ring;
  ASSERT_TRUE(read_orphan_ring(ring_path(), ring).is_ok());
  EXPECT_FALSE(ring.is_live);
  ASSERT_EQ(ring.lanes.size(), 1U);
  EXPECT_EQ(ring.lanes[0].record_count, 3U);
  ::unlink(ring_path().c_str());
}

TEST(RingFile, RecordsThatTheWriterSaidToBeInTheFileAreNotReadAgain) {
  RingFile file;
  ASSERT_TRUE(create(file).is_ok());
  pqflow_lane& lane = add_lane(file, 0);
  log_records(lane, 0, 9);
  lane.consumer.tail_index = 2;
  const auto first_read = [&](uint64_t persisted_index) {
    lane.consumer.persisted_index = persisted_index;
    std::string bytes = bytes_of(ring_path());
    bytes[offsetof(RingHeader, is_left)] = 1;
    const std::string copy = ring_path() + ".copy";
    store(copy, bytes);
    OrphanRing ring;
    EXPECT_TRUE(read_orphan_ring(copy, ring).is_ok());
    ::unlink(copy.c_str());
    return ring.lanes[0].first_index;
  };
  EXPECT_EQ(first_read(5), 5U);
  EXPECT_EQ(first_read(0), 2U) << "given back before it was said";
  EXPECT_EQ(first_read(2 + kSlots + 1), 2U) << "more than the lane holds: not believed";
  file.remove();
}

TEST(RingFile, RecordsThatAreNotOnTheDiskAreReadAgainWhereTheRingKeptThem) {
  RingFile file;
  RingParams kept = params();
  kept.keeps_unsynced = true;
  ASSERT_TRUE(file.create(folder(), name(), kept, kDescriptor.data(), kDescriptor.size()).is_ok());
  pqflow_lane& lane = add_lane(file, 0);
  log_records(lane, 0, 9);
  lane.consumer.tail_index = 2;
  lane.consumer.persisted_index = 7;
  lane.consumer.durable_index = 4;
  file.leave();
  OrphanRing ring;
  ASSERT_TRUE(read_orphan_ring(ring_path(), ring).is_ok());
  EXPECT_EQ(ring.lanes.at(0).first_index, 4U);
  EXPECT_EQ(ring.lanes.at(0).record_count, 5U);
  ::unlink(ring_path().c_str());
}

TEST(RingFile, NoTwoNamesAreTheSameAndEachTellsTheProcess) {
  const std::string first = make_ring_name();
  EXPECT_NE(first, make_ring_name());
  EXPECT_TRUE(first.starts_with("pqflow-" + std::to_string(::getpid()) + "-")) << first;
  EXPECT_TRUE(first.ends_with(".ring")) << first;
}

TEST(RingFile, EveryDamagedByteOfTheHeaderIsAnErrorAndNeverACrash) {
  leave_orphan();
  const std::string good = bytes_of(ring_path());
  for (size_t offset = 0; offset < sizeof(RingIdentity); ++offset) {
    std::string bad = good;
    bad[offset] = static_cast<char>(bad[offset] ^ 0x5a);
    store(ring_path(), bad);
    OrphanRing ring;
    const base::Result result = read_orphan_ring(ring_path(), ring);
    EXPECT_EQ(result.status, PQFLOW_STATUS_INVALID_ARGUMENT) << "byte " << offset;
    EXPECT_FALSE(result.message.empty());
  }
  ::unlink(ring_path().c_str());
}

TEST(RingFile, DamagedPathsDescriptorsAndLanesAreErrorsOrAreFoundInTheirOlderCopy) {
  leave_orphan();
  const std::string good = bytes_of(ring_path());
  RingIdentity identity;
  std::memcpy(&identity, good.data(), sizeof identity);
  OrphanRing ring;

  std::string torn_path = good;
  torn_path[kRingPageBytes + 2 * kRingPageBytes + 40] ^= 1;
  store(ring_path(), torn_path);
  ASSERT_TRUE(read_orphan_ring(ring_path(), ring).is_ok());
  EXPECT_EQ(ring.file_in_progress, "/data/.first.parquet.inprogress");

  std::string bad_descriptor = good;
  bad_descriptor[kRingHeaderBytes] ^= 1;
  store(ring_path(), bad_descriptor);
  EXPECT_NE(read_orphan_ring(ring_path(), ring).message.find("descriptor is damaged"), std::string::npos);

  for (size_t offset = 0; offset < offsetof(pqflow_lane_identity, reserved); ++offset) {
    std::string bad_lane = good;
    bad_lane[identity.lanes_offset_bytes + offset] ^= 0x5a;
    store(ring_path(), bad_lane);
    EXPECT_EQ(read_orphan_ring(ring_path(), ring).status, PQFLOW_STATUS_INVALID_ARGUMENT) << "byte " << offset;
  }
  ::unlink(ring_path().c_str());
}

TEST(RingFile, ARingThatWasCutIsAnErrorAtEveryLength) {
  leave_orphan();
  const std::string good = bytes_of(ring_path());
  for (size_t length = 0; length < good.size(); length += 997) {
    store(ring_path(), good.substr(0, length));
    OrphanRing ring;
    EXPECT_EQ(read_orphan_ring(ring_path(), ring).status, PQFLOW_STATUS_INVALID_ARGUMENT) << length << " bytes";
  }
  ::unlink(ring_path().c_str());
}

}  // namespace
}  // namespace pqflow::ring
