#pragma once

#include <cstdint>

namespace pqflow::base {

inline constexpr uint64_t kNsPerSecond = 1'000'000'000;

}  // namespace pqflow::base
