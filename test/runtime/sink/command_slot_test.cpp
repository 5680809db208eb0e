#include "sink/command_slot.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <thread>

namespace pqflow::sink::test {
namespace {

using Clock = std::chrono::steady_clock;

TEST(CommandSlot, hands_a_command_over_and_the_reply_back) {
  CommandSlot slot;
  EXPECT_EQ(slot.poll(), Command::kNone);
  auto answer = std::async(std::launch::async, [&] { return slot.run(Command::kFlush); });
  while (slot.poll() == Command::kNone) {
  }
  EXPECT_EQ(slot.poll(), Command::kFlush);
  slot.reply(base::Result::failure(PQFLOW_STATUS_IO_ERROR, "no", 5));
  const base::Result result = answer.get();
  EXPECT_EQ(result.status, PQFLOW_STATUS_IO_ERROR);
  EXPECT_EQ(result.message, "no");
  EXPECT_EQ(slot.poll(), Command::kNone);
}

TEST(CommandSlot, makes_what_the_caller_did_before_visible_to_the_writer) {
  CommandSlot slot;
  int plain = 0;
  std::thread caller([&] {
    plain = 42;
    (void)slot.run(Command::kClose);
  });
  while (slot.poll() == Command::kNone) {
  }
  EXPECT_EQ(plain, 42);
  slot.reply(base::Result::ok());
  caller.join();
}

TEST(CommandSlot, ends_a_sleep_when_a_command_arrives) {
  CommandSlot slot;
  const auto start = Clock::now();
  auto answer = std::async(std::launch::async, [&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return slot.run(Command::kFlush);
  });
  slot.sleep_ns(60'000'000'000);
  EXPECT_LT(Clock::now() - start, std::chrono::seconds(30));
  slot.reply(base::Result::ok());
  EXPECT_TRUE(answer.get().is_ok());
}

TEST(CommandSlot, ends_a_sleep_when_it_is_woken_before_or_meanwhile_and_only_that_one) {
  CommandSlot slot;
  const auto start = Clock::now();
  slot.wake();
  slot.sleep_ns(60'000'000'000);
  auto waker = std::async(std::launch::async, [&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    slot.wake();
  });
  slot.sleep_ns(60'000'000'000);
  EXPECT_LT(Clock::now() - start, std::chrono::seconds(30));
  waker.get();
  const auto again = Clock::now();
  slot.sleep_ns(5'000'000);
  EXPECT_GE(Clock::now() - again, std::chrono::milliseconds(5));
}

TEST(CommandSlot, sleeps_the_whole_time_without_a_command) {
  CommandSlot slot;
  const auto start = Clock::now();
  slot.sleep_ns(5'000'000);
  EXPECT_GE(Clock::now() - start, std::chrono::milliseconds(5));
}

}  // namespace
}  // namespace pqflow::sink::test
