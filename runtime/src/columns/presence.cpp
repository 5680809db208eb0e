#include "columns/presence.hpp"

#include <cstring>

#include "encoding/bytes.hpp"

namespace pqflow::columns {
namespace {

using encoding::load;

template <typename Word>
void compare_sentinel(const uint8_t* values, Word sentinel, size_t count, uint8_t* present) noexcept {
  for (size_t index = 0; index < count; ++index) {
    present[index] = load<Word>(values + index * sizeof(Word)) != sentinel ? 1 : 0;
  }
}

// Any NaN: all exponent bits set and a fraction that is not 0, sign ignored.
template <typename Word>
void compare_nan(const uint8_t* values, Word infinity_bits, size_t count, uint8_t* present) noexcept {
  constexpr Word kSign = static_cast<Word>(Word{1} << (sizeof(Word) * 8 - 1));
  for (size_t index = 0; index < count; ++index) {
    present[index] = (load<Word>(values + index * sizeof(Word)) & static_cast<Word>(~kSign)) <= infinity_bits ? 1 : 0;
  }
}

void find_sentinels(const pqflow_field& field, const uint8_t* values, size_t count, uint8_t* present) noexcept {
  const uint64_t sentinel = field.null_value_bits;
  switch (field.width_bytes) {
    case 1:
      return compare_sentinel(values, static_cast<uint8_t>(sentinel), count, present);
    case 2:
      return compare_sentinel(values, static_cast<uint16_t>(sentinel), count, present);
    case 4:
      return compare_sentinel(values, static_cast<uint32_t>(sentinel), count, present);
    default:
      return compare_sentinel(values, sentinel, count, present);
  }
}

void find_nans(const pqflow_field& field, const uint8_t* values, size_t count, uint8_t* present) noexcept {
  switch (field.width_bytes) {
    case 2:
      return compare_nan(values, uint16_t{0x7c00}, count, present);
    case 4:
      return compare_nan(values, uint32_t{0x7f800000}, count, present);
    default:
      return compare_nan(values, uint64_t{0x7ff0000000000000}, count, present);
  }
}

// Every value is stored at the place of the next present one, so that no branch depends on the data.
template <size_t kWidthBytes>
void compact_constant_width(uint8_t* target, const uint8_t* values, const uint8_t* present, size_t count) noexcept {
  size_t kept_count = 0;
  for (size_t index = 0; index < count; ++index) {
    std::memcpy(target + kept_count * kWidthBytes, values + index * kWidthBytes, kWidthBytes);
    kept_count += present[index];
  }
}

void compact_any_width(uint8_t* target, const uint8_t* values, const uint8_t* present, size_t count, size_t width_bytes) noexcept {
  for (size_t index = 0; index < count; ++index) {
    if (present[index] != 0) {
      std::memcpy(target, values + index * width_bytes, width_bytes);
      target += width_bytes;
    }
  }
}

}  // namespace

size_t count_present(const uint8_t* present, size_t count) noexcept {
  size_t present_count = 0;
  for (size_t index = 0; index < count; ++index) {
    present_count += present[index];
  }
  return present_count;
}

size_t find_present(const pqflow_field& field, const uint8_t* values, const uint8_t* valid, size_t count, uint8_t* present) noexcept {
  switch (field.null_kind) {
    case PQFLOW_NULL_BIT:
      std::memcpy(present, valid, count);
      break;
    case PQFLOW_NULL_SENTINEL:
      find_sentinels(field, values, count, present);
      break;
    case PQFLOW_NULL_ALWAYS:
      std::memset(present, 0, count);
      break;
    default:
      find_nans(field, values, count, present);
      break;
  }
  return count_present(present, count);
}

void compact(uint8_t* target, const uint8_t* values, const uint8_t* present, size_t count, size_t width_bytes) noexcept {
  switch (width_bytes) {
    case 1:
      return compact_constant_width<1>(target, values, present, count);
    case 2:
      return compact_constant_width<2>(target, values, present, count);
    case 4:
      return compact_constant_width<4>(target, values, present, count);
    case 8:
      return compact_constant_width<8>(target, values, present, count);
    case 12:
      return compact_constant_width<12>(target, values, present, count);
    case 16:
      return compact_constant_width<16>(target, values, present, count);
    default:
      return compact_any_width(target, values, present, count, width_bytes);
  }
}

}  // namespace pqflow::columns
