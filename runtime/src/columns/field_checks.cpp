#include "columns/field_checks.hpp"

#include <initializer_list>

#include "columns/encoding_rules.hpp"
#include "columns/enum_rules.hpp"
#include "columns/limits.hpp"
#include "columns/logical_rules.hpp"
#include "columns/storage_rules.hpp"
#include "columns/storage_traits.hpp"
#include "columns/text_checks.hpp"
#include "columns/type_rules.hpp"

namespace pqflow::columns {
namespace {

// Every check up to the first that finds something.
using Check = std::string (*)(const pqflow_field&, uint32_t record_size_bytes);

bool is_always_null(const pqflow_field& field) { return field.null_kind == PQFLOW_NULL_ALWAYS; }
bool is_constant(const pqflow_field& field) { return field.storage == PQFLOW_STORAGE_NONE && !is_always_null(field); }

// offset + size ≤ record, in 64 bits so that it cannot wrap.
bool lies_inside(uint64_t offset_bytes, uint64_t size_bytes, uint32_t record_size_bytes) {
  return offset_bytes + size_bytes <= record_size_bytes;
}

std::string check_repetition(const pqflow_field& field, uint32_t) {
  if (field.repetition > PQFLOW_REPETITION_REPEATED) {
    return "repetition number " + std::to_string(field.repetition) + " is not known";
  }
  const bool is_optional = field.repetition == PQFLOW_REPETITION_OPTIONAL;
  if (is_optional == (field.null_kind == PQFLOW_NULL_NEVER)) {
    return is_optional ? "an optional field needs a null_kind" : "a required field needs null_kind NEVER";
  }
  return field.max_element_count == 0 && field.element_stride_bytes == 0
             ? ""
             : "max_element_count and element_stride_bytes are for REPEATED groups only";
}

std::string check_encoding(const pqflow_field& field, uint32_t) {
  const char* const name = encoding_name(field.encoding);
  if (name == nullptr) {
    return "encoding number " + std::to_string(field.encoding) + " is not known";
  }
  return is_encoding_of(field, field.encoding)
             ? ""
             : "encoding " + std::string(name) + " does not exist for " + physical_name(field.physical_type);
}

constexpr double kMinBloomFpp = 1e-6;
constexpr double kMaxBloomFpp = 0.5;
constexpr uint64_t kMaxBloomNdv = uint64_t{1} << 26;

std::string check_bloom(const pqflow_field& field, uint32_t) {
  const double fpp = field.bloom_filter_fpp;
  if (fpp == 0) {
    return field.bloom_filter_ndv == 0 ? "" : "bloom_filter_ndv without a bloom_filter_fpp";
  }
  if (!(fpp >= kMinBloomFpp && fpp <= kMaxBloomFpp)) {
    return "bloom_filter_fpp is not 1e-6 … 0.5";
  }
  if (field.bloom_filter_ndv > kMaxBloomNdv) {
    return "bloom_filter_ndv is " + std::to_string(field.bloom_filter_ndv) + "; it is at most " + std::to_string(kMaxBloomNdv);
  }
  return field.physical_type == PQFLOW_PHYSICAL_BOOLEAN ? "a BOOLEAN column has no bloom filter" : "";
}

std::string check_enumerators(const pqflow_field& field, uint32_t) {
  if (field.statistics > PQFLOW_COLUMN_STATISTICS_PAGE) {
    return "statistics number " + std::to_string(field.statistics) + " is not known";
  }
  if (field.field_id < 0 && field.field_id != PQFLOW_FIELD_ID_NONE) {
    return "field_id " + std::to_string(field.field_id) + " is negative";
  }
  return {};
}

std::string check_place(const pqflow_field& field, uint32_t record_size_bytes) {
  if (is_always_null(field)) {
    return field.width_bytes == 0
               ? ""
               : "a column of nulls takes no bytes of the record, but width_bytes is " + std::to_string(field.width_bytes);
  }
  if (is_constant(field)) {
    return field.width_bytes == 0 ? "" : "a constant takes no bytes of the record, but width_bytes is " + std::to_string(field.width_bytes);
  }
  if (std::string problem = check_storage_width(field); !problem.empty()) {
    return problem;
  }
  if (!lies_inside(field.offset_bytes, field.width_bytes, record_size_bytes)) {
    return "bytes " + std::to_string(field.offset_bytes) + " + " + std::to_string(field.width_bytes) + " lie outside the record of " +
           std::to_string(record_size_bytes) + " bytes";
  }
  return {};
}

std::string check_null_bit(const pqflow_field& field, uint32_t record_size_bytes) {
  if (field.null_bit_index > 7 || field.null_bit_when_present > 1) {
    return "null_bit_index must be 0 … 7 and null_bit_when_present 0 or 1";
  }
  if (!lies_inside(field.null_byte_offset_bytes, 1, record_size_bytes)) {
    return "its null bit in byte " + std::to_string(field.null_byte_offset_bytes) + " lies outside the record of " +
           std::to_string(record_size_bytes) + " bytes";
  }
  return {};
}

std::string check_sentinel(const pqflow_field& field) {
  const uint32_t width_bytes = fixed_storage_bytes(field.storage);
  if (width_bytes == 0) {
    return "storage " + storage_name(field.storage) + " cannot have a null value; use a null bit";
  }
  if (width_bytes < 8 && (field.null_value_bits >> (width_bytes * 8)) != 0) {
    return "null_value_bits has more than the " + std::to_string(width_bytes) + " bytes of the value";
  }
  return {};
}

std::string check_always_null(const pqflow_field& field) {
  const bool is_unknown = field.logical_type == PQFLOW_LOGICAL_UNKNOWN && field.storage == PQFLOW_STORAGE_NONE;
  return is_unknown ? "" : "null_kind ALWAYS needs storage NONE and logical type UNKNOWN";
}

std::string check_null(const pqflow_field& field, uint32_t record_size_bytes) {
  switch (field.null_kind) {
    case PQFLOW_NULL_NEVER:
      return {};
    case PQFLOW_NULL_BIT:
      return is_constant(field) ? "a constant is never null" : check_null_bit(field, record_size_bytes);
    case PQFLOW_NULL_SENTINEL:
      return check_sentinel(field);
    case PQFLOW_NULL_NAN:
      return is_floating_storage(field.storage) ? "" : "null_kind NAN needs storage FLOAT, DOUBLE or FLOAT16";
    case PQFLOW_NULL_ALWAYS:
      return check_always_null(field);
    default:
      return "null_kind number " + std::to_string(field.null_kind) + " is not known";
  }
}

std::string check_constant_bytes(const pqflow_field& field) {
  const uint32_t expected_bytes = physical_bytes(field);
  if (expected_bytes != 0 && field.constant_length_bytes != expected_bytes) {
    return "a constant of type " + physical_name(field.physical_type) + " has " + std::to_string(expected_bytes) +
           " bytes, but constant_length_bytes is " + std::to_string(field.constant_length_bytes);
  }
  if (field.physical_type != PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY && field.constant_length_bytes > kMaxConstantBytes) {
    return "a constant may have " + std::to_string(kMaxConstantBytes) + " bytes at most";
  }
  if (field.physical_type == PQFLOW_PHYSICAL_BOOLEAN && *field.constant_value > 1) {
    return "a BOOLEAN constant must be the byte 0 or 1";
  }
  if (must_be_utf8(field.logical_type) && !is_well_formed(field.constant_value, field.constant_length_bytes)) {
    return "the constant is not well-formed UTF-8";
  }
  return {};
}

std::string check_constant(const pqflow_field& field, uint32_t) {
  if (is_constant(field) != (field.constant_value != nullptr)) {
    return is_constant(field) ? "storage NONE needs a constant_value" : "constant_value is for storage NONE only";
  }
  if (!is_constant(field)) {
    return {};
  }
  if (field.repetition != PQFLOW_REPETITION_REQUIRED) {
    return "a constant must be required";
  }
  return field.type_length_bytes > kMaxConstantBytes ? "a constant may have " + std::to_string(kMaxConstantBytes) + " bytes at most"
                                                     : check_constant_bytes(field);
}

std::string check_physical(const pqflow_field& field, uint32_t) { return check_physical_type(field); }
std::string check_logical(const pqflow_field& field, uint32_t) { return check_logical_type(field); }
std::string check_enum(const pqflow_field& field, uint32_t) { return check_enum_values(field); }

}  // namespace

std::string check_leaf(const pqflow_field& field, uint32_t record_size_bytes) {
  for (const Check check : {check_repetition, check_enumerators, check_place, check_constant, check_null, check_physical, check_encoding,
                            check_bloom, check_logical, check_enum}) {
    if (std::string problem = check(field, record_size_bytes); !problem.empty()) {
      return problem;
    }
  }
  return {};
}

}  // namespace pqflow::columns
