// Which logical type may annotate which storage and physical type (parquet-format LogicalTypes.md).
#pragma once

#include <pqflow/descriptor.h>

#include <string>

namespace pqflow::columns {

// Answers what is wrong, or nothing. Takes storage and physical type for checked (storage_rules.hpp). Pure.
std::string check_logical_type(const pqflow_field& field);

}  // namespace pqflow::columns
