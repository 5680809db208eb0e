// The leaves of a file's schema with their levels, and the rules a schema keeps.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "verify/metadata.hpp"

namespace pqflow::verify {

struct Leaf {
  SchemaElement element;
  std::vector<std::string> path;
  PhysicalType type = PhysicalType::kBoolean;
  uint32_t type_length_bytes = 0;  // FIXED_LEN_BYTE_ARRAY
  uint8_t max_definition_level = 0;
  uint8_t max_repetition_level = 0;
  bool has_total_order = false;  // Floating point whose column order is IEEE_754_TOTAL_ORDER.

  // "book.list.element"
  std::string dotted_path() const;
  uint8_t logical_id() const { return element.logical ? element.logical->id : uint8_t{kNoLogical}; }
  bool is_utf8() const;
  // FLOAT16 on the physical type that it needs: a file may put it on any.
  bool is_half() const;
  // FLOAT, DOUBLE or FLOAT16.
  bool is_floating() const;
  // Bytes of one PLAIN value; 0 for BOOLEAN and BYTE_ARRAY.
  uint32_t width_bytes() const;
};

// Leaves in file order. Reports every rule of the schema that is broken; empty when the elements make no tree, or a leaf has no known type.
std::vector<Leaf> read_schema(const FileMetadata& file, const Reporter& reporter, uint64_t footer_offset_bytes);

}  // namespace pqflow::verify
