#include "columns/field_texts.hpp"

#include <utility>

namespace pqflow::columns {

const char* FieldTexts::keep(std::string text) { return texts_.emplace_back(std::move(text)).c_str(); }

pqflow_text FieldTexts::keep(const pqflow_text& text) {
  return text.length_bytes == 0 ? pqflow_text{"", 0} : pqflow_text{keep(std::string(text.data, text.length_bytes)), text.length_bytes};
}

void FieldTexts::adopt(pqflow_field& field) {
  field.name = keep(std::string(field.name));
  if (field.member != nullptr) {
    field.member = keep(std::string(field.member));
  }
  if (field.constant_value != nullptr) {
    const char* const bytes = reinterpret_cast<const char*>(field.constant_value);
    field.constant_value = reinterpret_cast<const uint8_t*>(keep(std::string(bytes, field.constant_length_bytes)));
  }
  adopt_enum_values(field);
}

void FieldTexts::adopt_enum_values(pqflow_field& field) {
  if (field.enum_value_count == 0) {
    return;
  }
  std::vector<pqflow_enum_value>& values = enum_values_.emplace_back();
  values.reserve(field.enum_value_count);
  for (uint32_t index = 0; index < field.enum_value_count; ++index) {
    values.push_back({field.enum_values[index].code, keep(field.enum_values[index].name)});
  }
  field.enum_values = values.data();
}

}  // namespace pqflow::columns
