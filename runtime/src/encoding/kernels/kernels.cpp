#include "encoding/kernels/kernels.hpp"

#include <array>

#include "encoding/kernels/tables.hpp"

namespace pqflow::encoding {
namespace {

struct Supported {
  std::array<const Kernels*, 3> tables{&kBaselineKernels};  // Each faster than the one before.
  size_t count = 1;
};

Supported find_supported() noexcept {
  Supported supported;
#ifdef __x86_64__
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) {
    supported.tables[supported.count++] = &kAvx2Kernels;
    // The first CPUs with AVX-512 had no VBMI2, and lowered their clock for vectors of 64 bytes.
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("vpclmulqdq")) {
      supported.tables[supported.count++] = &kAvx512Kernels;
    }
  }
#endif
  return supported;
}

const Supported& supported() noexcept {
  static const Supported found = find_supported();
  return found;
}

}  // namespace

const Kernels& kernels() noexcept { return *supported().tables[supported().count - 1]; }

std::span<const Kernels* const> supported_kernels() noexcept { return {supported().tables.data(), supported().count}; }

}  // namespace pqflow::encoding
