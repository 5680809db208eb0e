// A C caller may store any number in an enumeration; C++ may not even load one that is out of its range.
#pragma once

#include <cstdint>
#include <cstring>

namespace pqflow::base {

template <typename Enumeration>
uint32_t stored_number(const Enumeration& value) noexcept {
  static_assert(sizeof(Enumeration) == sizeof(uint32_t));
  uint32_t number;
  std::memcpy(&number, &value, sizeof number);
  return number;
}

}  // namespace pqflow::base
