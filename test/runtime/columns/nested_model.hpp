// Values of nested records, and what Parquet's levels are for them by the plain recursion of the Dremel paper: the slow reference of the
// shredder. It knows values and nodes, not records; only fill() writes records.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "columns/nested_schema.hpp"

namespace pqflow::test {

struct Value {
  bool is_null = false;
  std::string record_bytes = {};       // Of a leaf: as it lies in the record.
  std::string plain_bytes = {};        // Of a leaf: PLAIN, BOOLEAN one byte.
  std::string json = {};               // Of a leaf: a string, as readers must find it.
  std::vector<Value> items = {};       // Of a struct its members, of a list its elements, of a map its entries, each of them key and value.
  std::optional<uint32_t> claim = {};  // Of a list or map: the count that the record states, above max_count.
};

struct Randomness {
  std::mt19937 engine = {};
  unsigned null_percent = 20;
  unsigned empty_percent = 20;
  unsigned full_percent = 20;
  bool has_claims = false;
  unsigned below(unsigned limit) { return static_cast<unsigned>(engine() % limit); }
  bool happens(unsigned percent) { return below(100) < percent; }
};

Value random_value(const Node& node, Randomness& random);
std::vector<Value> random_record(const std::vector<Node>& nodes, Randomness& random);

// Writes the record; bytes of elements that are not there, and of values that are null, are left alone.
void fill(const std::vector<Node>& nodes, const std::vector<Value>& values, uint8_t* record);

struct Entry {
  uint8_t definition_level;
  uint8_t repetition_level;
  bool operator==(const Entry&) const = default;
};

// Of one leaf column.
struct ExpectedColumn {
  std::vector<Entry> entries;
  std::string values;  // PLAIN, nulls left out.
  size_t value_count = 0;
};

// Appends one record to its columns, one per leaf.
void shred_by_definition(const std::vector<Node>& nodes, const std::vector<Value>& values, std::vector<ExpectedColumn>& columns);
size_t count_leaves(const std::vector<Node>& nodes);

// {"name": value, …}: structs as objects, lists as arrays, maps as {"$map": [[key, value], …]}.
std::string record_json(const std::vector<Node>& nodes, const std::vector<Value>& values);

}  // namespace pqflow::test
