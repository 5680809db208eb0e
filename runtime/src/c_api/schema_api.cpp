// pqflow_schema_*: translation only.
#include <pqflow/schema.h>

#include "c_api/translate.hpp"
#include "schema/schema.hpp"

struct pqflow_schema {
  std::unique_ptr<pqflow::schema::Schema> schema;
};

namespace {

using pqflow::base::Result;
using pqflow::c_api::guarded;

}  // namespace

extern "C" {

pqflow_status pqflow_schema_create(pqflow_schema** schema, const pqflow_schema_definition* definition, pqflow_error* error) {
  return guarded(error, [&] {
    if (schema != nullptr) {
      *schema = nullptr;
    }
    if (schema == nullptr || definition == nullptr) {
      return Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT,
                             "pqflow_schema_create needs a place for the schema and a definition, neither null");
    }
    auto created = std::make_unique<pqflow_schema>();
    if (Result result = pqflow::schema::Schema::create(*definition, created->schema); !result.is_ok()) {
      return result;
    }
    *schema = created.release();
    return Result::ok();
  });
}

void pqflow_schema_free(pqflow_schema* schema) { delete schema; }

const pqflow_descriptor* pqflow_schema_descriptor(const pqflow_schema* schema) {
  return schema != nullptr ? &schema->schema->descriptor() : nullptr;
}

uint32_t pqflow_schema_record_size_bytes(const pqflow_schema* schema) {
  return schema != nullptr ? schema->schema->descriptor().record_size_bytes : 0;
}

uint32_t pqflow_schema_column_count(const pqflow_schema* schema) {
  return schema != nullptr ? schema->schema->descriptor().field_count : 0;
}

const pqflow_field* pqflow_schema_column(const pqflow_schema* schema, uint32_t column_index) {
  return column_index < pqflow_schema_column_count(schema) ? &schema->schema->columns()[column_index] : nullptr;
}

const pqflow_field* pqflow_schema_find_column(const pqflow_schema* schema, const char* name) {
  return schema != nullptr && name != nullptr ? schema->schema->find_column(name) : nullptr;
}

}  // extern "C"
