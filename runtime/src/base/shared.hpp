// A word in private memory that one thread stores and others load: counters for statistics, flags. Built on the four macros of platform.h,
// so that a model checker sees every shared word.
#pragma once

#include <pqflow/platform.h>

namespace pqflow::base {

template <typename Word>
class Shared {
 public:
  constexpr Shared() = default;
  explicit constexpr Shared(Word value) : value_(value) {}
  Shared(const Shared&) = delete;
  Shared& operator=(const Shared&) = delete;

  // For figures that order nothing: a reader may see them late.
  Word load() const noexcept { return PQFLOW_ATOMIC_LOAD_RELAXED(&value_); }
  void store(Word value) noexcept { PQFLOW_ATOMIC_STORE_RELAXED(&value_, value); }
  // One storing thread only: not an atomic addition.
  void add(Word difference) noexcept { store(static_cast<Word>(load() + difference)); }

  // What was written before publish() is seen by whoever saw its value with load_published().
  Word load_published() const noexcept { return PQFLOW_ATOMIC_LOAD_ACQUIRE(&value_); }
  void publish(Word value) noexcept { PQFLOW_ATOMIC_STORE_RELEASE(&value_, value); }

 private:
  Word value_{};
};

}  // namespace pqflow::base
