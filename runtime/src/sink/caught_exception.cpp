#include "sink/caught_exception.hpp"

#include <new>
#include <string>

namespace pqflow::sink {

namespace {

// May throw for want of memory.
base::Result describe(const char* thread) {
  try {
    throw;
  } catch (const std::bad_alloc&) {
    return base::Result::failure(PQFLOW_STATUS_OUT_OF_MEMORY, {});
  } catch (const CaptureEnded& ended) {
    return ended.why();
  } catch (const std::exception& exception) {
    return base::Result::failure(PQFLOW_STATUS_INTERNAL_ERROR, std::string(thread) + " stopped: " + exception.what());
  }
}

}  // namespace

base::Result describe_exception(const char* thread) noexcept {
  try {
    return describe(thread);
  } catch (...) {
    return base::Result::failure(PQFLOW_STATUS_INTERNAL_ERROR, {});
  }
}

}  // namespace pqflow::sink
