#include "columns/record_schema.hpp"

#include "columns/descriptor_checks.hpp"
#include "columns/registered_layout.hpp"

namespace pqflow::columns {
namespace {

std::string copy(const pqflow_text& text) { return text.length_bytes == 0 ? std::string() : std::string(text.data, text.length_bytes); }

void list_leaves(RecordSchema& schema) {
  const std::vector<FieldPath> paths = field_paths(schema.fields);
  for (size_t index = 0; index < schema.fields.size(); ++index) {
    if (schema.fields[index].child_count == 0) {
      schema.leaf_indices.push_back(index);
      schema.leaf_paths.push_back(paths[index]);
    }
  }
}

RecordSchema copy(const pqflow_descriptor& descriptor) {
  RecordSchema schema;
  schema.name = descriptor.name;
  schema.schema_json = copy(descriptor.schema_json);
  schema.fields.assign(descriptor.fields, descriptor.fields + descriptor.field_count);
  schema.texts = std::make_shared<FieldTexts>();
  for (pqflow_field& field : schema.fields) {
    schema.texts->adopt(field);
  }
  list_leaves(schema);
  for (uint32_t index = 0; index < descriptor.key_value_count; ++index) {
    schema.key_values.emplace_back(copy(descriptor.key_values[index].key), copy(descriptor.key_values[index].value));
  }
  schema.sorting_columns.assign(descriptor.sorting_columns, descriptor.sorting_columns + descriptor.sorting_column_count);
  schema.unpack = descriptor.unpack;
  schema.layout_fingerprint = descriptor.layout_fingerprint;
  schema.schema_fingerprint = descriptor.schema_fingerprint;
  schema.schema_version = descriptor.schema_version;
  schema.record_size_bytes = descriptor.record_size_bytes;
  schema.record_align_bytes = descriptor.record_align_bytes;
  schema.slot_size_bytes = descriptor.slot_size_bytes;
  return schema;
}

}  // namespace

base::Result RecordSchema::build(const pqflow_descriptor& descriptor, const pqflow_record_layout* registered, RecordSchema& schema) {
  if (base::Result result = check_descriptor(descriptor); !result.is_ok()) {
    return result;
  }
  RecordSchema built = copy(descriptor);
  if (registered != nullptr) {
    if (base::Result result = rebind(*registered, built); !result.is_ok()) {
      return result;
    }
  }
  built.level_tree = make_level_tree(built.fields);
  schema = std::move(built);
  return base::Result::ok();
}

}  // namespace pqflow::columns
