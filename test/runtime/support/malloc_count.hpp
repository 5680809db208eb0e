// Counts calls of malloc and its kin (operator new calls them), in this program and in the libraries it uses, per thread.
#pragma once

#include <cstdint>

namespace pqflow::test {

// False where the C library cannot be asked to: without glibc, and under sanitizers, which replace malloc.
bool counts_malloc() noexcept;

// Calls and bytes asked for by this thread since it began.
uint64_t malloc_count() noexcept;
uint64_t malloc_bytes() noexcept;

}  // namespace pqflow::test
