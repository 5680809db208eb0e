// An exception that ends a capture, as a result.
#pragma once

#include "base/result.hpp"

namespace pqflow::sink {

// Inside a catch block: OUT_OF_MEMORY or INTERNAL_ERROR.
base::Result describe_exception() noexcept;

}  // namespace pqflow::sink
