#include "schema/placement.hpp"

#include <pqflow/lane.h>

#include <algorithm>

#include "columns/limits.hpp"

namespace pqflow::schema {
namespace {

// Offsets and widths are summed in 64 bits so that nothing wraps.
struct Bytes {
  uint64_t offset_bytes;
  uint64_t size_bytes;
  std::string owner;
  uint64_t end_bytes() const { return offset_bytes + size_bytes; }
};

std::string column_label(const pqflow_field& field) { return "column `" + std::string(field.name) + "`"; }

std::string range_text(const Bytes& bytes) {
  return bytes.owner + " at bytes " + std::to_string(bytes.offset_bytes) + " … " + std::to_string(bytes.end_bytes() - 1);
}

void place_null_bits(std::vector<pqflow_field>& fields, const Placement& placement, uint8_t bit_when_present) {
  uint32_t bit = 0;
  for (pqflow_field& field : fields) {
    if (field.null_kind == PQFLOW_NULL_BIT) {
      field.null_byte_offset_bytes = placement.null_bits_offset_bytes + bit / 8;
      field.null_bit_index = static_cast<uint8_t>(bit % 8);
      field.null_bit_when_present = bit_when_present;
      ++bit;
    }
  }
}

uint32_t null_bits_size_bytes(const std::vector<pqflow_field>& fields) {
  const auto has_null_bit = [](const pqflow_field& field) { return field.null_kind == PQFLOW_NULL_BIT; };
  return static_cast<uint32_t>((std::count_if(fields.begin(), fields.end(), has_null_bit) + 7) / 8);
}

std::string check_packed(const pqflow_schema_definition& definition) {
  if (definition.record_size_bytes != 0 || definition.record_align_bytes != 0 || definition.null_bits_offset_bytes != 0 ||
      definition.null_bit_when_present != 0) {
    return "record_size_bytes, record_align_bytes, null_bits_offset_bytes and null_bit_when_present are for PQFLOW_LAYOUT_EXPLICIT; a "
           "packed "
           "record computes its own: set them to 0";
  }
  for (uint32_t index = 0; index < definition.column_count; ++index) {
    if (definition.columns[index].offset_bytes != 0) {
      return "column `" + std::string(definition.columns[index].name) +
             "`: offset_bytes is set in a packed definition; set it to 0, or choose PQFLOW_LAYOUT_EXPLICIT and give every column its "
             "offset";
    }
  }
  return {};
}

std::string pack(const pqflow_schema_definition& definition, std::vector<pqflow_field>& fields, Placement& placement) {
  if (std::string problem = check_packed(definition); !problem.empty()) {
    return problem;
  }
  uint64_t end_bytes = placement.null_bits_size_bytes;
  for (pqflow_field& field : fields) {
    if (end_bytes + field.width_bytes > PQFLOW_RECORD_SIZE_MAX_BYTES) {
      return column_label(field) + " ends at byte " + std::to_string(end_bytes + field.width_bytes) + ", but a record has at most " +
             std::to_string(PQFLOW_RECORD_SIZE_MAX_BYTES) + "; shorten it or a column before it";
    }
    field.offset_bytes = static_cast<uint32_t>(end_bytes);
    end_bytes += field.width_bytes;
  }
  placement.record_size_bytes = static_cast<uint32_t>(end_bytes);
  place_null_bits(fields, placement, 0);
  return {};
}

bool is_power_of_two(uint32_t value) { return value != 0 && (value & (value - 1)) == 0; }

std::string check_record(const pqflow_schema_definition& definition) {
  const uint32_t size_bytes = definition.record_size_bytes;
  const uint32_t align_bytes = definition.record_align_bytes;
  if (size_bytes == 0 || size_bytes > PQFLOW_RECORD_SIZE_MAX_BYTES) {
    return "record_size_bytes " + std::to_string(size_bytes) + " is not 1 … " + std::to_string(PQFLOW_RECORD_SIZE_MAX_BYTES) +
           "; set it to the sizeof of the record";
  }
  if (!is_power_of_two(align_bytes) || align_bytes > columns::kMaxRecordAlignBytes || size_bytes % align_bytes != 0) {
    return "record_align_bytes " + std::to_string(align_bytes) + " must be a power of two up to " +
           std::to_string(columns::kMaxRecordAlignBytes) + " that divides record_size_bytes " + std::to_string(size_bytes) +
           "; set it to the alignment of the record, or to 1";
  }
  if (definition.null_bit_when_present > 1) {
    return "null_bit_when_present must be 0 or 1";
  }
  return {};
}

std::vector<Bytes> taken_bytes(const std::vector<pqflow_field>& fields, const Placement& placement) {
  std::vector<Bytes> taken;
  taken.reserve(fields.size() + 1);
  for (const pqflow_field& field : fields) {
    taken.push_back({field.offset_bytes, field.width_bytes, column_label(field)});
  }
  if (placement.null_bits_size_bytes != 0) {
    taken.push_back({placement.null_bits_offset_bytes, placement.null_bits_size_bytes, "the null bits"});
  }
  return taken;
}

std::string check_inside(const std::vector<Bytes>& taken, uint32_t record_size_bytes) {
  for (const Bytes& bytes : taken) {
    if (bytes.end_bytes() > record_size_bytes) {
      return range_text(bytes) + " lie outside the record of " + std::to_string(record_size_bytes) +
             " bytes; correct the offset or record_size_bytes";
    }
  }
  return {};
}

std::string check_apart(std::vector<Bytes> taken) {
  std::stable_sort(taken.begin(), taken.end(),
                   [](const Bytes& left, const Bytes& right) { return left.offset_bytes < right.offset_bytes; });
  for (size_t index = 1; index < taken.size(); ++index) {
    if (taken[index].offset_bytes < taken[index - 1].end_bytes()) {
      return range_text(taken[index]) + " overlaps " + range_text(taken[index - 1]) + "; give each its own bytes";
    }
  }
  return {};
}

std::string take_offsets(const pqflow_schema_definition& definition, std::vector<pqflow_field>& fields, Placement& placement) {
  if (std::string problem = check_record(definition); !problem.empty()) {
    return problem;
  }
  placement.record_size_bytes = definition.record_size_bytes;
  placement.record_align_bytes = definition.record_align_bytes;
  placement.null_bits_offset_bytes = definition.null_bits_offset_bytes;
  for (size_t index = 0; index < fields.size(); ++index) {
    fields[index].offset_bytes = definition.columns[index].offset_bytes;
  }
  const std::vector<Bytes> taken = taken_bytes(fields, placement);
  if (std::string problem = check_inside(taken, placement.record_size_bytes); !problem.empty()) {
    return problem;
  }
  place_null_bits(fields, placement, definition.null_bit_when_present);
  return check_apart(taken);
}

}  // namespace

std::string place(const pqflow_schema_definition& definition, std::vector<pqflow_field>& fields, Placement& placement) {
  placement = {};
  placement.null_bits_size_bytes = null_bits_size_bytes(fields);
  switch (definition.layout) {
    case PQFLOW_LAYOUT_PACKED:
      return pack(definition, fields, placement);
    case PQFLOW_LAYOUT_EXPLICIT:
      return take_offsets(definition, fields, placement);
    default:
      return "layout number " + std::to_string(definition.layout) + " is not known; use PQFLOW_LAYOUT_PACKED or PQFLOW_LAYOUT_EXPLICIT";
  }
}

}  // namespace pqflow::schema
