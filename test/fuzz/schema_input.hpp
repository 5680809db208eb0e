// An input of the schema fuzz target: the text given with --schema and, behind a byte 0, the text that the file carries as pqflow:schema.
#pragma once

#include <string>
#include <string_view>

#include "verify/expected_schema.hpp"
#include "verify/json_reader.hpp"
#include "verify/metadata.hpp"

namespace pqflow::fuzz {

// Compares `file` with the schema as `pqflow verify --schema` does. Answers false where the given text is refused: it is no JSON, or no
// resolved schema.
inline bool compare_with_schema(std::string_view input, verify::FileMetadata file, verify::Findings& findings) {
  const std::string_view given = input.substr(0, input.find('\0'));
  if (given.size() < input.size()) {
    file.key_values = {{"pqflow:schema", std::string(input.substr(given.size() + 1))}};
  }
  try {
    const verify::JsonValue schema = verify::read_json(given);
    if (!verify::is_resolved_schema(schema)) {
      return false;
    }
    verify::check_expected_schema(schema, file, 0, verify::Reporter(findings, ""));
    return true;
  } catch (const verify::JsonError&) {
    return false;
  }
}

}  // namespace pqflow::fuzz
