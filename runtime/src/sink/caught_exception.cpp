#include "sink/caught_exception.hpp"

#include <exception>
#include <new>
#include <string>

namespace pqflow::sink {

base::Result describe_exception() noexcept {
  try {
    throw;
  } catch (const std::bad_alloc&) {
    return base::Result::failure(PQFLOW_STATUS_OUT_OF_MEMORY, {});
  } catch (const std::exception& exception) {
    try {
      return base::Result::failure(PQFLOW_STATUS_INTERNAL_ERROR, std::string("the writer thread stopped: ") + exception.what());
    } catch (...) {
      return base::Result::failure(PQFLOW_STATUS_INTERNAL_ERROR, {});
    }
  } catch (...) {
    return base::Result::failure(PQFLOW_STATUS_INTERNAL_ERROR, {});
  }
}

}  // namespace pqflow::sink
