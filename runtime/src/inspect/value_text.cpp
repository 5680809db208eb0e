#include "inspect/value_text.hpp"

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <vector>

#include "verify/value_rules.hpp"

namespace pqflow::inspect {
namespace {

using verify::Bytes;
using verify::Leaf;
using verify::PhysicalType;

constexpr int64_t kSecondsPerDay = 86'400;

template <typename T>
T load(Bytes value) {
  T number;
  std::memcpy(&number, value.data(), sizeof number);
  return number;
}

template <typename... Arguments>
std::string formatted(const char* format, Arguments... arguments) {
  char text[96];
  const int length = std::snprintf(text, sizeof text, format, arguments...);
  return {text, static_cast<size_t>(length)};
}

template <typename T>
std::string shortest(T number) {
  char text[40];
  const auto end = std::to_chars(text, text + sizeof text, number).ptr;
  return {text, end};
}

int64_t floor_divide(int64_t value, int64_t by) { return value / by - (value % by < 0 ? 1 : 0); }

// Days since 1970-01-01. The calendar of <chrono> has years of 16 bits; a day beyond them is told by its number.
std::string date_text(int64_t days) {
  constexpr int64_t kCalendarDays = 11'000'000;
  if (days < -kCalendarDays || days > kCalendarDays) {
    return "day " + std::to_string(days);
  }
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days}}};
  return formatted("%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

struct Unit {
  int64_t per_second;
  int digits;
};

// By the field ids of union TimeUnit.
Unit unit_of(uint8_t unit) { return unit == 1 ? Unit{1'000, 3} : unit == 2 ? Unit{1'000'000, 6} : Unit{1'000'000'000, 9}; }

std::string clock_text(int64_t units_of_day, Unit unit) {
  const long long seconds = units_of_day / unit.per_second;
  return formatted("%02lld:%02lld:%02lld.%0*lld", seconds / 3600, seconds / 60 % 60, seconds % 60, unit.digits,
                   static_cast<long long>(units_of_day % unit.per_second));
}

std::string timestamp_text(int64_t value, Unit unit, bool is_utc) {
  const int64_t per_day = kSecondsPerDay * unit.per_second;
  const int64_t day = floor_divide(value, per_day);
  return date_text(day) + "T" + clock_text(value - day * per_day, unit) + (is_utc ? "Z" : "");
}

// Big-endian two's complement of any length → decimal digits.
std::string decimal_digits(std::vector<uint8_t> magnitude) {
  std::string reversed;
  for (bool is_zero = false; !is_zero;) {
    unsigned remainder = 0;
    is_zero = true;
    for (uint8_t& byte : magnitude) {
      const unsigned part = remainder * 256 + byte;
      byte = static_cast<uint8_t>(part / 10);
      remainder = part % 10;
      is_zero = is_zero && byte == 0;
    }
    reversed += static_cast<char>('0' + remainder);
  }
  return {reversed.rbegin(), reversed.rend()};
}

void negate(std::vector<uint8_t>& number) {
  unsigned carry = 1;
  for (size_t index = number.size(); index-- > 0;) {
    const unsigned sum = static_cast<uint8_t>(~number[index]) + carry;
    number[index] = static_cast<uint8_t>(sum);
    carry = sum >> 8;
  }
}

std::string decimal_text(const Leaf& leaf, Bytes value) {
  std::vector<uint8_t> number(value.begin(), value.end());
  if (leaf.type == PhysicalType::kInt32 || leaf.type == PhysicalType::kInt64) {
    number.assign(value.rbegin(), value.rend());
  }
  const bool is_negative = !number.empty() && (number[0] & 0x80) != 0;
  if (is_negative) {
    negate(number);
  }
  std::string digits = decimal_digits(std::move(number));
  const int64_t said = leaf.element.logical && leaf.element.logical->id == verify::kDecimalLogical ? leaf.element.logical->scale
                                                                                                   : leaf.element.scale.value_or(0);
  const auto scale = static_cast<size_t>(said < 0 || said > 1000 ? 0 : said);
  if (digits.size() <= scale) {
    digits.insert(0, scale + 1 - digits.size(), '0');
  }
  if (scale > 0) {
    digits.insert(digits.size() - scale, ".");
  }
  return (is_negative ? "-" : "") + digits;
}

double half_value(uint16_t bits) {
  const int exponent = (bits >> 10) & 0x1f;
  const int fraction = bits & 0x3ff;
  const double magnitude = exponent == 0    ? std::ldexp(fraction, -24)
                           : exponent == 31 ? (fraction == 0 ? HUGE_VAL : std::nan(""))
                                            : std::ldexp(1024 + fraction, exponent - 25);
  return (bits & 0x8000) != 0 ? -magnitude : magnitude;
}

std::string hex_text(Bytes value, size_t max_length) {
  std::string text = "0x";
  for (size_t index = 0; index < value.size(); ++index) {
    if (text.size() + 2 > max_length) {
      return text + "…";
    }
    text += formatted("%02x", static_cast<unsigned>(value[index]));
  }
  return text;
}

std::string uuid_text(Bytes value) {
  std::string text;
  for (size_t index = 0; index < value.size(); ++index) {
    text += (index == 4 || index == 6 || index == 8 || index == 10 ? "-" : "") + formatted("%02x", static_cast<unsigned>(value[index]));
  }
  return text;
}

bool is_unsigned(const Leaf& leaf) {
  const auto converted = leaf.element.converted.value_or(-1);
  const bool is_converted = converted >= verify::kConvertedUint8 && converted <= verify::kConvertedUint64;
  return leaf.logical_id() == verify::kInteger ? !leaf.element.logical->is_signed : is_converted;
}

template <typename Signed, typename Unsigned>
std::string integer_text(const Leaf& leaf, Bytes value) {
  return is_unsigned(leaf) ? std::to_string(load<Unsigned>(value)) : std::to_string(load<Signed>(value));
}

bool is_decimal(const Leaf& leaf) {
  return leaf.logical_id() == verify::kDecimalLogical || leaf.element.converted == verify::kConvertedDecimal;
}

// Unit of a time or timestamp by the logical type, or by the converted type of older writers; 0 for other columns.
uint8_t unit_id(const Leaf& leaf, uint8_t logical, int64_t converted_millis) {
  if (leaf.logical_id() == logical) {
    return leaf.element.logical->unit;
  }
  const int64_t converted = leaf.logical_id() == verify::kNoLogical ? leaf.element.converted.value_or(-1) : -1;
  return converted == converted_millis ? 1 : converted == converted_millis + 1 ? 2 : 0;
}

std::string number_text(const Leaf& leaf, Bytes value) {
  const bool is_wide = leaf.type == PhysicalType::kInt64;
  const int64_t number = is_wide ? load<int64_t>(value) : load<int32_t>(value);
  if (leaf.logical_id() == verify::kDate || leaf.element.converted == verify::kConvertedDate) {
    return date_text(number);
  }
  if (const uint8_t unit = unit_id(leaf, verify::kTimestamp, verify::kConvertedTimestampMillis); unit != 0) {
    return timestamp_text(number, unit_of(unit), leaf.element.logical ? leaf.element.logical->is_adjusted_to_utc : true);
  }
  if (const uint8_t unit = unit_id(leaf, verify::kTime, verify::kConvertedTimeMillis); unit != 0 && number >= 0) {
    return clock_text(number, unit_of(unit));
  }
  return is_wide ? integer_text<int64_t, uint64_t>(leaf, value) : integer_text<int32_t, uint32_t>(leaf, value);
}

std::string bytes_text(const Leaf& leaf, Bytes value, size_t max_length) {
  if (leaf.is_half()) {
    return shortest(static_cast<float>(half_value(load<uint16_t>(value))));
  }
  if (leaf.logical_id() == verify::kUuid && value.size() == 16) {
    return uuid_text(value);
  }
  const std::string_view text(reinterpret_cast<const char*>(value.data()), value.size());
  return leaf.is_utf8() ? '"' + cut(text, max_length) + '"' : hex_text(value, max_length);
}

}  // namespace

std::string value_text(const Leaf& leaf, Bytes value, size_t max_length) {
  if (is_decimal(leaf)) {
    return decimal_text(leaf, value);
  }
  switch (leaf.type) {
    case PhysicalType::kBoolean:
      return value[0] != 0 ? "true" : "false";
    case PhysicalType::kInt32:
    case PhysicalType::kInt64:
      return number_text(leaf, value);
    case PhysicalType::kFloat:
      return shortest(load<float>(value));
    case PhysicalType::kDouble:
      return shortest(load<double>(value));
    default:
      return bytes_text(leaf, value, max_length);
  }
}

std::string logical_type_text(const Leaf& leaf) {
  constexpr const char* kNames[] = {"",    "STRING",  "MAP",  "LIST", "ENUM", "DECIMAL", "DATE",    "TIME",     "TIMESTAMP", "",
                                    "INT", "UNKNOWN", "JSON", "BSON", "UUID", "FLOAT16", "VARIANT", "GEOMETRY", "GEOGRAPHY"};
  constexpr const char* kUnits[] = {"", "MILLIS", "MICROS", "NANOS"};
  constexpr const char* kConverted[] = {"STRING",
                                        "MAP",
                                        "MAP_KEY_VALUE",
                                        "LIST",
                                        "ENUM",
                                        "DECIMAL",
                                        "DATE",
                                        "TIME_MILLIS",
                                        "TIME_MICROS",
                                        "TIMESTAMP_MILLIS",
                                        "TIMESTAMP_MICROS",
                                        "UINT_8",
                                        "UINT_16",
                                        "UINT_32",
                                        "UINT_64",
                                        "INT_8",
                                        "INT_16",
                                        "INT_32",
                                        "INT_64",
                                        "JSON",
                                        "BSON",
                                        "INTERVAL"};
  if (!leaf.element.logical) {
    const int64_t converted = leaf.element.converted.value_or(-1);
    return converted >= 0 && converted < static_cast<int64_t>(std::size(kConverted)) ? kConverted[converted] : "";
  }
  const verify::LogicalType& type = *leaf.element.logical;
  std::string name = type.id < std::size(kNames) ? kNames[type.id] : "logical type " + std::to_string(type.id);
  switch (type.id) {
    case verify::kDecimalLogical:
      return name + '(' + std::to_string(type.precision) + ',' + std::to_string(type.scale) + ')';
    case verify::kTime:
    case verify::kTimestamp:
      return name + '(' + (type.unit < std::size(kUnits) ? kUnits[type.unit] : "?") + (type.is_adjusted_to_utc ? ",UTC)" : ")");
    case verify::kInteger:
      return (type.is_signed ? "INT(" : "UINT(") + std::to_string(type.bit_width) + ')';
    default:
      return name;
  }
}

std::string physical_type_text(const Leaf& leaf) {
  constexpr const char* kNames[] = {"BOOLEAN", "INT32", "INT64", "INT96", "FLOAT", "DOUBLE", "BYTE_ARRAY", "FIXED_LEN_BYTE_ARRAY"};
  const std::string name = kNames[static_cast<size_t>(leaf.type)];
  return leaf.type == PhysicalType::kFixedLenByteArray ? name + '(' + std::to_string(leaf.type_length_bytes) + ')' : name;
}

std::string printable(std::string_view text) {
  const bool is_text = verify::is_utf8({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
  std::string shown;
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    shown += byte < 0x20 || byte == 0x7f || (byte >= 0x80 && !is_text) ? formatted("\\x%02x", static_cast<unsigned>(byte))
                                                                       : std::string(1, character);
  }
  return shown;
}

std::string cut(std::string_view text, size_t max_length) {
  size_t length = 0;
  for (size_t position = 0; position < text.size(); ++position) {
    const bool begins_character = (static_cast<unsigned char>(text[position]) & 0xc0) != 0x80;
    if (begins_character && length++ == max_length) {
      return printable(text.substr(0, position)) + "…";
    }
  }
  return printable(text);
}

}  // namespace pqflow::inspect
