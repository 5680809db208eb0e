#include "codec/scratch_heap.hpp"

#include <gtest/gtest.h>

#include <cstring>

namespace pqflow::codec {
namespace {

constexpr size_t kOverheadBytes = 64;

TEST(ScratchHeap, gives_aligned_blocks_that_do_not_overlap) {
  ScratchHeap heap(4096);
  auto* const first = static_cast<uint8_t*>(heap.allocate(100));
  auto* const second = static_cast<uint8_t*>(heap.allocate(1));
  ASSERT_NE(first, nullptr);
  ASSERT_NE(second, nullptr);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(first) % 64, 0U);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(second) % 64, 0U);
  EXPECT_GE(second, first + 100);
}

TEST(ScratchHeap, refuses_what_does_not_fit_and_still_serves_what_does) {
  ScratchHeap heap(1024);
  EXPECT_EQ(heap.allocate(1024), nullptr);
  EXPECT_EQ(heap.allocate(SIZE_MAX), nullptr);
  EXPECT_NE(heap.allocate(1024 - kOverheadBytes), nullptr);
  EXPECT_EQ(heap.allocate(1), nullptr);
}

TEST(ScratchHeap, joins_released_neighbours) {
  ScratchHeap heap(1024);
  void* blocks[4];
  for (void*& block : blocks) {
    block = heap.allocate(256 - kOverheadBytes);
    ASSERT_NE(block, nullptr);
  }
  heap.release(blocks[1]);
  heap.release(blocks[2]);
  EXPECT_EQ(heap.allocate(600), nullptr);
  EXPECT_EQ(heap.allocate(512 - kOverheadBytes), blocks[1]);
}

TEST(ScratchHeap, is_as_new_when_all_is_released) {
  ScratchHeap heap(1024);
  void* const first = heap.allocate(300);
  void* const second = heap.allocate(300);
  EXPECT_EQ(heap.allocate(900), nullptr);
  heap.release(second);
  heap.release(first);
  heap.release(nullptr);
  EXPECT_EQ(heap.allocate(900), first);
}

TEST(ScratchHeap, knows_its_own_blocks) {
  ScratchHeap heap(1024);
  ScratchHeap other(1024);
  EXPECT_TRUE(heap.owns(heap.allocate(100)));
  EXPECT_TRUE(heap.owns(nullptr));
  EXPECT_FALSE(heap.owns(other.allocate(100)));
}

TEST(ScratchHeap, remembers_how_far_blocks_reached) {
  ScratchHeap heap(4096);
  EXPECT_EQ(heap.high_water_bytes(), 0U);
  void* const block = heap.allocate(1000);
  heap.release(block);
  heap.allocate(10);
  EXPECT_EQ(heap.high_water_bytes(), 1024U + kOverheadBytes);
}

}  // namespace
}  // namespace pqflow::codec
