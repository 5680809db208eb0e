// The product's words as Relacy's atomics, its records as Relacy's variables, found by their addresses.
#include "relacy_header.hpp"
// Behind it.
#include "replaced_names.hpp"
#include "ring/full_callbacks.hpp"
#include "sink/idle_strategy.hpp"
#include "watched_lanes.hpp"

#undef mutex
#undef condition_variable

namespace pqflow::model {

namespace {

// Relacy replaces these inline: whoever has not included it must find them as functions.
[[gnu::used]] void* (*const kNew[])(size_t) = {&operator new, &operator new[] };
[[gnu::used]] void (*const kDelete[])(void*) = {&operator delete, &operator delete[] };

// Relacy's objects live in the execution that made them: a place for each, none allocated, because Relacy follows allocations too.
template <typename Object, size_t kCapacity>
class Places {
 public:
  // The object of that address; made, and handed to `on_made`, when it is first asked for.
  template <typename OnMade>
  Object& at(const void* address, const OnMade& on_made) {
    for (size_t index = 0; index < count_; ++index) {
      if (addresses_[index] == address) {
        return object(index);
      }
    }
    RL_VERIFY(count_ < kCapacity);
    addresses_[count_] = address;
    auto* const made = new (storage_[count_++]) Object;
    on_made(*made);
    return *made;
  }
  Object& at(const void* address) {
    return at(address, [](Object&) {});
  }
  void destroy() {
    for (; count_ != 0; --count_) {
      object(count_ - 1).~Object();
    }
  }
  // After an execution that failed, whose objects went with it.
  void forget() { count_ = 0; }

 private:
  Object& object(size_t index) { return *reinterpret_cast<Object*>(storage_[index]); }

  size_t count_ = 0;
  const void* addresses_[kCapacity];
  alignas(Object) unsigned char storage_[kCapacity][sizeof(Object)];
};

// Holds the difference to what lay there before the execution: Relacy's atomics that need no first store begin with 0.
struct Word {
  rl::generic_atomic<uint64_t, true> difference;
  uint64_t first_value = 0;
};

struct Lane {
  const uint8_t* begin;
  size_t slot_size_bytes;
  size_t commit_offset_bytes;
  size_t size_bytes;
};

constexpr size_t kMaxLanes = 4;

Places<Word, 128> words;
Places<rl::var<uint64_t>, 128> plain_words;
Places<rl::mutex, 4> mutexes;
Places<rl::condition_variable, 4> conditions;
Lane lanes[kMaxLanes];
size_t lane_count;
const Mutant* active_mutant;
// Of the mutant that publishes a record before it copies it.
const void* late_slot;
uint64_t late_record;

const Lane* lane_of(const void* word) {
  for (size_t index = 0; index < lane_count; ++index) {
    const auto* const address = static_cast<const uint8_t*>(word);
    if (address >= lanes[index].begin && address < lanes[index].begin + lanes[index].size_bytes) {
      return &lanes[index];
    }
  }
  return nullptr;
}

WordKind kind_of(const Lane* lane, const void* word) {
  if (lane == nullptr) {
    return WordKind::kOutside;
  }
  const auto offset = static_cast<size_t>(static_cast<const uint8_t*>(word) - lane->begin);
  switch (offset) {
    case offsetof(pqflow_lane, producer.head_index):
      return WordKind::kHead;
    case offsetof(pqflow_lane, consumer.tail_index):
      return WordKind::kTail;
    case offsetof(pqflow_lane, producer.gap_head_index):
      return WordKind::kGapHead;
    case offsetof(pqflow_lane, consumer.gap_tail_index):
      return WordKind::kGapTail;
    default:
      return offset >= PQFLOW_LANE_HEADER_SIZE_BYTES ? WordKind::kCommit : WordKind::kOtherOfLane;
  }
}

rl::memory_order order_of(Order order, WordKind kind, bool is_store) {
  const Mutant* const mutant = active_mutant;
  if (order == Order::kRelaxed || (mutant != nullptr && mutant->weakens && mutant->kind == kind && mutant->is_store == is_store)) {
    return rl::mo_relaxed;
  }
  return order == Order::kAcquire ? rl::mo_acquire : rl::mo_release;
}

uint64_t value_at(const void* word, size_t size_bytes) {
  uint64_t value = 0;
  std::memcpy(&value, word, size_bytes);
  return value;
}

Word& word_at(const void* word, size_t size_bytes) {
  return words.at(word, [&](Word& made) { made.first_value = value_at(word, size_bytes); });
}

// A lane's words mean something to those only who have synchronised with whoever laid it out.
void check_laid_out(const Lane* lane) {
  if (lane != nullptr) {
    (void)plain_words.at(lane->begin)($).load();
  }
}

bool is_unlocked_here() { return is_mutant("nobody locks") || (is_mutant("the second thread does not lock") && rl::thread_index() == 1); }

rl::var<uint64_t>& owned_words(const Lane& lane) { return plain_words.at(lane.begin + 1); }

}  // namespace

uint64_t load_word(const void* word, size_t size_bytes, Order order) {
  const Lane* const lane = lane_of(word);
  check_laid_out(lane);
  const WordKind kind = kind_of(lane, word);
  Word& shared = word_at(word, size_bytes);
  const uint64_t value = shared.difference.load(order_of(order, kind, false), $) ^ shared.first_value;
  return kind == WordKind::kTail && order == Order::kAcquire && is_mutant("the producer takes one slot too many") ? value + 1 : value;
}

void store_word(void* word, size_t size_bytes, uint64_t value, Order order) {
  const Lane* const lane = lane_of(word);
  check_laid_out(lane);
  const WordKind kind = kind_of(lane, word);
  if (kind == WordKind::kHead) {
    owned_words (*lane)($).store(value);
  }
  Word& shared = word_at(word, size_bytes);
  shared.difference.store(value ^ shared.first_value, order_of(order, kind, true), $);
  // Its owner loads it plainly, and finds its own last store.
  std::memcpy(word, &value, size_bytes);
  if (kind == WordKind::kCommit && late_slot != nullptr) {
    write_plain(std::exchange(late_slot, nullptr), late_record);
  }
}

void copy_record(void* slot, const void* record, size_t size_bytes) {
  if (is_mutant("a record is published before it is copied")) {
    late_slot = slot;
    late_record = value_at(record, size_bytes);
    return;
  }
  write_plain(slot, value_at(record, size_bytes));
}

uint64_t read_record(const void* slot) { return read_plain(slot); }

void use_lane(const pqflow_lane& lane) { (void)owned_words (*lane_of(&lane))($).load(); }

void write_plain(const void* address, uint64_t value) { plain_words.at(address)($).store(value); }
uint64_t read_plain(const void* address) { return plain_words.at(address)($).load(); }

void watch_lane(pqflow_lane& lane) {
  RL_VERIFY(lane_count < kMaxLanes);
  const pqflow_lane_identity& identity = lane.identity;
  const auto* const begin = reinterpret_cast<const uint8_t*>(&lane);
  lanes[lane_count++] = {begin, identity.slot_size_bytes, identity.commit_offset_bytes,
                         PQFLOW_LANE_HEADER_SIZE_BYTES + size_t{identity.slot_count} * identity.slot_size_bytes};
  write_plain(begin, 1);
  owned_words(lanes[lane_count - 1])($).store(lane.producer.head_index);
}

void warm_up() { ring::FullCallbacks::instance(); }

void begin_execution(const Mutant* mutant) {
  words.forget();
  plain_words.forget();
  mutexes.forget();
  conditions.forget();
  lane_count = 0;
  late_slot = nullptr;
  active_mutant = mutant;
}

void end_execution() {
  words.destroy();
  plain_words.destroy();
  mutexes.destroy();
  conditions.destroy();
  lane_count = 0;
}

bool is_mutant(const char* name) { return active_mutant != nullptr && std::strcmp(active_mutant->name, name) == 0; }

void Mutex::lock() {
  if (!is_unlocked_here()) {
    mutexes.at(this).lock($);
  }
}

void Mutex::unlock() {
  if (!is_unlocked_here()) {
    mutexes.at(this).unlock($);
  }
}

// Who sleeps gives up a lock that he must have.
void Condition::sleep(Mutex& mutex) {
  rl::mutex& lock = mutexes.at(&mutex);
  if (is_unlocked_here()) {
    lock.lock($);
  }
  conditions.at(this).wait(lock, $);
  if (is_unlocked_here()) {
    lock.unlock($);
  }
}

void Condition::notify_one() {
  if (!is_mutant("a notification is left out")) {
    conditions.at(this).notify_one($);
  }
}

}  // namespace pqflow::model

// Another thread's turn: one that waits would else be alone for ever in some orders.
void pqflow::sink::relax_processor() noexcept { rl::yield(1, $); }
