// Converters of padded and counted text.
#pragma once

#include <memory>

#include "columns/value_converter.hpp"

namespace pqflow::columns {

// Trailing pad bytes are cut; a counted length beyond the room is cut to it and invalid; STRING, JSON and ENUM values are made UTF-8, each
// repaired value invalid. A value that is both cut and repaired counts once.
std::unique_ptr<ValueConverter> make_text_converter(const pqflow_field& field);

// Length without trailing pad bytes. Reads up to 8 bytes beyond a value of less than 8. Pure.
size_t trimmed_length(const uint8_t* value, size_t width_bytes, uint8_t pad_byte) noexcept;

}  // namespace pqflow::columns
