#include "columns/enum_converter.hpp"

#include "columns/byte_array_output.hpp"
#include "columns/enum_table.hpp"

namespace pqflow::columns {
namespace {

template <typename Code>
class EnumConverter final : public ValueConverter {
 public:
  explicit EnumConverter(const pqflow_field& field) : table_(field.enum_values, field.enum_value_count) {}

  size_t convert(uint8_t* target, const uint8_t* values, size_t count) override {
    uint8_t* end = target;
    for (size_t index = 0; index < count; ++index) {
      const uint32_t position = find(values, index);
      const EnumTable::Name& name = table_.name(position);
      invalid_values_ += position == EnumTable::kUnknown ? 1 : 0;
      end = append_byte_array(end, table_.text() + name.offset_bytes, name.length_bytes);
    }
    return static_cast<size_t>(end - target);
  }

  bool drop_unknown(const uint8_t* values, uint8_t* present, size_t count) override {
    uint64_t unknown_count = 0;
    for (size_t index = 0; index < count; ++index) {
      const uint8_t is_known = find(values, index) != EnumTable::kUnknown ? 1 : 0;
      unknown_count += present[index] & (is_known ^ 1U);
      present[index] &= is_known;
    }
    invalid_values_ += unknown_count;
    return unknown_count != 0;
  }

  size_t memory_bytes() const noexcept override { return table_.memory_bytes(); }

 private:
  // Codes of unsigned 64-bit storages above the largest int64 have no name and wrap to negative codes, which such a table does not hold.
  uint32_t find(const uint8_t* values, size_t index) const noexcept {
    return table_.find(static_cast<int64_t>(encoding::load<Code>(values + index * sizeof(Code))));
  }

  EnumTable table_;
};

}  // namespace

std::unique_ptr<ValueConverter> make_enum_converter(const pqflow_field& field) {
  switch (field.storage) {
    case PQFLOW_STORAGE_INT8:
      return std::make_unique<EnumConverter<int8_t>>(field);
    case PQFLOW_STORAGE_INT16:
      return std::make_unique<EnumConverter<int16_t>>(field);
    case PQFLOW_STORAGE_INT32:
      return std::make_unique<EnumConverter<int32_t>>(field);
    case PQFLOW_STORAGE_INT64:
      return std::make_unique<EnumConverter<int64_t>>(field);
    case PQFLOW_STORAGE_UINT8:
      return std::make_unique<EnumConverter<uint8_t>>(field);
    case PQFLOW_STORAGE_UINT16:
      return std::make_unique<EnumConverter<uint16_t>>(field);
    case PQFLOW_STORAGE_UINT32:
      return std::make_unique<EnumConverter<uint32_t>>(field);
    default:
      return std::make_unique<EnumConverter<uint64_t>>(field);
  }
}

}  // namespace pqflow::columns
