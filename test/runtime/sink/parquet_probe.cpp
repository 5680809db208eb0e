#include "sink/parquet_probe.hpp"

#include <pqflow/descriptor.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "encoding/reference_decoders.hpp"

namespace pqflow::sink::test {
namespace {

using Bytes = encoding::reference::Bytes;

// A value of Thrift's compact protocol, as a tree.
struct Node {
  int64_t number = 0;
  std::string bytes;
  std::map<int, Node> fields;
  std::vector<Node> items;

  const Node& at(int id) const {
    const auto found = fields.find(id);
    if (found == fields.end()) {
      throw std::runtime_error("field " + std::to_string(id) + " is missing");
    }
    return found->second;
  }
};

class ThriftReader {
 public:
  ThriftReader(const std::string& data, size_t offset) : data_(data), offset_(offset) {}
  size_t offset() const { return offset_; }

  Node read_struct() {
    Node node;
    int id = 0;
    for (uint8_t header = byte(); header != 0; header = byte()) {
      id = (header >> 4) != 0 ? id + (header >> 4) : static_cast<int>(zigzag());
      node.fields[id] = read_value(header & 0x0f);
    }
    return node;
  }

 private:
  uint8_t byte() {
    if (offset_ >= data_.size()) {
      throw std::runtime_error("metadata ends too early");
    }
    return static_cast<uint8_t>(data_[offset_++]);
  }
  uint64_t varint() {
    uint64_t value = 0;
    int shift = 0;
    for (uint8_t next = byte();; next = byte(), shift += 7) {
      value |= uint64_t{next & 0x7fU} << shift;
      if ((next & 0x80U) == 0) {
        return value;
      }
    }
  }
  int64_t zigzag() {
    const uint64_t value = varint();
    return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
  }
  Node read_value(int type) {
    Node node;
    switch (type) {
      case 1:
      case 2:
        node.number = type == 1 ? 1 : 0;
        return node;
      case 3:
        node.number = static_cast<int8_t>(byte());
        return node;
      case 4:
      case 5:
      case 6:
        node.number = zigzag();
        return node;
      case 8: {
        const uint64_t length = varint();
        node.bytes = data_.substr(offset_, length);
        offset_ += length;
        return node;
      }
      case 9:
        return read_list();
      case 12:
        return read_struct();
      default:
        throw std::runtime_error("type " + std::to_string(type) + " is not expected");
    }
  }
  Node read_list() {
    const uint8_t header = byte();
    const uint64_t count = (header >> 4) == 15 ? varint() : uint64_t{header} >> 4;
    Node node;
    for (uint64_t i = 0; i < count; ++i) {
      node.items.push_back(read_value(header & 0x0f));
    }
    return node;
  }

  const std::string& data_;
  size_t offset_;
};

std::string read_file(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    throw std::runtime_error("cannot open " + path);
  }
  std::string data(std::filesystem::file_size(path), '\0');
  stream.read(data.data(), static_cast<std::streamsize>(data.size()));
  data.resize(static_cast<size_t>(stream.gcount()));
  return data;
}

Node read_footer(const std::string& data) {
  if (data.size() < 12 || data.compare(0, 4, "PAR1") != 0 || data.compare(data.size() - 4, 4, "PAR1") != 0) {
    throw std::runtime_error("not framed by PAR1");
  }
  uint32_t length = 0;
  std::memcpy(&length, data.data() + data.size() - 8, sizeof length);
  if (length + 12 > data.size()) {
    throw std::runtime_error("the footer's length is larger than the file");
  }
  ThriftReader reader(data, data.size() - 8 - length);
  Node footer = reader.read_struct();
  if (reader.offset() != data.size() - 8) {
    throw std::runtime_error("the footer is not one struct");
  }
  return footer;
}

// Values of one page of a required 8-byte column.
std::vector<uint64_t> read_page(const Bytes& body, int64_t encoding, size_t count, const std::vector<uint64_t>& dictionary) {
  namespace reference = encoding::reference;
  if (encoding == PQFLOW_ENCODING_PLAIN) {
    if (body.size() != count * sizeof(uint64_t)) {
      throw std::runtime_error("a page is not as long as its values");
    }
    std::vector<uint64_t> values(count);
    std::memcpy(values.data(), body.data(), body.size());
    return values;
  }
  reference::Reader reader(body);
  if (encoding == PQFLOW_ENCODING_DELTA_BINARY_PACKED) {
    return reference::decode_delta(reader, 64);
  }
  if (encoding != PQFLOW_ENCODING_RLE_DICTIONARY) {
    throw std::runtime_error("a page in encoding " + std::to_string(encoding));
  }
  std::vector<uint64_t> values;
  for (const uint32_t index : reference::decode_dictionary_indices(reader, count)) {
    values.push_back(dictionary.at(index));
  }
  return values;
}

void read_chunk(const std::string& data, const Node& metadata, std::vector<uint64_t>& values) {
  const bool has_dictionary = metadata.fields.count(11) != 0;
  size_t offset = static_cast<size_t>(metadata.at(has_dictionary ? 11 : 9).number);
  std::vector<uint64_t> dictionary;
  for (int64_t left = metadata.at(5).number; left > 0;) {
    ThriftReader reader(data, offset);
    const Node header = reader.read_struct();
    const size_t end = reader.offset() + static_cast<size_t>(header.at(3).number);
    if (end > data.size()) {
      throw std::runtime_error("a page runs beyond the file");
    }
    const Bytes body(data.begin() + static_cast<std::ptrdiff_t>(reader.offset()), data.begin() + static_cast<std::ptrdiff_t>(end));
    const bool is_dictionary = header.at(1).number == 2;
    const Node& detail = header.at(is_dictionary ? 7 : 5);
    const std::vector<uint64_t> page = read_page(body, detail.at(2).number, static_cast<size_t>(detail.at(1).number), dictionary);
    if (is_dictionary) {
      dictionary = page;
    } else {
      values.insert(values.end(), page.begin(), page.end());
      left -= detail.at(1).number;
    }
    offset = end;
  }
}

std::vector<uint64_t> read_column(const std::string& data, const Node& footer, size_t column_index) {
  std::vector<uint64_t> values;
  for (const Node& group : footer.at(4).items) {
    const Node& metadata = group.at(1).items.at(column_index).at(3);
    if (metadata.at(4).number == 0) {
      read_chunk(data, metadata, values);
    }
  }
  return values;
}

}  // namespace

ProbedFile probe(const std::string& path) {
  const std::string data = read_file(path);
  const Node footer = read_footer(data);
  ProbedFile file;
  file.path = path;
  file.row_count = footer.at(3).number;
  int64_t sum = 0;
  for (const Node& group : footer.at(4).items) {
    file.row_group_rows.push_back(group.at(3).number);
    sum += group.at(3).number;
  }
  if (sum != file.row_count) {
    throw std::runtime_error("the row groups do not add up to the file's rows");
  }
  if (footer.fields.count(5) != 0) {
    for (const Node& entry : footer.at(5).items) {
      file.key_values[entry.at(1).bytes] = entry.at(2).bytes;
    }
  }
  if (!footer.at(4).items.empty()) {
    for (const Node& chunk : footer.at(4).items[0].at(1).items) {
      file.codecs.push_back(static_cast<int32_t>(chunk.at(3).at(4).number));
    }
  }
  file.first_column = read_column(data, footer, 0);
  return file;
}

std::vector<uint64_t> read_column(const std::string& path, size_t column_index) {
  const std::string data = read_file(path);
  return read_column(data, read_footer(data), column_index);
}

}  // namespace pqflow::sink::test
