#include "column_batch.hpp"

#include <cstring>
#include <stdexcept>
#include <string>

namespace rivals {
namespace {

template <typename T>
T load(const uint8_t* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

template <typename T>
struct Number {
  explicit Number(const pqflow_field&) {}
  T operator()(const uint8_t* value) const { return load<T>(value); }
};

struct Fixed {
  explicit Fixed(const pqflow_field&) {}
  parquet::FixedLenByteArray operator()(const uint8_t* value) const { return parquet::FixedLenByteArray(value); }
};

struct PaddedText {
  explicit PaddedText(const pqflow_field& field) : width_bytes(field.width_bytes), pad(field.pad_byte) {}
  parquet::ByteArray operator()(const uint8_t* value) const {
    uint32_t length_bytes = width_bytes;
    while (length_bytes != 0 && value[length_bytes - 1] == pad) {
      --length_bytes;
    }
    return {length_bytes, value};
  }
  uint32_t width_bytes;
  uint8_t pad;
};

struct CountedText {
  explicit CountedText(const pqflow_field&) {}
  parquet::ByteArray operator()(const uint8_t* value) const { return {value[0], value + 1}; }
};

struct EnumName {
  explicit EnumName(const pqflow_field& field) : names(256) {
    for (uint32_t index = 0; index < field.enum_value_count; ++index) {
      const pqflow_text& name = field.enum_values[index].name;
      names[static_cast<uint8_t>(field.enum_values[index].code)] = {static_cast<uint32_t>(name.length_bytes),
                                                                    reinterpret_cast<const uint8_t*>(name.data)};
    }
  }
  parquet::ByteArray operator()(const uint8_t* value) const { return names[*value]; }
  std::vector<parquet::ByteArray> names;
};

template <typename Type, typename Read>
class TypedBatch final : public ColumnBatch {
 public:
  explicit TypedBatch(const pqflow_field& field) : field_(field), read_(field) {}

  void reserve(size_t row_count) override {
    values_.resize(row_count);
    levels_.resize(row_count);
  }

  void gather(const uint8_t* first_record, size_t count, size_t stride_bytes) override {
    switch (field_.null_kind) {
      case PQFLOW_NULL_NEVER:
        return gather_if(first_record, count, stride_bytes, [](const uint8_t*) { return true; });
      case PQFLOW_NULL_BIT:
        return gather_if(first_record, count, stride_bytes, [this](const uint8_t* record) {
          return ((record[field_.null_byte_offset_bytes] >> field_.null_bit_index) & 1) == field_.null_bit_when_present;
        });
      default:
        return gather_if(first_record, count, stride_bytes,
                         [this](const uint8_t* record) { return load<uint64_t>(record + field_.offset_bytes) != field_.null_value_bits; });
    }
  }

  void write(parquet::ColumnWriter& writer) override {
    const int16_t* const levels = field_.null_kind == PQFLOW_NULL_NEVER ? nullptr : levels_.data();
    static_cast<parquet::TypedColumnWriter<Type>&>(writer).WriteBatch(static_cast<int64_t>(row_count_), levels, nullptr, values_.data());
    row_count_ = 0;
    value_count_ = 0;
  }

 private:
  template <typename IsPresent>
  void gather_if(const uint8_t* first_record, size_t count, size_t stride_bytes, const IsPresent& is_present) {
    auto* value = values_.data() + value_count_;
    int16_t* level = levels_.data() + row_count_;
    for (size_t index = 0; index < count; ++index) {
      const uint8_t* const record = first_record + index * stride_bytes;
      const bool has_value = is_present(record);
      *level++ = has_value;
      if (has_value) {
        *value++ = read_(record + field_.offset_bytes);
      }
    }
    row_count_ += count;
    value_count_ = static_cast<size_t>(value - values_.data());
  }

  const pqflow_field field_;
  const Read read_;
  std::vector<typename Type::c_type> values_;
  std::vector<int16_t> levels_;
  size_t row_count_ = 0;
  size_t value_count_ = 0;
};

[[noreturn]] void refuse(const pqflow_field& field) {
  throw std::runtime_error(std::string("the Arrow contender has no form for the column ") + field.name);
}

std::shared_ptr<const parquet::LogicalType> logical_type(const pqflow_field& field) {
  using parquet::LogicalType;
  switch (field.logical_type) {
    case PQFLOW_LOGICAL_NONE:
      return LogicalType::None();
    case PQFLOW_LOGICAL_STRING:
      return LogicalType::String();
    case PQFLOW_LOGICAL_DECIMAL:
      return LogicalType::Decimal(field.decimal_precision, field.decimal_scale);
    case PQFLOW_LOGICAL_INTEGER:
      return LogicalType::Int(field.integer_bit_width, field.integer_is_signed != 0);
    case PQFLOW_LOGICAL_TIMESTAMP:
      return LogicalType::Timestamp(field.is_adjusted_to_utc != 0, field.time_unit == PQFLOW_UNIT_NANOS    ? LogicalType::TimeUnit::NANOS
                                                                   : field.time_unit == PQFLOW_UNIT_MICROS ? LogicalType::TimeUnit::MICROS
                                                                                                           : LogicalType::TimeUnit::MILLIS);
    default:
      refuse(field);
  }
}

}  // namespace

std::unique_ptr<ColumnBatch> make_column_batch(const pqflow_field& field) {
  switch (field.storage) {
    case PQFLOW_STORAGE_INT64:
    case PQFLOW_STORAGE_UINT64:
      return std::make_unique<TypedBatch<parquet::Int64Type, Number<int64_t>>>(field);
    case PQFLOW_STORAGE_INT32:
      return std::make_unique<TypedBatch<parquet::Int32Type, Number<int32_t>>>(field);
    case PQFLOW_STORAGE_FIXED_BYTES:
      return std::make_unique<TypedBatch<parquet::FLBAType, Fixed>>(field);
    case PQFLOW_STORAGE_PADDED_TEXT:
      return std::make_unique<TypedBatch<parquet::ByteArrayType, PaddedText>>(field);
    case PQFLOW_STORAGE_COUNTED_8:
      return std::make_unique<TypedBatch<parquet::ByteArrayType, CountedText>>(field);
    case PQFLOW_STORAGE_UINT8:
      if (field.enum_values != nullptr && field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY) {
        return std::make_unique<TypedBatch<parquet::ByteArrayType, EnumName>>(field);
      }
      [[fallthrough]];
    default:
      refuse(field);
  }
}

parquet::schema::NodePtr make_node(const pqflow_field& field) {
  return parquet::schema::PrimitiveNode::Make(field.name, static_cast<parquet::Repetition::type>(field.repetition), logical_type(field),
                                              static_cast<parquet::Type::type>(field.physical_type),
                                              static_cast<int>(field.type_length_bytes), field.field_id);
}

}  // namespace rivals
