#include "sink/build_info.hpp"

#include <string>

#include "codec/codec.hpp"

namespace pqflow::sink {

namespace {

std::string compiler() {
#if defined(__clang__)
  return "clang " __clang_version__;
#else
  return "gcc " __VERSION__;
#endif
}

std::string build_line() noexcept { return "pqflow " PQFLOW_VERSION ", " + compiler() + ", codecs " + codec::available_names(); }

}  // namespace

const char* build_info() noexcept {
  static const std::string line = build_line();
  return line.c_str();
}

}  // namespace pqflow::sink
