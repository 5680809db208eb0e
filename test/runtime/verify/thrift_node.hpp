// A Thrift structure that tests put together, change and write: the compact protocol once more, sharing no code with runtime/src.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace pqflow::verify_test {

using ByteVector = std::vector<uint8_t>;

// The protocol's numbers of types.
enum class NodeType : uint8_t { kBool = 1, kI8 = 3, kI16 = 4, kI32 = 5, kI64 = 6, kBinary = 8, kList = 9, kStruct = 12 };

struct Node {
  NodeType type = NodeType::kStruct;
  int64_t number = 0;                    // Integers and booleans.
  ByteVector bytes;                      // kBinary
  NodeType element = NodeType::kStruct;  // kList
  std::vector<Node> items;               // kList
  std::map<int16_t, Node> fields;        // kStruct

  Node& at(int16_t id) { return fields.at(id); }
  Node& item(size_t index) { return items.at(index); }
  Node& set(int16_t id, Node value) {
    fields[id] = std::move(value);
    return *this;
  }
  Node& erase(int16_t id) {
    fields.erase(id);
    return *this;
  }
};

Node boolean(bool value);
Node i8(int64_t value);
Node i16(int64_t value);
Node i32(int64_t value);
Node i64(int64_t value);
Node binary(ByteVector bytes);
Node text(const std::string& value);
Node structure(std::map<int16_t, Node> fields);
Node list(NodeType element, std::vector<Node> items);
Node i32_list(const std::vector<int64_t>& values);
Node i64_list(const std::vector<int64_t>& values);
Node bool_list(const std::vector<bool>& values);
Node binary_list(const std::vector<ByteVector>& values);

// The bytes of a structure.
ByteVector encode(const Node& node);
void append_varint(ByteVector& target, uint64_t value);
uint64_t zigzag(int64_t value);

}  // namespace pqflow::verify_test
