#include "support/malloc_count.hpp"

#include <stdlib.h>

#include "support/sanitizers.hpp"

static thread_local uint64_t thread_malloc_count = 0;
static thread_local uint64_t thread_malloc_bytes = 0;

#if defined(__GLIBC__) && !PQFLOW_TEST_IS_SANITIZED
#define PQFLOW_TEST_COUNTS_MALLOC 1

extern "C" void* __libc_malloc(size_t size_bytes);
extern "C" void* __libc_calloc(size_t count, size_t size_bytes);
extern "C" void* __libc_realloc(void* memory, size_t size_bytes);
extern "C" void* __libc_memalign(size_t align_bytes, size_t size_bytes);

static void count(size_t size_bytes) noexcept {
  ++thread_malloc_count;
  thread_malloc_bytes += size_bytes;
}

extern "C" void* malloc(size_t size_bytes) noexcept {
  count(size_bytes);
  return __libc_malloc(size_bytes);
}
extern "C" void* calloc(size_t element_count, size_t size_bytes) noexcept {
  count(element_count * size_bytes);
  return __libc_calloc(element_count, size_bytes);
}
extern "C" void* realloc(void* memory, size_t size_bytes) noexcept {
  count(size_bytes);
  return __libc_realloc(memory, size_bytes);
}
// What operator new calls for memory with an alignment of its own.
extern "C" void* aligned_alloc(size_t align_bytes, size_t size_bytes) noexcept {
  count(size_bytes);
  return __libc_memalign(align_bytes, size_bytes);
}
#else
#define PQFLOW_TEST_COUNTS_MALLOC 0
#endif

namespace pqflow::test {

bool counts_malloc() noexcept { return PQFLOW_TEST_COUNTS_MALLOC != 0; }
uint64_t malloc_count() noexcept { return thread_malloc_count; }
uint64_t malloc_bytes() noexcept { return thread_malloc_bytes; }

}  // namespace pqflow::test
