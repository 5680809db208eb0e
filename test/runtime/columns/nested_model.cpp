#include "columns/nested_model.hpp"

#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstring>

namespace pqflow::test {
namespace {

template <typename T>
std::string bytes_of(T value) {
  return {reinterpret_cast<const char*>(&value), sizeof(T)};
}

std::string in_quotes(const std::string& text) { return "\"" + text + "\""; }

std::string hex(const std::string& bytes) {
  std::string text;
  for (const char byte : bytes) {
    char digits[3];
    std::snprintf(digits, sizeof(digits), "%02x", static_cast<unsigned>(static_cast<uint8_t>(byte)));
    text += digits;
  }
  return text;
}

std::string with_length(const std::string& text) { return bytes_of(static_cast<uint32_t>(text.size())) + text; }

Value leaf_value(const std::string& record_bytes, const std::string& plain_bytes, const std::string& json) {
  return {.record_bytes = record_bytes, .plain_bytes = plain_bytes, .json = json};
}

template <typename T, typename Plain = T>
Value integer(T value) {
  return leaf_value(bytes_of(value), bytes_of(static_cast<Plain>(value)), in_quotes(std::to_string(value)));
}

Value random_text(const pqflow_field& field, Randomness& random, const std::string& prefix) {
  const uint32_t room_bytes = field.storage == PQFLOW_STORAGE_PADDED_TEXT ? field.width_bytes : field.width_bytes - 1;
  std::string text = prefix;
  for (uint32_t length = random.below(room_bytes + 1); text.size() < length;) {
    text += static_cast<char>('a' + random.below(5));
  }
  text.resize(std::min<size_t>(text.size(), room_bytes));
  std::string record = field.storage == PQFLOW_STORAGE_PADDED_TEXT ? text : std::string(1, static_cast<char>(text.size())) + text;
  record.resize(field.width_bytes, ' ');
  return leaf_value(record, with_length(text), in_quotes(text));
}

Value random_double(Randomness& random) {
  const double value = static_cast<double>(random.below(4000)) / 8 - 100;
  char text[32];
  std::snprintf(text, sizeof(text), "%.17g", value);
  return leaf_value(bytes_of(value), bytes_of(value), in_quotes(text));
}

Value random_bytes(const pqflow_field& field, Randomness& random) {
  std::string bytes;
  for (uint32_t index = 0; index < field.width_bytes; ++index) {
    bytes += static_cast<char>(random.below(256));
  }
  return leaf_value(bytes, bytes, in_quotes(hex(bytes)));
}

Value constant_value(const pqflow_field& field) {
  const std::string bytes(reinterpret_cast<const char*>(field.constant_value), field.constant_length_bytes);
  const bool is_text = field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY;
  return leaf_value("", is_text ? with_length(bytes) : bytes, is_text ? in_quotes(bytes) : in_quotes(hex(bytes)));
}

// `prefix`: makes the keys of a map distinct.
Value random_leaf(const pqflow_field& field, Randomness& random, uint32_t number, const std::string& prefix) {
  switch (field.storage) {
    case PQFLOW_STORAGE_NONE:
      return constant_value(field);
    case PQFLOW_STORAGE_BOOL: {
      const uint8_t value = static_cast<uint8_t>(random.below(2));
      return leaf_value(bytes_of(value), bytes_of(value), value == 0 ? in_quotes("false") : in_quotes("true"));
    }
    case PQFLOW_STORAGE_UINT8:
      return integer<uint8_t, int32_t>(static_cast<uint8_t>(random.below(200)));
    case PQFLOW_STORAGE_INT32:
      return integer<int32_t>(static_cast<int32_t>(number * 1000 + random.below(900)) - 450);
    case PQFLOW_STORAGE_INT64:
      return integer<int64_t>(int64_t{1} << 40 | random.below(100000));
    case PQFLOW_STORAGE_DOUBLE:
      return random_double(random);
    case PQFLOW_STORAGE_FIXED_BYTES:
      return random_bytes(field, random);
    default:
      return random_text(field, random, prefix);
  }
}

Value null_leaf(const pqflow_field& field) {
  Value value = {.is_null = true};
  if (field.null_kind == PQFLOW_NULL_SENTINEL) {
    value.record_bytes = bytes_of(field.null_value_bits).substr(0, field.width_bytes);
  } else if (field.null_kind == PQFLOW_NULL_NAN) {
    value.record_bytes = bytes_of(uint64_t{0x7ff8000000000123}).substr(0, field.width_bytes);
  }
  return value;
}

uint32_t random_count(const Node& node, Randomness& random) {
  if (random.happens(random.empty_percent)) {
    return 0;
  }
  return random.happens(random.full_percent) ? node.max_count : random.below(std::min(node.max_count, 12U) + 1);
}

bool is_null(const Node& node, Randomness& random) {
  const bool is_always = node.shape == Shape::kLeaf && node.field.null_kind == PQFLOW_NULL_ALWAYS;
  return is_always || (node.may_be_null() && random.happens(random.null_percent));
}

Value random_elements(const Node& node, Randomness& random) {
  Value value;
  const uint32_t count = random_count(node, random);
  for (uint32_t index = 0; index < count; ++index) {
    if (node.shape == Shape::kList) {
      value.items.push_back(random_value(node.children[0], random));
      continue;
    }
    Value entry;
    entry.items.push_back(random_leaf(node.children[0].field, random, index, std::to_string(index)));
    entry.items.push_back(random_value(node.children[1], random));
    value.items.push_back(std::move(entry));
  }
  if (random.has_claims && count == node.max_count && random.happens(30)) {
    const uint32_t largest = node.has_wide_count ? 65535 : 255;
    value.claim = node.max_count == largest ? largest : node.max_count + 1 + random.below(largest - node.max_count);
  }
  return value;
}

void set_bit(const Node& node, bool is_present, uint8_t* base) {
  uint8_t& byte = base[node.null_byte_offset_bytes];
  const uint8_t mask = static_cast<uint8_t>(1U << node.null_bit_index);
  byte = static_cast<uint8_t>(is_present ? byte | mask : byte & ~mask);
}

void fill_node(const Node& node, const Value& value, uint8_t* base);

void fill_list(const Node& node, const Value& value, uint8_t* base) {
  const uint32_t count = value.claim.value_or(static_cast<uint32_t>(value.items.size()));
  std::memcpy(base + node.count_offset_bytes, &count, node.has_wide_count ? 2 : 1);
  for (size_t index = 0; index < value.items.size(); ++index) {
    uint8_t* const element = base + index * node.stride_bytes;
    if (node.shape == Shape::kList) {
      fill_node(node.children[0], value.items[index], element);
    } else {
      fill_node(node.children[0], value.items[index].items[0], element);
      fill_node(node.children[1], value.items[index].items[1], element);
    }
  }
}

void fill_node(const Node& node, const Value& value, uint8_t* base) {
  if (node.has_null_bit()) {
    set_bit(node, !value.is_null, base);
  }
  if (node.shape == Shape::kLeaf) {
    std::memcpy(base + node.offset_bytes, value.record_bytes.data(), value.record_bytes.size());
  } else if (value.is_null) {
    return;
  } else if (node.shape == Shape::kStruct) {
    for (size_t index = 0; index < node.children.size(); ++index) {
      fill_node(node.children[index], value.items[index], base);
    }
  } else {
    fill_list(node, value, base);
  }
}

class Reference {
 public:
  explicit Reference(std::vector<ExpectedColumn>& columns) : columns_(columns) {}

  void emit(const Node& node, const Value& value, size_t column, uint8_t definition, uint8_t repetition, uint8_t depth) {
    if (value.is_null) {
      return emit_nothing(node, column, definition, repetition);
    }
    const uint8_t own = static_cast<uint8_t>(definition + (node.may_be_null() ? 1 : 0));
    if (node.shape == Shape::kLeaf) {
      columns_[column].entries.push_back({own, repetition});
      columns_[column].values += value.plain_bytes;
      ++columns_[column].value_count;
    } else if (node.shape == Shape::kStruct) {
      emit_members(node.children, value.items, column, own, repetition, depth);
    } else if (value.items.empty()) {
      emit_nothing(node, column, own, repetition);
    } else {
      emit_elements(node, value, column, own, repetition, static_cast<uint8_t>(depth + 1));
    }
  }

  void emit_members(const std::vector<Node>& nodes, const std::vector<Value>& values, size_t column, uint8_t definition, uint8_t repetition,
                    uint8_t depth) {
    for (size_t index = 0; index < nodes.size(); ++index) {
      emit(nodes[index], values[index], column, definition, repetition, depth);
      column += count_leaves({nodes[index]});
    }
  }

 private:
  void emit_elements(const Node& node, const Value& value, size_t column, uint8_t definition, uint8_t repetition, uint8_t depth) {
    for (size_t index = 0; index < value.items.size(); ++index) {
      const std::vector<Value> element = node.shape == Shape::kList ? std::vector<Value>{value.items[index]} : value.items[index].items;
      emit_members(node.children, element, column, static_cast<uint8_t>(definition + 1), index == 0 ? repetition : depth, depth);
    }
  }

  void emit_nothing(const Node& node, size_t column, uint8_t definition, uint8_t repetition) {
    for (size_t index = 0; index < count_leaves({node}); ++index) {
      columns_[column + index].entries.push_back({definition, repetition});
    }
  }

  std::vector<ExpectedColumn>& columns_;
};

std::string json_of(const Node& node, const Value& value) {
  if (value.is_null) {
    return "null";
  }
  if (node.shape == Shape::kLeaf) {
    return value.json;
  }
  if (node.shape == Shape::kStruct) {
    return record_json(node.children, value.items);
  }
  std::string text;
  for (const Value& item : value.items) {
    text += text.empty() ? "" : ",";
    text += node.shape == Shape::kList
                ? json_of(node.children[0], item)
                : "[" + json_of(node.children[0], item.items[0]) + "," + json_of(node.children[1], item.items[1]) + "]";
  }
  return node.shape == Shape::kList ? "[" + text + "]" : "{\"$map\":[" + text + "]}";
}

}  // namespace

Value random_value(const Node& node, Randomness& random) {
  if (is_null(node, random)) {
    return node.shape == Shape::kLeaf ? null_leaf(node.field) : Value{.is_null = true};
  }
  if (node.shape == Shape::kLeaf) {
    return random_leaf(node.field, random, 0, "");
  }
  return node.shape == Shape::kStruct ? Value{.items = random_record(node.children, random)} : random_elements(node, random);
}

std::vector<Value> random_record(const std::vector<Node>& nodes, Randomness& random) {
  std::vector<Value> values;
  for (const Node& node : nodes) {
    values.push_back(random_value(node, random));
  }
  return values;
}

void fill(const std::vector<Node>& nodes, const std::vector<Value>& values, uint8_t* record) {
  for (size_t index = 0; index < nodes.size(); ++index) {
    fill_node(nodes[index], values[index], record);
  }
}

void shred_by_definition(const std::vector<Node>& nodes, const std::vector<Value>& values, std::vector<ExpectedColumn>& columns) {
  Reference(columns).emit_members(nodes, values, 0, 0, 0, 0);
}

size_t count_leaves(const std::vector<Node>& nodes) {
  size_t count = 0;
  for (const Node& node : nodes) {
    count += node.shape == Shape::kLeaf ? 1 : count_leaves(node.children);
  }
  return count;
}

std::string record_json(const std::vector<Node>& nodes, const std::vector<Value>& values) {
  std::string text = "{";
  for (size_t index = 0; index < nodes.size(); ++index) {
    text += (index == 0 ? "" : ",") + in_quotes(nodes[index].name) + ":" + json_of(nodes[index], values[index]);
  }
  return text + "}";
}

}  // namespace pqflow::test
