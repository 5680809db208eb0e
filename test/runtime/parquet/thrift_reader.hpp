// Reads Thrift's compact protocol into a tree, written from its description, to look at what the writer under test produced.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace pqflow::test {

struct ThriftNode {
  uint8_t type = 0;
  int64_t number = 0;                // Integers and booleans.
  std::string bytes;                 // Binaries.
  std::vector<ThriftNode> list;      // Elements.
  std::map<int, ThriftNode> fields;  // Of a struct.

  bool has(int id) const { return fields.count(id) != 0; }
  const ThriftNode& at(int id) const { return fields.at(id); }
  int64_t number_at(int id) const { return fields.at(id).number; }
  const std::string& bytes_at(int id) const { return fields.at(id).bytes; }
};

class ThriftReader {
 public:
  explicit ThriftReader(std::span<const uint8_t> bytes) : bytes_(bytes) {}

  ThriftNode read_struct() {
    ThriftNode node;
    node.type = 12;
    int id = 0;
    for (uint8_t header = next(); header != 0; header = next()) {
      id = (header >> 4) != 0 ? id + (header >> 4) : static_cast<int>(zigzag());
      if (node.has(id)) {
        throw std::runtime_error("field twice");
      }
      node.fields[id] = read_value(header & 0x0f, false);
    }
    return node;
  }
  size_t position() const { return position_; }

 private:
  ThriftNode read_value(uint8_t type, bool is_element) {
    ThriftNode node;
    node.type = type;
    switch (type) {
      case 1:
      case 2:
        node.number = is_element ? next() == 1 : type == 1;
        break;
      case 3:
        node.number = static_cast<int8_t>(next());
        break;
      case 4:
      case 5:
      case 6:
        node.number = zigzag();
        break;
      case 8:
        node.bytes = read_bytes(varint());
        break;
      case 9:
        read_list(node);
        break;
      case 12:
        return read_struct();
      default:
        throw std::runtime_error("type " + std::to_string(type));
    }
    return node;
  }
  void read_list(ThriftNode& node) {
    const uint8_t header = next();
    const uint64_t count = (header >> 4) == 15 ? varint() : header >> 4;
    for (uint64_t index = 0; index < count; ++index) {
      node.list.push_back(read_value(header & 0x0f, true));
    }
  }
  std::string read_bytes(uint64_t size_bytes) {
    std::string bytes;
    while (bytes.size() < size_bytes) {
      bytes.push_back(static_cast<char>(next()));
    }
    return bytes;
  }
  uint64_t varint() {
    uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      const uint8_t byte = next();
      value |= static_cast<uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) {
        return value;
      }
    }
  }
  int64_t zigzag() {
    const uint64_t value = varint();
    return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
  }
  uint8_t next() {
    if (position_ >= bytes_.size()) {
      throw std::runtime_error("end of bytes");
    }
    return bytes_[position_++];
  }

  std::span<const uint8_t> bytes_;
  size_t position_ = 0;
};

}  // namespace pqflow::test
