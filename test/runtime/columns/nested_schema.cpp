#include "columns/nested_schema.hpp"

#include <algorithm>

#include "columns/field_paths.hpp"

namespace pqflow::test {
namespace {

uint32_t aligned(uint32_t value, uint32_t align_bytes) { return (value + align_bytes - 1) / align_bytes * align_bytes; }

uint32_t leaf_align(const pqflow_field& field) {
  switch (field.storage) {
    case PQFLOW_STORAGE_NONE:
    case PQFLOW_STORAGE_FIXED_BYTES:
    case PQFLOW_STORAGE_PADDED_TEXT:
    case PQFLOW_STORAGE_COUNTED_8:
      return 1;
    case PQFLOW_STORAGE_COUNTED_16:
      return 2;
    default:
      return field.width_bytes;
  }
}

void measure(Node& node);

// Members in order, then the bitmap of those that may be null.
void lay_members(std::vector<Node>& members, uint32_t& size_bytes, uint32_t& align_bytes) {
  size_bytes = 0;
  align_bytes = 1;
  uint32_t bit_count = 0;
  for (Node& member : members) {
    measure(member);
    member.offset_bytes = aligned(size_bytes, member.align_bytes);
    size_bytes = member.offset_bytes + member.size_bytes;
    align_bytes = std::max(align_bytes, member.align_bytes);
  }
  for (Node& member : members) {
    if (member.has_null_bit()) {
      member.null_byte_offset_bytes = size_bytes + bit_count / 8;
      member.null_bit_index = static_cast<uint8_t>(bit_count++ % 8);
    }
  }
  size_bytes = aligned(size_bytes + (bit_count + 7) / 8, align_bytes);
}

// Offsets inside a node are relative to it until place().
void measure(Node& node) {
  if (node.shape == Shape::kLeaf) {
    node.size_bytes = node.field.width_bytes;
    node.align_bytes = leaf_align(node.field);
    return;
  }
  if (node.shape == Shape::kStruct) {
    lay_members(node.children, node.size_bytes, node.align_bytes);
    return;
  }
  // An element, or the key and value of an entry: laid out as a struct.
  lay_members(node.children, node.stride_bytes, node.align_bytes);
  node.stride_bytes = std::max(node.stride_bytes, 1U);
  const uint32_t count_bytes = node.has_wide_count ? 2 : 1;
  const uint32_t first = aligned(count_bytes, node.align_bytes);
  node.align_bytes = std::max(node.align_bytes, count_bytes);
  for (Node& child : node.children) {
    child.offset_bytes += first;
    child.null_byte_offset_bytes += first;
  }
  node.size_bytes = aligned(first + node.max_count * node.stride_bytes, node.align_bytes);
}

void place(std::vector<Node>& nodes, uint32_t offset_bytes) {
  for (Node& node : nodes) {
    node.offset_bytes += offset_bytes;
    node.null_byte_offset_bytes += offset_bytes;
    node.count_offset_bytes = node.offset_bytes;
    place(node.children, node.offset_bytes);
  }
}

}  // namespace

NestedSchema::NestedSchema(std::vector<Node> nodes) : nodes_(std::move(nodes)) {
  uint32_t size_bytes = 0;
  uint32_t align_bytes = 1;
  lay_members(nodes_, size_bytes, align_bytes);
  place(nodes_, 0);
  for (const Node& node : nodes_) {
    add(node, 0, 0);
  }
  descriptor_.abi_version = PQFLOW_ABI_VERSION;
  descriptor_.struct_size_bytes = sizeof(pqflow_descriptor);
  descriptor_.field_size_bytes = sizeof(pqflow_field);
  descriptor_.name = "nested";
  descriptor_.layout_fingerprint = 1;
  descriptor_.schema_fingerprint = 2;
  descriptor_.record_size_bytes = aligned(std::max(size_bytes, 1U), 8);
  descriptor_.record_align_bytes = 8;
  descriptor_.slot_size_bytes = pqflow_slot_size_bytes(descriptor_.record_size_bytes, 8);
  descriptor_.defaults.codec = PQFLOW_CODEC_FROM_FILE;
  descriptor_.defaults.codec_level = PQFLOW_CODEC_LEVEL_DEFAULT;
  descriptor_.fields = fields_.data();
  descriptor_.field_count = static_cast<uint32_t>(fields_.size());
}

void NestedSchema::add(const Node& node, uint8_t definition_level, uint8_t repetition_level) {
  const uint8_t own_level = static_cast<uint8_t>(definition_level + (node.may_be_null() ? 1 : 0));
  if (node.shape != Shape::kLeaf) {
    pqflow_field& group = add_group(node, node.name, own_level, repetition_level);
    group.offset_bytes = node.offset_bytes;
    group.width_bytes = node.size_bytes;
    if (node.shape == Shape::kStruct) {
      group.child_count = static_cast<uint32_t>(node.children.size());
      add_children(node, own_level, repetition_level);
    } else {
      add_repeated(node, own_level, repetition_level);
    }
    return;
  }
  pqflow_field field = node.field;
  field.name = names_.emplace_back(node.name).c_str();
  field.member = field.storage == PQFLOW_STORAGE_NONE ? nullptr : field.name;
  field.offset_bytes = node.offset_bytes;
  field.null_byte_offset_bytes = node.null_byte_offset_bytes;
  field.null_bit_index = node.null_bit_index;
  field.max_definition_level = own_level;
  field.max_repetition_level = repetition_level;
  fields_.push_back(field);
}

pqflow_field& NestedSchema::add_group(const Node& node, const std::string& name, uint8_t definition_level, uint8_t repetition_level) {
  pqflow_field group = {};
  group.name = names_.emplace_back(name).c_str();
  group.member = group.name;
  group.field_id = PQFLOW_FIELD_ID_NONE;
  group.physical_type = PQFLOW_PHYSICAL_NONE;
  group.codec = PQFLOW_CODEC_FROM_FILE;
  group.max_definition_level = definition_level;
  group.max_repetition_level = repetition_level;
  if (node.is_optional) {
    group.repetition = PQFLOW_REPETITION_OPTIONAL;
    group.null_kind = PQFLOW_NULL_BIT;
    group.null_bit_when_present = 1;
    group.null_byte_offset_bytes = node.null_byte_offset_bytes;
    group.null_bit_index = node.null_bit_index;
  }
  return fields_.emplace_back(group);
}

void NestedSchema::add_children(const Node& node, uint8_t definition_level, uint8_t repetition_level) {
  for (const Node& child : node.children) {
    add(child, definition_level, repetition_level);
  }
}

void NestedSchema::add_repeated(const Node& node, uint8_t definition_level, uint8_t repetition_level) {
  pqflow_field& outer = fields_.back();
  outer.logical_type = node.shape == Shape::kList ? PQFLOW_LOGICAL_LIST : PQFLOW_LOGICAL_MAP;
  outer.child_count = 1;
  const uint8_t definition = static_cast<uint8_t>(definition_level + 1);
  const uint8_t repetition = static_cast<uint8_t>(repetition_level + 1);
  pqflow_field& repeated = add_group({}, node.shape == Shape::kList ? "list" : "key_value", definition, repetition);
  repeated.repetition = PQFLOW_REPETITION_REPEATED;
  repeated.child_count = static_cast<uint32_t>(node.children.size());
  repeated.storage = node.has_wide_count ? PQFLOW_STORAGE_UINT16 : PQFLOW_STORAGE_UINT8;
  repeated.width_bytes = node.has_wide_count ? 2 : 1;
  repeated.offset_bytes = node.count_offset_bytes;
  repeated.max_element_count = node.max_count;
  repeated.element_stride_bytes = node.stride_bytes;
  add_children(node, definition, repetition);
}

pqflow_field& NestedSchema::at(const std::string& path) {
  const std::vector<columns::FieldPath> paths = columns::field_paths(fields_);
  for (size_t index = 0; index < paths.size(); ++index) {
    if (columns::dotted(paths[index]) == path) {
      return fields_[index];
    }
  }
  ADD_FAILURE() << "no field " << path;
  return fields_.front();
}

columns::RecordSchema NestedSchema::build() {
  columns::RecordSchema schema;
  const base::Result result = columns::RecordSchema::build(descriptor_, nullptr, schema);
  EXPECT_TRUE(result.is_ok()) << result.message;
  return schema;
}

}  // namespace pqflow::test
