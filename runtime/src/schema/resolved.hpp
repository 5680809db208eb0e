// The schema as JSON, in the shape the generator writes: what each file carries under "pqflow:schema", and what the two fingerprints are
// taken of.
#pragma once

#include <pqflow/schema.h>

#include <cstdint>
#include <string>
#include <vector>

#include "schema/placement.hpp"

namespace pqflow::schema {

struct Fingerprints {
  uint64_t layout;
  uint64_t schema;
};

// Record size, alignment, null bits and the bytes of every column.
std::string layout_json(const std::vector<pqflow_field>& fields, const Placement& placement);

// Names, ids, types, what may be null.
std::string meaning_json(const char* name, const std::vector<pqflow_field>& fields);

// What each file carries: names, meaning and fingerprints. Where a value lies in the record matters to nobody who reads the file.
std::string stored_json(const pqflow_schema_definition& definition, const std::vector<pqflow_field>& fields,
                        const Fingerprints& fingerprints);

}  // namespace pqflow::schema
