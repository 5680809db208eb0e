#include "columns/enum_converter.hpp"

#include "columns/byte_array_output.hpp"
#include "columns/enum_table.hpp"
#include "columns/fixed_converters.hpp"
#include "columns/type_rules.hpp"

namespace pqflow::columns {
namespace {

template <typename Code>
class CodeLookup : public ValueConverter {
 public:
  explicit CodeLookup(const pqflow_field& field)
      : table_(field.enum_values, field.enum_value_count), is_unknown_invalid_(field.unknown_code == PQFLOW_UNKNOWN_CODE_INVALID) {}

  bool drop_unknown(const uint8_t* values, uint8_t* present, size_t count) override {
    uint64_t unknown_count = 0;
    for (size_t index = 0; index < count; ++index) {
      const uint8_t is_known = find(values, index) != EnumTable::kUnknown ? 1 : 0;
      unknown_count += present[index] & (is_known ^ 1U);
      present[index] &= is_known;
    }
    invalid_values_ += is_unknown_invalid_ ? unknown_count : 0;
    return unknown_count != 0;
  }

  size_t memory_bytes() const noexcept override { return table_.memory_bytes(); }

 protected:
  // Codes of unsigned 64-bit storages above the largest int64 have no name and wrap to negative codes, which such a table does not hold.
  uint32_t find(const uint8_t* values, size_t index) const noexcept {
    return table_.find(static_cast<int64_t>(encoding::load<Code>(values + index * sizeof(Code))));
  }
  const EnumTable& table() const noexcept { return table_; }

 private:
  EnumTable table_;
  bool is_unknown_invalid_;
};

template <typename Code>
class NameConverter final : public CodeLookup<Code> {
 public:
  using CodeLookup<Code>::CodeLookup;

  size_t convert(uint8_t* target, const uint8_t* values, size_t count) override {
    uint8_t* end = target;
    for (size_t index = 0; index < count; ++index) {
      const uint32_t position = this->find(values, index);
      const EnumTable::Name& name = this->table().name(position);
      this->invalid_values_ += position == EnumTable::kUnknown ? 1 : 0;
      end = append_byte_array(end, this->table().text() + name.offset_bytes, name.length_bytes);
    }
    return static_cast<size_t>(end - target);
  }
};

// Written like any integer. Those of an optional column have been looked up by drop_unknown.
template <typename Code>
class CodeConverter final : public CodeLookup<Code> {
 public:
  explicit CodeConverter(const pqflow_field& field)
      : CodeLookup<Code>(field), writer_(make_fixed_converter(field)), is_required_(field.repetition == PQFLOW_REPETITION_REQUIRED) {}

  size_t convert(uint8_t* target, const uint8_t* values, size_t count) override {
    this->invalid_values_ += is_required_ ? count_unknown(values, count) : 0;
    return writer_->convert(target, values, count);
  }

 private:
  uint64_t count_unknown(const uint8_t* values, size_t count) const noexcept {
    uint64_t unknown_count = 0;
    for (size_t index = 0; index < count; ++index) {
      unknown_count += this->find(values, index) == EnumTable::kUnknown ? 1U : 0U;
    }
    return unknown_count;
  }

  std::unique_ptr<ValueConverter> writer_;
  bool is_required_;
};

template <typename Code>
std::unique_ptr<ValueConverter> make_converter(const pqflow_field& field) {
  if (is_named_code(field)) {
    return std::make_unique<NameConverter<Code>>(field);
  }
  return std::make_unique<CodeConverter<Code>>(field);
}

}  // namespace

std::unique_ptr<ValueConverter> make_enum_converter(const pqflow_field& field) {
  switch (field.storage) {
    case PQFLOW_STORAGE_INT8:
      return make_converter<int8_t>(field);
    case PQFLOW_STORAGE_INT16:
      return make_converter<int16_t>(field);
    case PQFLOW_STORAGE_INT32:
      return make_converter<int32_t>(field);
    case PQFLOW_STORAGE_INT64:
      return make_converter<int64_t>(field);
    case PQFLOW_STORAGE_UINT8:
      return make_converter<uint8_t>(field);
    case PQFLOW_STORAGE_UINT16:
      return make_converter<uint16_t>(field);
    case PQFLOW_STORAGE_UINT32:
      return make_converter<uint32_t>(field);
    default:
      return make_converter<uint64_t>(field);
  }
}

}  // namespace pqflow::columns
