// What a definition must not say, up to the types of its columns; where they lie is placement.hpp.
#pragma once

#include <pqflow/schema.h>

#include "base/result.hpp"

namespace pqflow::schema {

// Messages name the column and say what to do. Null pointers are PQFLOW_STATUS_INVALID_ARGUMENT, structures of another ABI
// PQFLOW_STATUS_ABI_MISMATCH, the rest PQFLOW_STATUS_INVALID_DESCRIPTOR.
base::Result check_definition(const pqflow_schema_definition& definition);

}  // namespace pqflow::schema
