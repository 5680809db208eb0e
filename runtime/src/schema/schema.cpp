#include "schema/schema.hpp"

#include <pqflow/lane.h>

#include <cstring>
#include <string>
#include <utility>

#include "columns/descriptor_checks.hpp"
#include "schema/column_field.hpp"
#include "schema/definition_checks.hpp"
#include "schema/fingerprint.hpp"
#include "schema/resolved.hpp"

namespace pqflow::schema {

using base::Result;

Result Schema::create(const pqflow_schema_definition& definition, std::unique_ptr<Schema>& schema) {
  if (Result result = check_definition(definition); !result.is_ok()) {
    return result;
  }
  std::unique_ptr<Schema> created(new Schema);
  if (Result result = created->build(definition); !result.is_ok()) {
    return result;
  }
  schema = std::move(created);
  return Result::ok();
}

const pqflow_field* Schema::find_column(const char* name) const noexcept {
  for (const pqflow_field& field : fields_) {
    if (std::strcmp(field.name, name) == 0) {
      return &field;
    }
  }
  return nullptr;
}

Result Schema::build(const pqflow_schema_definition& definition) {
  Placement placement;
  copy_columns(definition);
  if (std::string problem = place(definition, fields_, placement); !problem.empty()) {
    return Result::failure(PQFLOW_STATUS_INVALID_DESCRIPTOR, "invalid definition: " + problem);
  }
  // The rest of a descriptor's rules, before key-values are read.
  if (definition.key_value_count != 0 && definition.key_values == nullptr) {
    return Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, "key_values is null, but key_value_count is " +
                                                               std::to_string(definition.key_value_count) + "; set both or neither");
  }
  describe(definition, placement);
  descriptor_.key_values = definition.key_values;
  descriptor_.key_value_count = definition.key_value_count;
  descriptor_.sorting_columns = definition.sorting_columns;
  descriptor_.sorting_column_count = definition.sorting_column_count;
  if (Result result = columns::check_descriptor(descriptor_); !result.is_ok()) {
    return result;
  }
  copy_key_values(definition);
  copy_sorting_columns(definition);
  return Result::ok();
}

void Schema::copy_columns(const pqflow_schema_definition& definition) {
  fields_.reserve(definition.column_count);
  for (uint32_t index = 0; index < definition.column_count; ++index) {
    texts_.adopt(fields_.emplace_back(make_field(definition.columns[index])));
  }
}

void Schema::copy_key_values(const pqflow_schema_definition& definition) {
  for (uint32_t index = 0; index < definition.key_value_count; ++index) {
    key_values_.push_back({texts_.keep(definition.key_values[index].key), texts_.keep(definition.key_values[index].value)});
  }
  descriptor_.key_values = key_values_.data();
}

void Schema::copy_sorting_columns(const pqflow_schema_definition& definition) {
  sorting_columns_.assign(definition.sorting_columns, definition.sorting_columns + definition.sorting_column_count);
  descriptor_.sorting_columns = sorting_columns_.data();
}

void Schema::describe(const pqflow_schema_definition& definition, const Placement& placement) {
  const Fingerprints fingerprints = {fingerprint(layout_json(fields_, placement)), fingerprint(meaning_json(definition.name, fields_))};
  const std::string json = stored_json(definition, fields_, fingerprints);
  descriptor_.abi_version = PQFLOW_ABI_VERSION;
  descriptor_.struct_size_bytes = sizeof(pqflow_descriptor);
  descriptor_.field_size_bytes = sizeof(pqflow_field);
  descriptor_.field_count = static_cast<uint32_t>(fields_.size());
  descriptor_.name = texts_.keep(std::string(definition.name));
  descriptor_.fields = fields_.data();
  descriptor_.schema_json = texts_.keep(pqflow_text{json.data(), json.size()});
  descriptor_.defaults.codec = PQFLOW_CODEC_FROM_FILE;
  descriptor_.layout_fingerprint = fingerprints.layout;
  descriptor_.schema_fingerprint = fingerprints.schema;
  descriptor_.schema_version = definition.version;
  descriptor_.record_size_bytes = placement.record_size_bytes;
  descriptor_.record_align_bytes = placement.record_align_bytes;
  descriptor_.slot_size_bytes = pqflow_slot_size_bytes(placement.record_size_bytes, placement.record_align_bytes);
}

}  // namespace pqflow::schema
