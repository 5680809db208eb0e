#include "tools/probe_columns.hpp"

#include <bit>
#include <cmath>

namespace pqflow::test {
namespace {

constexpr uint64_t kGolden = 0x9e3779b97f4a7c15U;

uint64_t mix(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31);
}

uint64_t fnv1a(const char* text) {
  uint64_t hash = 0xcbf29ce484222325U;
  for (; *text != '\0'; ++text) {
    hash = (hash ^ static_cast<uint8_t>(*text)) * 0x100000001b3U;
  }
  return hash;
}

void put(uint8_t* target, uint64_t value, size_t size_bytes) { std::memcpy(target, &value, size_bytes); }

void fill_floating(uint64_t h, uint8_t* target, size_t size_bytes) {
  const double numbers[] = {std::nan(""), -0.0, 0.0, HUGE_VAL, -HUGE_VAL};
  const double value = h % 16 < 5 ? numbers[h % 16] : static_cast<double>(static_cast<int32_t>(h >> 32)) / 1024.0;
  if (size_bytes == 4) {
    put(target, std::bit_cast<uint32_t>(static_cast<float>(value)) | (std::isnan(value) ? 0x80012345U : 0U), 4);
  } else {
    put(target, std::bit_cast<uint64_t>(value) | (std::isnan(value) ? 0x8000000012345678U : 0U), 8);
  }
}

void fill_half(uint64_t h, uint8_t* target) {
  const uint16_t special[] = {0xfe12, 0x8000, 0x0000, 0x7c00, 0xfc00};  // A NaN, the zeros, the infinities.
  put(target, h % 16 < 5 ? special[h % 16] : (h >> 32) & 0xffff, 2);
}

void fill_letters(uint64_t h, uint8_t* target, size_t length_bytes) {
  for (size_t index = 0; index < length_bytes; ++index) {
    target[index] = static_cast<uint8_t>('A' + mix(h + index + 1) % 26);
  }
  if (h % 53 == 0 && length_bytes > 0) {
    target[0] = 0xff;  // Not UTF-8.
  } else if (h % 7 == 0 && length_bytes >= 2) {
    target[0] = 0xc3;  // é
    target[1] = 0xa9;
  }
}

void fill_bytes(uint64_t h, uint8_t* target, size_t size_bytes) {
  for (size_t index = 0; index < size_bytes; ++index) {
    target[index] = static_cast<uint8_t>(mix(h + index));
  }
}

void fill_counted(uint64_t h, uint8_t* target, const pqflow_field& field) {
  const size_t prefix_bytes = field.storage == PQFLOW_STORAGE_COUNTED_8 ? 1 : 2;
  const size_t room_bytes = field.width_bytes - prefix_bytes;
  const size_t length_bytes = h % (room_bytes + 3);  // Now and then too long.
  put(target, length_bytes, prefix_bytes);
  fill_letters(h, target + prefix_bytes, std::min(length_bytes, room_bytes));
}

void fill_counted_bytes(uint64_t h, uint8_t* target, const pqflow_field& field) {
  const size_t length_bytes = h % field.width_bytes;
  put(target, length_bytes, 1);
  fill_bytes(h, target + 1, length_bytes);
}

// The document {"k": int32}.
void fill_bson(uint64_t h, uint8_t* target) {
  const uint8_t document[] = {12, 12, 0, 0, 0, 0x10, 'k', 0};
  std::memcpy(target, document, sizeof document);
  put(target + sizeof document, h, 4);
  target[sizeof document + 4] = 0;
}

// Nanoseconds of the day and Julian day.
void fill_int96(uint64_t h, uint8_t* target) {
  put(target, mix(h + 2) % 86'400'000'000'000, 8);
  put(target + 8, 2'440'588 + h % 40'000 - 20'000, 4);
}

void fill_interval(uint64_t h, uint8_t* target) {
  put(target, h % 1'200, 4);
  put(target + 4, (h >> 16) % 400, 4);
  put(target + 8, (h >> 32) % 86'400'000, 4);
}

void fill_decimal(uint64_t h, uint8_t* target, const pqflow_field& field) {
  uint64_t limit = 1;
  for (unsigned digit = 0; digit < field.decimal_precision; ++digit) {
    limit *= 10;
  }
  put(target, h % (2 * limit - 1) - (limit - 1), field.width_bytes);
}

uint64_t units_per_second(const pqflow_field& field) {
  return field.time_unit == PQFLOW_UNIT_MILLIS ? 1'000U : field.time_unit == PQFLOW_UNIT_MICROS ? 1'000'000U : 1'000'000'000U;
}

void fill_json(uint64_t h, uint8_t* target) {
  const std::string text = "{\"k\":" + std::to_string(h % 1000) + "}";
  put(target, text.size(), 1);
  std::memcpy(target + 1, text.data(), text.size());
}

// Big-endian two's complement of a number of 1 to 64 bits.
void fill_fixed_decimal(uint64_t h, uint8_t* target, size_t size_bytes) {
  const int64_t value = static_cast<int64_t>(h) >> (mix(h + 1) % 64);
  for (size_t index = 0; index < size_bytes; ++index) {
    const size_t shift = (size_bytes - 1 - index) * 8;
    target[index] = static_cast<uint8_t>(shift >= 64 ? value >> 63 : value >> shift);
  }
}

void fill_value(const ProbeColumn& column, uint64_t h, uint8_t* target) {
  const pqflow_field& field = column.field;
  switch (column.content) {
    case Content::kInteger:
      return put(target, h, field.width_bytes);
    case Content::kBool:
      return put(target, h % 97 == 0 ? 7 : h & 1, 1);
    case Content::kFloating:
      return fill_floating(h, target, field.width_bytes);
    case Content::kHalf:
      return fill_half(h, target);
    case Content::kBytes:
      return fill_bytes(h, target, field.width_bytes);
    case Content::kText: {
      std::memset(target, field.pad_byte, field.width_bytes);
      return fill_letters(h, target, h % (field.width_bytes + 1));
    }
    case Content::kCountedText:
      return fill_counted(h, target, field);
    case Content::kCountedBytes:
      return fill_counted_bytes(h, target, field);
    case Content::kBson:
      return fill_bson(h, target);
    case Content::kInt96:
      return fill_int96(h, target);
    case Content::kInterval:
      return fill_interval(h, target);
    case Content::kDecimal:
      return fill_decimal(h, target, field);
    case Content::kJson:
      return fill_json(h, target);
    case Content::kDate:
      return put(target, h % 200'000 - 100'000, 4);
    case Content::kTime:
      return put(target, h % (86'400 * units_per_second(field)), field.width_bytes);
    case Content::kTimestamp:
      return put(target, h % (4'000'000'000U * units_per_second(field)) - 1'000'000'000U * units_per_second(field), 8);
    case Content::kFixedDecimal:
      return fill_fixed_decimal(h, target, field.width_bytes);
    case Content::kEnumCode: {
      const uint64_t codes[] = {1, 2, 100, 1, 77};
      return put(target, codes[h % 5], field.width_bytes);
    }
    case Content::kNaN:
      return put(target, 0x7ff8000000000000U, 8);
    case Content::kAbsent:
    case Content::kNothing:
      return;
  }
}

void set_null_bit(const pqflow_field& field, bool is_present, uint8_t* record) {
  uint8_t& byte = record[field.null_byte_offset_bytes];
  const uint8_t mask = static_cast<uint8_t>(1U << field.null_bit_index);
  byte = static_cast<uint8_t>(is_present ? byte | mask : byte & ~mask);
}

bool is_null(Nulls nulls, uint64_t h, uint64_t row) {
  switch (nulls) {
    case Nulls::kSome:
      return mix(h) % 5 == 0;
    case Nulls::kRuns:
      return row / 230 % 2 == 1;
    case Nulls::kAll:
      return true;
    case Nulls::kNone:
      break;
  }
  return false;
}

}  // namespace

void fill(const ProbeColumn& column, uint64_t row, Nulls nulls, uint8_t* record) {
  const pqflow_field& field = column.field;
  if (column.content == Content::kNothing) {
    return;
  }
  const uint64_t h = mix(fnv1a(field.name) + row * kGolden);
  const bool is_present = column.content != Content::kAbsent && !is_null(nulls, h, row);
  uint8_t* const target = record + field.offset_bytes;
  fill_value(column, h, target);
  if (field.null_kind == PQFLOW_NULL_BIT) {
    set_null_bit(field, is_present, record);
  } else if (field.null_kind == PQFLOW_NULL_SENTINEL && !is_present) {
    put(target, field.null_value_bits, field.width_bytes);
  }
}

const char* ProbeColumns::keep(const std::string& text) { return texts_.emplace_back(text).c_str(); }

void ProbeColumns::add(pqflow_field field, Content content, const std::string& name) {
  field.name = keep(name);
  field.member = content == Content::kNothing ? nullptr : field.name;
  field.field_id = static_cast<int32_t>(columns_.size()) + 1;
  columns_.push_back({field, content});
}

void ProbeColumns::add_kinds(const pqflow_field& field, Content content, const std::string& name) {
  add(field, content, name + "_required");
  add(optional_field(field, PQFLOW_NULL_BIT), content, name + "_bit");
  if (field.storage <= PQFLOW_STORAGE_DOUBLE || field.storage == PQFLOW_STORAGE_FLOAT16) {
    add(optional_field(field, PQFLOW_NULL_SENTINEL, uint64_t{0x8b} << (field.width_bytes * 8 - 8)), content, name + "_sentinel");
  }
}

void ProbeColumns::add_integers() {
  const char* const names[] = {"int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"};
  for (uint8_t index = 0; index < 8; ++index) {
    add_kinds(make_field("", static_cast<uint8_t>(PQFLOW_STORAGE_INT8 + index)), Content::kInteger, names[index]);
  }
}

void ProbeColumns::add_texts() {
  for (const uint32_t width_bytes : {1U, 3U, 8U, 16U, 20U}) {
    add_kinds(make_field("", PQFLOW_STORAGE_PADDED_TEXT, width_bytes), Content::kText, "text" + std::to_string(width_bytes));
  }
  add_kinds(make_field("", PQFLOW_STORAGE_COUNTED_8, 13), Content::kCountedText, "counted8");
  add_kinds(make_field("", PQFLOW_STORAGE_COUNTED_16, 202), Content::kCountedText, "counted16");
  add_kinds(with_logical_type(make_field("", PQFLOW_STORAGE_COUNTED_8, 17), PQFLOW_LOGICAL_JSON), Content::kJson, "json");
  add_kinds(make_field("", PQFLOW_STORAGE_FIXED_BYTES, 5), Content::kBytes, "fixed5");
  add_kinds(with_logical_type(make_field("", PQFLOW_STORAGE_FIXED_BYTES, 16), PQFLOW_LOGICAL_UUID), Content::kBytes, "uuid");
}

void ProbeColumns::add_bytes() {
  const pqflow_field counted = with_logical_type(make_field("", PQFLOW_STORAGE_COUNTED_8, 13), PQFLOW_LOGICAL_NONE);
  add_kinds(counted, Content::kCountedBytes, "binary");
  add_kinds(with_logical_type(counted, PQFLOW_LOGICAL_BSON), Content::kBson, "bson");
  add_kinds(with_logical_type(make_field("", PQFLOW_STORAGE_PADDED_TEXT, 6), PQFLOW_LOGICAL_NONE), Content::kBytes, "padded_bytes");
}

// As the storage's own type, and as BYTE_ARRAY.
void ProbeColumns::add_decimals() {
  const auto add_both = [this](const pqflow_field& field, Content content, const std::string& digits) {
    add_kinds(field, content, "decimal" + digits);
    add_kinds(written_as(field, PQFLOW_PHYSICAL_BYTE_ARRAY), content, "byte_decimal" + digits);
  };
  add_both(decimal_field(make_field("", PQFLOW_STORAGE_INT32), 9, 2), Content::kDecimal, "9");
  add_both(decimal_field(make_field("", PQFLOW_STORAGE_INT64), 18, 9), Content::kDecimal, "18");
  add_both(decimal_field(make_field("", PQFLOW_STORAGE_FIXED_BYTES, 9), 20, 4), Content::kFixedDecimal, "20");
  add_both(decimal_field(make_field("", PQFLOW_STORAGE_FIXED_BYTES, 16), 38, 10), Content::kFixedDecimal, "38");
}

void ProbeColumns::add_deprecated() {
  add_kinds(int96_field("", PQFLOW_STORAGE_INT64), Content::kTimestamp, "int96");
  add_kinds(int96_field("", PQFLOW_STORAGE_FIXED_BYTES), Content::kInt96, "int96_bytes");
  add_kinds(interval_field(""), Content::kInterval, "interval");
}

void ProbeColumns::add_annotated() {
  add_kinds(with_logical_type(make_field("", PQFLOW_STORAGE_INT32), PQFLOW_LOGICAL_DATE), Content::kDate, "date");
  const char* const units[] = {"", "ms", "us", "ns"};
  for (uint8_t unit = PQFLOW_UNIT_MILLIS; unit <= PQFLOW_UNIT_NANOS; ++unit) {
    const uint8_t storage = unit == PQFLOW_UNIT_MILLIS ? PQFLOW_STORAGE_INT32 : PQFLOW_STORAGE_INT64;
    for (const bool is_utc : {false, true}) {
      const std::string ending = std::string("_") + units[unit] + (is_utc ? "_utc" : "_local");
      add(time_field("", storage, PQFLOW_LOGICAL_TIME, unit, is_utc), Content::kTime, "time" + ending);
      add(time_field("", PQFLOW_STORAGE_INT64, PQFLOW_LOGICAL_TIMESTAMP, unit, is_utc), Content::kTimestamp, "timestamp" + ending);
    }
  }
}

void ProbeColumns::add_enums() {
  enum_values_ = {enum_value(1, "buy"), enum_value(2, "sell"), enum_value(100, "hold until cancelled")};
  const char* const names[] = {"int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"};
  for (uint8_t index = 0; index < 8; ++index) {
    const uint8_t storage = static_cast<uint8_t>(PQFLOW_STORAGE_INT8 + index);
    add_kinds(enum_field("", storage, enum_values_), Content::kEnumCode, std::string("enum_") + names[index]);
    add_kinds(code_field("", storage, enum_values_), Content::kEnumCode, std::string("code_") + names[index]);
  }
  for (pqflow_field field : {enum_field("", PQFLOW_STORAGE_UINT8, enum_values_), code_field("", PQFLOW_STORAGE_UINT8, enum_values_)}) {
    field = optional_field(field, PQFLOW_NULL_BIT);
    field.unknown_code = PQFLOW_UNKNOWN_CODE_NULL;
    add(field, Content::kEnumCode, field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY ? "unknown_name_bit" : "unknown_code_bit");
  }
}

void ProbeColumns::add_constants() {
  const auto constant = [this](uint8_t physical_type, const std::string& bytes, const std::string& name) {
    const std::string& kept = texts_.emplace_back(bytes);
    add(constant_field("", physical_type, kept), Content::kNothing, name);
  };
  constant(PQFLOW_PHYSICAL_BOOLEAN, std::string("\x01", 1), "constant_bool");
  constant(PQFLOW_PHYSICAL_INT32, std::string("\xf9\xff\xff\xff", 4), "constant_int32");
  constant(PQFLOW_PHYSICAL_INT64, std::string("\x15\xcd\x5b\x07\x00\x00\x00\x00", 8), "constant_int64");
  constant(PQFLOW_PHYSICAL_FLOAT, std::string("\x00\x00\xc0\x3f", 4), "constant_float");
  constant(PQFLOW_PHYSICAL_DOUBLE, std::string("\x00\x00\x00\x00\x00\x00\x04\xc0", 8), "constant_double");
  constant(PQFLOW_PHYSICAL_BYTE_ARRAY, "XNAS", "constant_text");
  constant(PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY, "abcde", "constant_fixed");
  columns_[columns_.size() - 2].field.logical_type = PQFLOW_LOGICAL_STRING;
  constant(PQFLOW_PHYSICAL_BYTE_ARRAY, "\xff\x7f", "constant_decimal");
  columns_.back().field = decimal_field(columns_.back().field, 5, 1);
  constant(PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY, std::string("\x00\xbe", 2), "constant_float16");
  columns_.back().field.logical_type = PQFLOW_LOGICAL_FLOAT16;
  constant(PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY, std::string("\1\0\0\0\2\0\0\0\3\0\0\0", 12), "constant_interval");
  columns_.back().field.logical_type = PQFLOW_LOGICAL_INTERVAL;
}

void ProbeColumns::add_special() {
  const pqflow_field floating = make_field("", PQFLOW_STORAGE_FLOAT);
  const pqflow_field doubling = make_field("", PQFLOW_STORAGE_DOUBLE);
  add(optional_field(floating, PQFLOW_NULL_NAN), Content::kFloating, "float_nan");
  add(optional_field(doubling, PQFLOW_NULL_NAN), Content::kFloating, "double_nan");
  add(optional_field(make_field("", PQFLOW_STORAGE_FLOAT16), PQFLOW_NULL_NAN), Content::kHalf, "float16_nan");
  add(doubling, Content::kNaN, "nan_only_required");
  add(optional_field(make_field("", PQFLOW_STORAGE_INT32), PQFLOW_NULL_BIT), Content::kAbsent, "absent_bit");
  pqflow_field bare = make_field("", PQFLOW_STORAGE_INT64);
  bare.statistics = PQFLOW_COLUMN_STATISTICS_NONE;
  add(bare, Content::kInteger, "bare_required");
  pqflow_field unpacked = make_field("", PQFLOW_STORAGE_INT64);
  unpacked.codec = PQFLOW_CODEC_UNCOMPRESSED;
  add(unpacked, Content::kInteger, "uncompressed_required");
}

ProbeColumns::ProbeColumns() {
  add_kinds(make_field("", PQFLOW_STORAGE_BOOL), Content::kBool, "bool");
  add_integers();
  add_kinds(make_field("", PQFLOW_STORAGE_FLOAT), Content::kFloating, "float");
  add_kinds(make_field("", PQFLOW_STORAGE_DOUBLE), Content::kFloating, "double");
  add_kinds(make_field("", PQFLOW_STORAGE_FLOAT16), Content::kHalf, "float16");
  add_texts();
  add_bytes();
  add_decimals();
  add_annotated();
  add_deprecated();
  add_enums();
  add_constants();
  add_special();
}

}  // namespace pqflow::test
