#include "support/malloc_count.hpp"

#include <stdlib.h>

static thread_local uint64_t thread_malloc_count = 0;
static thread_local uint64_t thread_malloc_bytes = 0;

#if defined(__GLIBC__) && !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
#define PQFLOW_TEST_COUNTS_MALLOC 1

extern "C" void* __libc_malloc(size_t size_bytes);
extern "C" void* malloc(size_t size_bytes) noexcept {
  ++thread_malloc_count;
  thread_malloc_bytes += size_bytes;
  return __libc_malloc(size_bytes);
}
#else
#define PQFLOW_TEST_COUNTS_MALLOC 0
#endif

namespace pqflow::test {

bool counts_malloc() noexcept { return PQFLOW_TEST_COUNTS_MALLOC != 0; }
uint64_t malloc_count() noexcept { return thread_malloc_count; }
uint64_t malloc_bytes() noexcept { return thread_malloc_bytes; }

}  // namespace pqflow::test
