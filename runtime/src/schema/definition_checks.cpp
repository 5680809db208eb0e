#include "schema/definition_checks.hpp"

#include <pqflow/lane.h>

#include <map>
#include <string>
#include <string_view>

#include "columns/field_checks.hpp"
#include "columns/limits.hpp"
#include "columns/text_checks.hpp"
#include "schema/column_field.hpp"

namespace pqflow::schema {
namespace {

using base::Result;

Result invalid(const std::string& problem) { return Result::failure(PQFLOW_STATUS_INVALID_DESCRIPTOR, "invalid definition: " + problem); }

std::string column_number(uint32_t index) { return "column " + std::to_string(index); }

Result check_abi(const pqflow_schema_definition& definition) {
  if (definition.abi_version == PQFLOW_ABI_VERSION && definition.struct_size_bytes == sizeof(pqflow_schema_definition) &&
      definition.column_size_bytes == sizeof(pqflow_column)) {
    return Result::ok();
  }
  return Result::failure(PQFLOW_STATUS_ABI_MISMATCH,
                         "the definition was made for ABI version " + std::to_string(definition.abi_version) +
                             ", this library has version " + std::to_string(PQFLOW_ABI_VERSION) +
                             "; start from pqflow_schema_define and compile against the headers of this library");
}

Result check_pointers(const pqflow_schema_definition& definition) {
  if (definition.name == nullptr) {
    return Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, "the definition's name is null; name the schema");
  }
  if (definition.columns == nullptr) {
    return Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, "the definition's columns are null; give an array of pqflow_column");
  }
  return Result::ok();
}

Result check_head(const pqflow_schema_definition& definition) {
  if (definition.column_count == 0 || definition.column_count > columns::kMaxLeafCount) {
    return invalid(std::to_string(definition.column_count) + " columns; a schema has 1 … " + std::to_string(columns::kMaxLeafCount));
  }
  for (const uint8_t byte : definition.reserved) {
    if (byte != 0) {
      return invalid("reserved must be 0; start from pqflow_schema_define");
    }
  }
  const std::string problem = columns::check_field_name(definition.name);
  return problem.empty() ? Result::ok() : invalid("schema: " + problem);
}

// Names and ids, each once.
class Seen {
 public:
  std::string add(const pqflow_column& column, uint32_t index) {
    if (std::string problem = add_to(names_, std::string_view(column.name), index, "the name"); !problem.empty()) {
      return problem;
    }
    return column.has_field_id == 0 ? "" : add_to(field_ids_, column.field_id, index, "field_id " + std::to_string(column.field_id));
  }

 private:
  template <typename Key>
  static std::string add_to(std::map<Key, uint32_t>& seen, const Key& key, uint32_t index, const std::string& what) {
    const auto [found, is_new] = seen.emplace(key, index);
    return is_new ? "" : what + " is also that of " + column_number(found->second) + "; choose another";
  }

  std::map<std::string_view, uint32_t> names_;
  std::map<int32_t, uint32_t> field_ids_;
};

// The type as it would stand alone in a record of the largest size.
std::string check_type(const pqflow_column& column) {
  if (column.null_kind > PQFLOW_NULL_NAN) {
    return "null_kind number " + std::to_string(column.null_kind) + " is not known; use NEVER, BIT, SENTINEL or NAN";
  }
  for (const auto check : {check_unused_members, check_length}) {
    if (std::string problem = check(column); !problem.empty()) {
      return problem;
    }
  }
  return columns::check_leaf(make_field(column), PQFLOW_RECORD_SIZE_MAX_BYTES);
}

Result check_column(const pqflow_column& column, uint32_t index, Seen& seen) {
  if (std::string problem = columns::check_field_name(column.name); !problem.empty()) {
    return invalid(column_number(index) + ": " + problem);
  }
  const std::string label = "column `" + std::string(column.name) + "`: ";
  if (std::string problem = seen.add(column, index); !problem.empty()) {
    return invalid(label + problem);
  }
  const std::string problem = check_type(column);
  return problem.empty() ? Result::ok() : invalid(label + problem);
}

}  // namespace

Result check_definition(const pqflow_schema_definition& definition) {
  for (const auto check : {check_abi, check_pointers, check_head}) {
    if (Result result = check(definition); !result.is_ok()) {
      return result;
    }
  }
  Seen seen;
  for (uint32_t index = 0; index < definition.column_count; ++index) {
    if (Result result = check_column(definition.columns[index], index, seen); !result.is_ok()) {
      return result;
    }
  }
  return Result::ok();
}

}  // namespace pqflow::schema
