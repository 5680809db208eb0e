// A column's definition → the field of a descriptor, still without a place in the record.
#pragma once

#include <pqflow/schema.h>

#include <string>

namespace pqflow::schema {

// Members that the column's type has no use for must be 0: a definition never says something that is ignored. Answers what is wrong, or
// nothing.
std::string check_unused_members(const pqflow_column& column);

// Likewise of length_bytes: missing, too long, or given where the type has a length of its own.
std::string check_length(const pqflow_column& column);

// Storage and width follow from the types where the definition leaves them open. Texts and enum values stay those of the definition.
pqflow_field make_field(const pqflow_column& column);

}  // namespace pqflow::schema
