#include "verify/thrift_node.hpp"

namespace pqflow::verify_test {
namespace {

Node integer(NodeType type, int64_t value) {
  Node node;
  node.type = type;
  node.number = value;
  return node;
}

template <typename T>
Node list_of(NodeType element, const std::vector<T>& values, Node (*make)(int64_t)) {
  std::vector<Node> items;
  for (const auto value : values) {
    items.push_back(make(static_cast<int64_t>(value)));
  }
  return list(element, std::move(items));
}

void append(ByteVector& target, const Node& node);

void append_fields(ByteVector& target, const Node& node) {
  int16_t previous = 0;
  for (const auto& [id, value] : node.fields) {
    const bool is_false = value.type == NodeType::kBool && value.number == 0;
    const auto type = static_cast<uint8_t>(static_cast<uint8_t>(value.type) + (is_false ? 1 : 0));
    if (id > previous && id - previous < 16) {
      target.push_back(static_cast<uint8_t>((id - previous) << 4 | type));
    } else {
      target.push_back(type);
      append_varint(target, zigzag(id));
    }
    if (value.type != NodeType::kBool) {
      append(target, value);
    }
    previous = id;
  }
  target.push_back(0);
}

void append_list(ByteVector& target, const Node& node) {
  const auto element = static_cast<uint8_t>(node.element);
  if (node.items.size() < 15) {
    target.push_back(static_cast<uint8_t>(node.items.size() << 4 | element));
  } else {
    target.push_back(static_cast<uint8_t>(0xf0 | element));
    append_varint(target, node.items.size());
  }
  for (const Node& item : node.items) {
    append(target, item);
  }
}

void append(ByteVector& target, const Node& node) {
  switch (node.type) {
    case NodeType::kBool:
      target.push_back(node.number != 0 ? 1 : 2);
      break;
    case NodeType::kI8:
      target.push_back(static_cast<uint8_t>(node.number));
      break;
    case NodeType::kBinary:
      append_varint(target, node.bytes.size());
      target.insert(target.end(), node.bytes.begin(), node.bytes.end());
      break;
    case NodeType::kList:
      append_list(target, node);
      break;
    case NodeType::kStruct:
      append_fields(target, node);
      break;
    default:
      append_varint(target, zigzag(node.number));
  }
}

}  // namespace

Node boolean(bool value) { return integer(NodeType::kBool, value ? 1 : 0); }
Node i8(int64_t value) { return integer(NodeType::kI8, value); }
Node i16(int64_t value) { return integer(NodeType::kI16, value); }
Node i32(int64_t value) { return integer(NodeType::kI32, value); }
Node i64(int64_t value) { return integer(NodeType::kI64, value); }

Node binary(ByteVector bytes) {
  Node node;
  node.type = NodeType::kBinary;
  node.bytes = std::move(bytes);
  return node;
}
Node text(const std::string& value) { return binary(ByteVector(value.begin(), value.end())); }

Node structure(std::map<int16_t, Node> fields) {
  Node node;
  node.fields = std::move(fields);
  return node;
}
Node list(NodeType element, std::vector<Node> items) {
  Node node;
  node.type = NodeType::kList;
  node.element = element;
  node.items = std::move(items);
  return node;
}
Node i32_list(const std::vector<int64_t>& values) { return list_of(NodeType::kI32, values, i32); }
Node i64_list(const std::vector<int64_t>& values) { return list_of(NodeType::kI64, values, i64); }
Node bool_list(const std::vector<bool>& values) {
  std::vector<Node> items;
  for (const bool value : values) {
    items.push_back(boolean(value));
  }
  return list(NodeType::kBool, std::move(items));
}
Node binary_list(const std::vector<ByteVector>& values) {
  std::vector<Node> items;
  for (const ByteVector& value : values) {
    items.push_back(binary(value));
  }
  return list(NodeType::kBinary, std::move(items));
}

ByteVector encode(const Node& node) {
  ByteVector target;
  append(target, node);
  return target;
}

void append_varint(ByteVector& target, uint64_t value) {
  for (; value >= 0x80; value >>= 7) {
    target.push_back(static_cast<uint8_t>(value | 0x80));
  }
  target.push_back(static_cast<uint8_t>(value));
}

uint64_t zigzag(int64_t value) { return (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63); }

}  // namespace pqflow::verify_test
