#include "columns/descriptor_checks.hpp"

#include <pqflow/lane.h>

#include <bit>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "columns/field_checks.hpp"
#include "columns/field_paths.hpp"
#include "columns/group_checks.hpp"
#include "columns/limits.hpp"
#include "columns/nesting_checks.hpp"
#include "columns/sorting_checks.hpp"
#include "columns/text_checks.hpp"

namespace pqflow::columns {
namespace {

constexpr std::string_view kReservedKeyPrefix = "pqflow:";

base::Result invalid(const std::string& problem) {
  return problem.empty() ? base::Result::ok() : base::Result::failure(PQFLOW_STATUS_INVALID_DESCRIPTOR, "invalid descriptor: " + problem);
}

std::string label(const pqflow_field& field, size_t index) {
  return check_field_name(field.name).empty() ? "field `" + std::string(field.name) + "`" : "field " + std::to_string(index);
}

base::Result check_abi(const pqflow_descriptor& descriptor) {
  if (descriptor.abi_version == PQFLOW_ABI_VERSION && descriptor.struct_size_bytes == sizeof(pqflow_descriptor) &&
      descriptor.field_size_bytes == sizeof(pqflow_field)) {
    return base::Result::ok();
  }
  return base::Result::failure(PQFLOW_STATUS_ABI_MISMATCH, "the descriptor was made for ABI version " +
                                                               std::to_string(descriptor.abi_version) + ", this runtime has version " +
                                                               std::to_string(PQFLOW_ABI_VERSION) +
                                                               ": generate and compile again with its headers");
}

std::string check_record(const pqflow_descriptor& descriptor) {
  const uint32_t size_bytes = descriptor.record_size_bytes;
  const uint32_t align_bytes = descriptor.record_align_bytes;
  if (size_bytes == 0 || size_bytes > PQFLOW_RECORD_SIZE_MAX_BYTES) {
    return "record_size_bytes " + std::to_string(size_bytes) + " is not 1 … " + std::to_string(PQFLOW_RECORD_SIZE_MAX_BYTES);
  }
  if (!std::has_single_bit(align_bytes) || align_bytes > kMaxRecordAlignBytes || size_bytes % align_bytes != 0) {
    return "record_align_bytes " + std::to_string(align_bytes) + " must be a power of two up to " + std::to_string(kMaxRecordAlignBytes) +
           " that divides record_size_bytes " + std::to_string(size_bytes);
  }
  const uint32_t slot_size_bytes = pqflow_slot_size_bytes(size_bytes, align_bytes);
  if (descriptor.slot_size_bytes != slot_size_bytes) {
    return "slot_size_bytes is " + std::to_string(descriptor.slot_size_bytes) + ", but this record needs " +
           std::to_string(slot_size_bytes);
  }
  return {};
}

std::string check_key_value(const pqflow_key_value& entry, size_t& total_bytes) {
  if (entry.key.length_bytes == 0) {
    return "a key of key_values is empty";
  }
  if (std::string problem = check_text(entry.key, kMaxTextBytes, "a key of key_values"); !problem.empty()) {
    return problem;
  }
  const std::string key(entry.key.data, entry.key.length_bytes);
  if (key.starts_with(kReservedKeyPrefix)) {
    return "key `" + key + "`: keys that start with `pqflow:` are written by the runtime";
  }
  total_bytes += entry.key.length_bytes + entry.value.length_bytes;
  return check_text(entry.value, kMaxTextBytes, "the value of key `" + key + "`");
}

std::string check_key_values(const pqflow_descriptor& descriptor) {
  if (descriptor.key_value_count > kMaxKeyValueCount || (descriptor.key_value_count != 0 && descriptor.key_values == nullptr)) {
    return "key_values is null or has more than " + std::to_string(kMaxKeyValueCount) + " entries";
  }
  size_t total_bytes = 0;
  for (uint32_t index = 0; index < descriptor.key_value_count; ++index) {
    if (std::string problem = check_key_value(descriptor.key_values[index], total_bytes); !problem.empty()) {
      return problem;
    }
    if (total_bytes > kMaxTextBytes) {
      return "key_values take more than " + std::to_string(kMaxTextBytes) + " bytes";
    }
  }
  return {};
}

std::string check_head(const pqflow_descriptor& descriptor) {
  if (std::string problem = check_field_name(descriptor.name); !problem.empty()) {
    return "schema: " + problem;
  }
  if (descriptor.fields == nullptr || descriptor.field_count == 0 || descriptor.field_count > kMaxFieldCount) {
    return "fields is null or its count " + std::to_string(descriptor.field_count) + " is not 1 … " + std::to_string(kMaxFieldCount);
  }
  if (std::string problem = check_record(descriptor); !problem.empty()) {
    return problem;
  }
  if (std::string problem = check_text(descriptor.schema_json, kMaxTextBytes, "schema_json"); !problem.empty()) {
    return problem;
  }
  return check_key_values(descriptor);
}

// The unclosed groups while the depth-first list is walked.
struct UnclosedGroup {
  uint32_t remaining_count;
  std::set<std::string_view> names;
};

std::string enter_field(const pqflow_field& field, std::vector<UnclosedGroup>& open) {
  if (std::string problem = check_field_name(field.name); !problem.empty()) {
    return problem;
  }
  if (!open.back().names.insert(field.name).second) {
    return "the name appears twice among its siblings";
  }
  --open.back().remaining_count;
  if (field.child_count != 0) {
    open.push_back({field.child_count, {}});
  }
  while (open.size() > 1 && open.back().remaining_count == 0) {
    open.pop_back();
  }
  return open.size() > kMaxNestingDepth ? "nesting is deeper than " + std::to_string(kMaxNestingDepth) : "";
}

// Shape: every group has as many descendants as it says. The top has no count of its own.
std::string check_tree(const pqflow_descriptor& descriptor) {
  std::vector<UnclosedGroup> open = {{descriptor.field_count, {}}};
  size_t leaf_count = 0;
  for (uint32_t index = 0; index < descriptor.field_count; ++index) {
    const pqflow_field& field = descriptor.fields[index];
    if (std::string problem = enter_field(field, open); !problem.empty()) {
      return label(field, index) + ": " + problem;
    }
    leaf_count += field.child_count == 0 ? 1 : 0;
  }
  if (open.size() != 1) {
    return "the field list ends inside a group: child_count is larger than the number of fields that follow";
  }
  return leaf_count > kMaxLeafCount ? "more than " + std::to_string(kMaxLeafCount) + " leaf columns" : "";
}

std::string path_label(const pqflow_descriptor& descriptor, size_t index) {
  return "field `" + dotted(field_paths({descriptor.fields, descriptor.field_count})[index]) + "`: ";
}

std::string check_fields(const pqflow_descriptor& descriptor) {
  std::set<int32_t> field_ids;
  size_t text_bytes = 0;
  for (uint32_t index = 0; index < descriptor.field_count; ++index) {
    const pqflow_field& field = descriptor.fields[index];
    const bool is_group = field.child_count != 0;
    if (std::string problem = is_group ? check_group(field) : check_leaf(field, descriptor.record_size_bytes); !problem.empty()) {
      return path_label(descriptor, index) + problem;
    }
    if (field.field_id != PQFLOW_FIELD_ID_NONE && !field_ids.insert(field.field_id).second) {
      return path_label(descriptor, index) + "field_id " + std::to_string(field.field_id) + " appears twice";
    }
    text_bytes += field.constant_length_bytes;
  }
  return text_bytes > kMaxTextBytes ? "constants take more than " + std::to_string(kMaxTextBytes) + " bytes" : "";
}

std::string check_places(const pqflow_descriptor& descriptor) {
  const NestingProblem problem = check_nesting(descriptor);
  return problem.text.empty() ? "" : path_label(descriptor, problem.field_index) + problem.text;
}

}  // namespace

base::Result check_descriptor(const pqflow_descriptor& descriptor) {
  if (base::Result result = check_abi(descriptor); !result.is_ok()) {
    return result;
  }
  for (const auto check : {check_head, check_tree, check_fields, check_places, check_sorting}) {
    if (base::Result result = invalid(check(descriptor)); !result.is_ok()) {
      return result;
    }
  }
  return base::Result::ok();
}

}  // namespace pqflow::columns
