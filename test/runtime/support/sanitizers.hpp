// Whether the program is built with a sanitizer that replaces malloc, as gcc and as clang say it.
#pragma once

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
#define PQFLOW_TEST_IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define PQFLOW_TEST_IS_SANITIZED 1
#endif
#endif
#if !defined(PQFLOW_TEST_IS_SANITIZED)
#define PQFLOW_TEST_IS_SANITIZED 0
#endif
