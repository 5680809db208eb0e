// Before any header of the product: the four macros of platform.h become the model's. The product's sources are those that ship.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace pqflow::model {

enum class Order : uint8_t { kRelaxed, kAcquire, kRelease };

// Of 4 or 8 bytes.
uint64_t load_word(const void* word, size_t size_bytes, Order order);
void store_word(void* word, size_t size_bytes, uint64_t value, Order order);

template <typename Word>
Word load(const Word* word, Order order) {
  return static_cast<Word>(load_word(word, sizeof(Word), order));
}

template <typename Word, typename Value>
void store(Word* word, Value value, Order order) {
  store_word(word, sizeof(Word), static_cast<uint64_t>(value), order);
}

class Mutex {
 public:
  void lock();
  void unlock();
};

// Its sleeps have no end but a wake-up, so that one that got lost is a deadlock.
class Condition {
 public:
  template <typename IsReady>
  void wait(std::unique_lock<Mutex>& lock, const IsReady& is_ready) {
    while (!is_ready()) {
      sleep(*lock.mutex());
    }
  }
  template <typename Duration, typename IsReady>
  void wait_for(std::unique_lock<Mutex>& lock, const Duration&, const IsReady& is_ready) {
    wait(lock, is_ready);
  }
  void notify_one();

 private:
  void sleep(Mutex& mutex);
};

}  // namespace pqflow::model

#define PQFLOW_ATOMIC_LOAD_RELAXED(pointer) pqflow::model::load((pointer), pqflow::model::Order::kRelaxed)
#define PQFLOW_ATOMIC_LOAD_ACQUIRE(pointer) pqflow::model::load((pointer), pqflow::model::Order::kAcquire)
#define PQFLOW_ATOMIC_STORE_RELAXED(pointer, value) pqflow::model::store((pointer), (value), pqflow::model::Order::kRelaxed)
#define PQFLOW_ATOMIC_STORE_RELEASE(pointer, value) pqflow::model::store((pointer), (value), pqflow::model::Order::kRelease)
