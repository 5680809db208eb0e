// A pqflow_descriptor made from a JavaScript object, with everything its pointers refer to. Must outlive the sink that is opened with it.
#pragma once

#include <napi.h>
#include <pqflow/pqflow.h>

#include <deque>
#include <string>
#include <vector>

#include "object_reader.hpp"

namespace pqflow::node {

class DescriptorStorage {
 public:
  // Reads the camelCase mirror of pqflow_descriptor. Enumerations are Parquet's or pqflow's numbers; absent members are 0 or null. Checks
  // types only: what the values mean is checked by the runtime at open. JavaScript thread; throws Napi::Error.
  explicit DescriptorStorage(const ObjectReader& source);
  DescriptorStorage(const DescriptorStorage&) = delete;
  DescriptorStorage& operator=(const DescriptorStorage&) = delete;

  const pqflow_descriptor& descriptor() const { return descriptor_; }

 private:
  void read_fields(const ObjectReader& source);
  pqflow_field read_field(const ObjectReader& source);
  void read_field_text(const ObjectReader& source, pqflow_field& field);
  void read_enum_values(const ObjectReader& source, pqflow_field& field);
  void read_key_values(const ObjectReader& source);
  void read_sorting_columns(const ObjectReader& source);
  void read_defaults(const ObjectReader& source);
  pqflow_text keep(std::string text);

  pqflow_descriptor descriptor_{};
  std::vector<pqflow_field> fields_;
  std::vector<pqflow_key_value> key_values_;
  std::vector<pqflow_sorting_column> sorting_columns_;
  std::deque<std::vector<pqflow_enum_value>> enum_values_;  // Deques: growing moves no element, so pointers stay valid.
  std::deque<std::string> texts_;
};

}  // namespace pqflow::node
