// Descriptors of nested records for tests: a tree of nodes, laid out as generated code does it (docs/adr/0010-nested-layout.md).
#pragma once

#include <pqflow/descriptor.h>

#include <deque>
#include <string>
#include <vector>

#include "columns/record_schema.hpp"
#include "columns/test_schema.hpp"

namespace pqflow::test {

enum class Shape { kLeaf, kStruct, kList, kMap };

// A leaf has its storage and type in `field`; an optional one its null_kind too. Names of nodes below lists and maps are given by the
// shape.
struct Node {
  Shape shape = Shape::kLeaf;
  std::string name = {};
  pqflow_field field = {};
  bool is_optional = false;  // Of a struct, list or map: by bit.
  uint32_t max_count = 0;    // Of a list or map.
  bool has_wide_count = false;
  std::vector<Node> children = {};  // Of a list one, of a map two.

  // Where it lies in the record, for element 0 of every list around. Filled by NestedSchema.
  uint32_t offset_bytes = 0;
  uint32_t size_bytes = 0;  // With padding, of elements: the stride.
  uint32_t align_bytes = 1;
  uint32_t null_byte_offset_bytes = 0;
  uint8_t null_bit_index = 0;
  uint32_t count_offset_bytes = 0;
  uint32_t stride_bytes = 0;

  bool may_be_null() const { return shape == Shape::kLeaf ? field.null_kind != PQFLOW_NULL_NEVER : is_optional; }
  bool has_null_bit() const { return shape == Shape::kLeaf ? field.null_kind == PQFLOW_NULL_BIT : is_optional; }
};

inline Node leaf(const std::string& name, pqflow_field field) { return {.name = name, .field = field}; }
inline Node structure(const std::string& name, std::vector<Node> children) {
  return {.shape = Shape::kStruct, .name = name, .children = std::move(children)};
}
inline Node list(const std::string& name, Node element, uint32_t max_count) {
  element.name = "element";
  return {.shape = Shape::kList, .name = name, .max_count = max_count, .has_wide_count = max_count > 255, .children = {std::move(element)}};
}
inline Node map(const std::string& name, Node key, Node value, uint32_t max_count) {
  key.name = "key";
  value.name = "value";
  return {.shape = Shape::kMap,
          .name = name,
          .max_count = max_count,
          .has_wide_count = max_count > 255,
          .children = {std::move(key), std::move(value)}};
}
inline Node optional(Node node) {
  if (node.shape == Shape::kLeaf) {
    node.field = optional_field(node.field, PQFLOW_NULL_BIT);
  }
  node.is_optional = true;
  return node;
}

class NestedSchema {
 public:
  explicit NestedSchema(std::vector<Node> nodes);
  NestedSchema(const NestedSchema&) = delete;

  const std::vector<Node>& nodes() const { return nodes_; }
  std::vector<pqflow_field>& fields() { return fields_; }
  pqflow_field& at(const std::string& path);
  pqflow_descriptor& descriptor() { return descriptor_; }
  columns::RecordSchema build();

 private:
  void add(const Node& node, uint8_t definition_level, uint8_t repetition_level);
  pqflow_field& add_group(const Node& node, const std::string& name, uint8_t definition_level, uint8_t repetition_level);
  void add_children(const Node& node, uint8_t definition_level, uint8_t repetition_level);
  void add_repeated(const Node& node, uint8_t definition_level, uint8_t repetition_level);

  std::vector<Node> nodes_;
  std::deque<std::string> names_;
  std::vector<pqflow_field> fields_;
  pqflow_descriptor descriptor_ = {};
};

}  // namespace pqflow::test
