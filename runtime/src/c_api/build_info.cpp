#include <pqflow/pqflow.h>

#include <string>

#include "codec/codec.hpp"

namespace {

std::string compiler() {
#if defined(__clang__)
  return "clang " __clang_version__;
#else
  return "gcc " __VERSION__;
#endif
}

std::string build_line() noexcept { return "pqflow " PQFLOW_VERSION ", " + compiler() + ", codecs " + pqflow::codec::available_names(); }

}  // namespace

extern "C" const char* pqflow_build_info(void) {
  static const std::string line = build_line();
  return line.c_str();
}
