// One thread stores a few words, others load them all as they were at one instant. Nobody waits for anybody: who loads while they change
// tries again.
//
//   sequence   even: the words are whole; odd: they are being stored. Each store_words() adds 2.
//
// Instead of fences every word is stored with release and loaded with acquire, which costs nothing on x86-64 and which ThreadSanitizer and
// Relacy understand (test/models/relacy). Who loads a word of a store that goes on sees the odd number stored before it, and so another
// sequence than at first; who finds the sequence even sees all that was stored before it.
#pragma once

#include <pqflow/platform.h>

#include <cstddef>
#include <cstdint>

namespace pqflow::watch {

// Sequence and words may lie in memory that other processes read. Always the same thread; never blocks.
template <size_t kWords>
void store_words(uint64_t& sequence, uint64_t (&words)[kWords], const uint64_t (&values)[kWords]) noexcept {
  const uint64_t before = PQFLOW_ATOMIC_LOAD_RELAXED(&sequence);  // Its own.
  PQFLOW_ATOMIC_STORE_RELAXED(&sequence, before + 1);
  for (size_t index = 0; index < kWords; ++index) {
    PQFLOW_ATOMIC_STORE_RELEASE(&words[index], values[index]);
  }
  PQFLOW_ATOMIC_STORE_RELEASE(&sequence, before + 2);
}

// False: they changed meanwhile, and `values` means nothing. Any thread or process; never blocks.
template <size_t kWords>
bool try_load_words(const uint64_t& sequence, const uint64_t (&words)[kWords], uint64_t (&values)[kWords]) noexcept {
  const uint64_t before = PQFLOW_ATOMIC_LOAD_ACQUIRE(&sequence);
  for (size_t index = 0; index < kWords; ++index) {
    values[index] = PQFLOW_ATOMIC_LOAD_ACQUIRE(&words[index]);
  }
  return before % 2 == 0 && PQFLOW_ATOMIC_LOAD_RELAXED(&sequence) == before;
}

}  // namespace pqflow::watch
