// An exception that ends a capture, as a result; and a result that does, as an exception.
#pragma once

#include <exception>
#include <utility>

#include "base/result.hpp"

namespace pqflow::sink {

// Thrown where the thread that runs the agent learns of what befell another.
class CaptureEnded final : public std::exception {
 public:
  explicit CaptureEnded(base::Result why) : why_(std::move(why)) {}
  const base::Result& why() const noexcept { return why_; }
  const char* what() const noexcept override { return why_.message.c_str(); }

 private:
  base::Result why_;
};

// Inside a catch block: OUT_OF_MEMORY or INTERNAL_ERROR, `thread` in its message; or why the capture ended.
base::Result describe_exception(const char* thread) noexcept;

}  // namespace pqflow::sink
