// A schema made at run time: owns the texts, fields and the descriptor over them.
#pragma once

#include <pqflow/schema.h>

#include <memory>
#include <vector>

#include "base/result.hpp"
#include "columns/field_texts.hpp"
#include "schema/placement.hpp"

namespace pqflow::schema {

// Constant once created: any thread may read it.
class Schema {
 public:
  // Checks the definition, copies what it points to, computes offsets and fingerprints. Allocates. `schema` is set on success only.
  static base::Result create(const pqflow_schema_definition& definition, std::unique_ptr<Schema>& schema);
  Schema(const Schema&) = delete;
  Schema& operator=(const Schema&) = delete;

  const pqflow_descriptor& descriptor() const noexcept { return descriptor_; }
  const std::vector<pqflow_field>& columns() const noexcept { return fields_; }
  // Null when no column has the name.
  const pqflow_field* find_column(const char* name) const noexcept;

 private:
  Schema() = default;
  base::Result build(const pqflow_schema_definition& definition);
  void copy_columns(const pqflow_schema_definition& definition);
  void copy_key_values(const pqflow_schema_definition& definition);
  void copy_sorting_columns(const pqflow_schema_definition& definition);
  void describe(const pqflow_schema_definition& definition, const Placement& placement);

  columns::FieldTexts texts_;
  std::vector<pqflow_field> fields_;
  std::vector<pqflow_key_value> key_values_;
  std::vector<pqflow_sorting_column> sorting_columns_;
  pqflow_descriptor descriptor_ = {};
};

}  // namespace pqflow::schema
