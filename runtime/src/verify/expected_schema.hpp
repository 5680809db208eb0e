// A file's columns, compared with the resolved schema that it was to be written with (NAME.pqflow.json).
#pragma once

#include "verify/finding.hpp"
#include "verify/json_reader.hpp"
#include "verify/metadata.hpp"

namespace pqflow::verify {

// Whether `schema` has the shape of a resolved schema: the number of its form, and columns.
bool is_resolved_schema(const JsonValue& schema);

// Reports every column that is missing, superfluous, elsewhere, or of another id, repetition, physical or logical type, and another
// fingerprint where the file carries one. The file's elements make a tree.
void check_expected_schema(const JsonValue& schema, const FileMetadata& file, uint64_t footer_offset_bytes, const Reporter& reporter);

}  // namespace pqflow::verify
