// Descriptors and records for tests: fields are laid out in the order they are added, null bits behind them.
#pragma once

#include <gtest/gtest.h>
#include <pqflow/descriptor.h>
#include <pqflow/lane.h>

#include <cstring>
#include <deque>
#include <string>
#include <vector>

#include "columns/record_schema.hpp"

namespace pqflow::test {

struct StorageDefaults {
  uint32_t width_bytes;
  uint8_t physical_type;
};

inline StorageDefaults storage_defaults(uint8_t storage) {
  switch (storage) {
    case PQFLOW_STORAGE_BOOL:
      return {1, PQFLOW_PHYSICAL_BOOLEAN};
    case PQFLOW_STORAGE_INT8:
    case PQFLOW_STORAGE_UINT8:
      return {1, PQFLOW_PHYSICAL_INT32};
    case PQFLOW_STORAGE_INT16:
    case PQFLOW_STORAGE_UINT16:
      return {2, PQFLOW_PHYSICAL_INT32};
    case PQFLOW_STORAGE_INT32:
    case PQFLOW_STORAGE_UINT32:
      return {4, PQFLOW_PHYSICAL_INT32};
    case PQFLOW_STORAGE_INT64:
    case PQFLOW_STORAGE_UINT64:
      return {8, PQFLOW_PHYSICAL_INT64};
    case PQFLOW_STORAGE_FLOAT:
      return {4, PQFLOW_PHYSICAL_FLOAT};
    case PQFLOW_STORAGE_DOUBLE:
      return {8, PQFLOW_PHYSICAL_DOUBLE};
    case PQFLOW_STORAGE_FIXED_BYTES:
      return {16, PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY};
    case PQFLOW_STORAGE_FLOAT16:
      return {2, PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY};
    default:
      return {8, PQFLOW_PHYSICAL_BYTE_ARRAY};
  }
}

inline void set_integer_type(pqflow_field& field, uint8_t bit_width, bool is_signed) {
  field.logical_type = PQFLOW_LOGICAL_INTEGER;
  field.integer_bit_width = bit_width;
  field.integer_is_signed = is_signed ? 1 : 0;
}

inline void set_default_logical_type(pqflow_field& field) {
  const uint8_t bits = static_cast<uint8_t>(field.width_bytes * 8);
  if (field.storage >= PQFLOW_STORAGE_UINT8 && field.storage <= PQFLOW_STORAGE_UINT64) {
    set_integer_type(field, bits, false);
  } else if (field.storage == PQFLOW_STORAGE_INT8 || field.storage == PQFLOW_STORAGE_INT16) {
    set_integer_type(field, bits, true);
  } else if (field.storage == PQFLOW_STORAGE_FLOAT16) {
    field.logical_type = PQFLOW_LOGICAL_FLOAT16;
  } else if (field.storage >= PQFLOW_STORAGE_PADDED_TEXT) {
    field.logical_type = PQFLOW_LOGICAL_STRING;
  }
}

// A required field with the storage's natural Parquet type. width_bytes: for bytes and text.
inline pqflow_field make_field(const char* name, uint8_t storage, uint32_t width_bytes = 0) {
  pqflow_field field = {};
  const StorageDefaults defaults = storage_defaults(storage);
  field.name = name;
  field.member = name;
  field.storage = storage;
  field.width_bytes = width_bytes != 0 ? width_bytes : defaults.width_bytes;
  field.physical_type = defaults.physical_type;
  field.type_length_bytes = defaults.physical_type == PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY ? field.width_bytes : 0;
  field.field_id = PQFLOW_FIELD_ID_NONE;
  field.pad_byte = ' ';
  field.codec = PQFLOW_CODEC_FROM_FILE;
  field.statistics = PQFLOW_COLUMN_STATISTICS_PAGE;
  set_default_logical_type(field);
  return field;
}

inline pqflow_field optional_field(pqflow_field field, uint8_t null_kind, uint64_t null_value_bits = 0) {
  field.repetition = PQFLOW_REPETITION_OPTIONAL;
  field.max_definition_level = 1;
  field.null_kind = null_kind;
  field.null_bit_when_present = 1;
  field.null_value_bits = null_value_bits;
  return field;
}

inline pqflow_field with_logical_type(pqflow_field field, uint8_t logical_type) {
  field.logical_type = logical_type;
  return field;
}

inline pqflow_field decimal_field(pqflow_field field, uint8_t precision, uint8_t scale) {
  field.logical_type = PQFLOW_LOGICAL_DECIMAL;
  field.decimal_precision = precision;
  field.decimal_scale = scale;
  return field;
}

// The same field written as another physical type than its storage's own.
inline pqflow_field written_as(pqflow_field field, uint8_t physical_type) {
  field.physical_type = physical_type;
  field.type_length_bytes = 0;
  return field;
}

inline pqflow_field interval_field(const char* name) {
  return with_logical_type(make_field(name, PQFLOW_STORAGE_FIXED_BYTES, 12), PQFLOW_LOGICAL_INTERVAL);
}

// Nanoseconds, or the twelve bytes themselves.
inline pqflow_field int96_field(const char* name, uint8_t storage) {
  return written_as(make_field(name, storage, storage == PQFLOW_STORAGE_FIXED_BYTES ? 12 : 0), PQFLOW_PHYSICAL_INT96);
}

inline pqflow_field time_field(const char* name, uint8_t storage, uint8_t logical_type, uint8_t unit, bool is_utc) {
  pqflow_field field = make_field(name, storage);
  field.logical_type = logical_type;
  field.time_unit = unit;
  field.is_adjusted_to_utc = is_utc ? 1 : 0;
  return field;
}

inline pqflow_field enum_field(const char* name, uint8_t storage, const std::vector<pqflow_enum_value>& values) {
  pqflow_field field = make_field(name, storage);
  field.physical_type = PQFLOW_PHYSICAL_BYTE_ARRAY;
  field.logical_type = PQFLOW_LOGICAL_STRING;
  field.enum_values = values.data();
  field.enum_value_count = static_cast<uint32_t>(values.size());
  return field;
}

// A column of codes: the table is looked up only.
inline pqflow_field code_field(const char* name, uint8_t storage, const std::vector<pqflow_enum_value>& values) {
  pqflow_field field = make_field(name, storage);
  field.enum_values = values.data();
  field.enum_value_count = static_cast<uint32_t>(values.size());
  return field;
}

inline pqflow_field constant_field(const char* name, uint8_t physical_type, const std::string& plain_bytes) {
  pqflow_field field = make_field(name, PQFLOW_STORAGE_NONE);
  field.member = nullptr;
  field.width_bytes = 0;
  field.logical_type = PQFLOW_LOGICAL_NONE;
  field.physical_type = physical_type;
  field.type_length_bytes = physical_type == PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY ? static_cast<uint32_t>(plain_bytes.size()) : 0;
  field.constant_value = reinterpret_cast<const uint8_t*>(plain_bytes.data());
  field.constant_length_bytes = static_cast<uint32_t>(plain_bytes.size());
  return field;
}

inline pqflow_enum_value enum_value(int64_t code, const char* name) { return {code, {name, std::strlen(name)}}; }
inline pqflow_text text_of(const char* text) { return {text, std::strlen(text)}; }

// Fields and the descriptor over them.
class TestSchema {
 public:
  TestSchema() {
    descriptor_.abi_version = PQFLOW_ABI_VERSION;
    descriptor_.struct_size_bytes = sizeof(pqflow_descriptor);
    descriptor_.field_size_bytes = sizeof(pqflow_field);
    descriptor_.name = "probe";
    descriptor_.layout_fingerprint = 0x1111222233334444U;
    descriptor_.schema_fingerprint = 0x5555666677778888U;
  }
  explicit TestSchema(std::vector<pqflow_field> fields) : TestSchema() {
    for (const pqflow_field& field : fields) {
      add(field);
    }
    lay_out();
  }
  TestSchema(const TestSchema&) = delete;

  TestSchema& add(pqflow_field field) {
    fields_.push_back(field);
    return *this;
  }

  // Offsets, null bits, sizes. Names stay those of the caller.
  pqflow_descriptor& lay_out() {
    uint32_t offset_bytes = 0;
    for (pqflow_field& field : fields_) {
      const uint32_t align_bytes = field.storage <= PQFLOW_STORAGE_DOUBLE && field.width_bytes != 0 ? field.width_bytes : 2;
      offset_bytes = (offset_bytes + align_bytes - 1) / align_bytes * align_bytes;
      field.offset_bytes = offset_bytes;
      offset_bytes += field.width_bytes;
    }
    uint32_t null_bit_count = 0;
    for (pqflow_field& field : fields_) {
      if (field.null_kind == PQFLOW_NULL_BIT) {
        field.null_byte_offset_bytes = offset_bytes + null_bit_count / 8;
        field.null_bit_index = static_cast<uint8_t>(null_bit_count++ % 8);
      }
    }
    offset_bytes += (null_bit_count + 7) / 8;
    descriptor_.record_size_bytes = (std::max(offset_bytes, 1U) + 7U) & ~7U;
    descriptor_.record_align_bytes = 8;
    descriptor_.slot_size_bytes = pqflow_slot_size_bytes(descriptor_.record_size_bytes, 8);
    descriptor_.fields = fields_.data();
    descriptor_.field_count = static_cast<uint32_t>(fields_.size());
    return descriptor_;
  }

  pqflow_descriptor& descriptor() { return descriptor_; }
  std::vector<pqflow_field>& fields() { return fields_; }

  columns::RecordSchema build() {
    columns::RecordSchema schema;
    const base::Result result = columns::RecordSchema::build(descriptor_, nullptr, schema);
    EXPECT_TRUE(result.is_ok()) << result.message;
    return schema;
  }

 private:
  std::vector<pqflow_field> fields_;
  pqflow_descriptor descriptor_ = {};
};

// Records as they lie in a lane: slot_size_bytes apart.
class TestRecords {
 public:
  TestRecords(const columns::RecordSchema& schema, size_t count) : schema_(schema), count_(count), bytes_(count * schema.slot_size_bytes) {}

  template <typename T>
  void set(size_t record, size_t field, const T& value) {
    std::memcpy(at(record) + schema_.fields[field].offset_bytes, &value, sizeof(T));
  }
  void set_bytes(size_t record, size_t field, const std::string& value) {
    std::memcpy(at(record) + schema_.fields[field].offset_bytes, value.data(), value.size());
  }
  void set_present(size_t record, size_t field, bool is_present) {
    const pqflow_field& target = schema_.fields[field];
    uint8_t& byte = at(record)[target.null_byte_offset_bytes];
    const uint8_t mask = static_cast<uint8_t>(1U << target.null_bit_index);
    const bool bit = is_present == (target.null_bit_when_present == 1);
    byte = static_cast<uint8_t>(bit ? byte | mask : byte & ~mask);
  }
  uint8_t* at(size_t record) { return bytes_.data() + record * schema_.slot_size_bytes; }
  const uint8_t* data() const { return bytes_.data(); }
  size_t count() const { return count_; }

 private:
  const columns::RecordSchema& schema_;
  size_t count_;
  std::vector<uint8_t> bytes_;
};

}  // namespace pqflow::test
