// Copies of what a field points to, so that a descriptor may go away once it was read.
#pragma once

#include <pqflow/descriptor.h>

#include <deque>
#include <string>
#include <vector>

namespace pqflow::columns {

class FieldTexts {
 public:
  FieldTexts() = default;
  FieldTexts(const FieldTexts&) = delete;
  FieldTexts& operator=(const FieldTexts&) = delete;

  // Name, member, enum values and constant of `field` become copies that live as long as this object. Allocates.
  void adopt(pqflow_field& field);
  pqflow_text keep(const pqflow_text& text);
  const char* keep(std::string text);

 private:
  void adopt_enum_values(pqflow_field& field);

  std::deque<std::string> texts_;  // Deques: what points into them stays where it is.
  std::deque<std::vector<pqflow_enum_value>> enum_values_;
};

}  // namespace pqflow::columns
