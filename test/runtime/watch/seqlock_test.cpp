// Also under ThreadSanitizer, and in all orders under Relacy (test/models).
#include "watch/seqlock.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace pqflow::watch {
namespace {

constexpr size_t kWords = 16;

struct Board {
  uint64_t sequence = 0;
  uint64_t words[kWords] = {};
};

void store_all(Board& board, uint64_t value) {
  uint64_t values[kWords];
  std::fill(std::begin(values), std::end(values), value);
  store_words(board.sequence, board.words, values);
}

TEST(Seqlock, loads_what_was_stored) {
  Board board;
  store_all(board, 7);
  uint64_t values[kWords];
  ASSERT_TRUE(try_load_words(board.sequence, board.words, values));
  EXPECT_EQ(values[0], 7U);
  EXPECT_EQ(values[kWords - 1], 7U);
}

TEST(Seqlock, refuses_words_that_are_being_stored) {
  Board board;
  store_all(board, 7);
  ++board.sequence;
  uint64_t values[kWords];
  EXPECT_FALSE(try_load_words(board.sequence, board.words, values));
}

TEST(Seqlock, never_loads_words_of_two_stores) {
  Board board;
  std::atomic<bool> is_over = false;
  uint64_t torn_count = 0;
  uint64_t whole_count = 0;
  std::thread reader([&] {
    uint64_t last = 0;
    while (!is_over || whole_count == 0) {
      uint64_t values[kWords];
      if (!try_load_words(board.sequence, board.words, values)) {
        continue;
      }
      ++whole_count;
      for (const uint64_t value : values) {
        torn_count += value != values[0] || value < last ? 1U : 0U;
      }
      last = values[0];
    }
  });
  for (uint64_t round = 1; round <= 50'000; ++round) {
    store_all(board, round);
  }
  is_over = true;
  reader.join();
  EXPECT_EQ(torn_count, 0U);
  EXPECT_GT(whole_count, 0U);
}

}  // namespace
}  // namespace pqflow::watch
