// The runtime's own, validated copy of a descriptor, which may go away afterwards: what the columnarizer and the Parquet writer work from.
#pragma once

#include <pqflow/descriptor.h>
#include <pqflow/pqflow.h>

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "columns/field_paths.hpp"
#include "columns/field_texts.hpp"
#include "columns/level_tree.hpp"

namespace pqflow::columns {

struct RecordSchema {
  std::string name;
  std::string schema_json;
  std::vector<pqflow_field>
      fields;  // Depth first, as in the descriptor; offsets are those of the record that is logged. Pointers refer to `texts`.
  std::shared_ptr<FieldTexts> texts;
  std::vector<size_t> leaf_indices;   // Into fields, in column order.
  std::vector<FieldPath> leaf_paths;  // Parquet's path_in_schema of each.
  LevelTree level_tree;
  std::vector<std::pair<std::string, std::string>> key_values;
  std::vector<pqflow_sorting_column> sorting_columns;
  pqflow_unpack_function* unpack = nullptr;  // Null: generic kernels.
  uint64_t layout_fingerprint = 0;
  uint64_t schema_fingerprint = 0;
  uint32_t schema_version = 0;
  uint32_t record_size_bytes = 0;
  uint32_t record_align_bytes = 0;
  uint32_t slot_size_bytes = 0;

  // Checks every rule of descriptor.h (offsets and widths inside the record, storage fits physical and logical type, levels, tree shape,
  // limits, overflow-safe) and, where `registered` is given, rebinds offsets to the caller's struct by member name, refusing missing
  // members, other sizes and other kinds. Allocates.
  static base::Result build(const pqflow_descriptor& descriptor, const pqflow_record_layout* registered, RecordSchema& schema);
};

}  // namespace pqflow::columns
