// How threads of the runtime begin.
#pragma once

#include <functional>
#include <thread>

#include "base/result.hpp"

namespace pqflow::sink {

// Throws std::system_error as std::thread does. Tests replace it.
using ThreadStarter = std::thread (*)(std::function<void()> body);

// The thread blocks every signal: handlers of the process run on its own threads.
std::thread start_real_thread(std::function<void()> body);

// `body` on a thread of that name (15 bytes at most). PQFLOW_STATUS_THREAD_ERROR, and `role` in its message, when the system refuses.
base::Result start_named_thread(ThreadStarter starter, const char* name, const char* role, std::function<void()> body, std::thread& thread);

}  // namespace pqflow::sink
