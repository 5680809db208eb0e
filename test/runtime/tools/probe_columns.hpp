// The columns of the interop file: every storage, physical type and kind of null. test/interop/probe-columns.ts states the same rules in
// TypeScript, independently.
//
// A value is a function of the column's name and the row: h = mix(fnv1a(name) + row × golden), everything else is taken from h as fill()
// says.
#pragma once

#include <pqflow/descriptor.h>

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "columns/test_schema.hpp"

namespace pqflow::test {

// How the bytes of a value come from h.
enum class Content {
  kInteger,
  kBool,
  kFloating,
  kHalf,
  kBytes,
  kText,
  kCountedText,
  kCountedBytes,
  kBson,
  kJson,
  kDecimal,
  kFixedDecimal,
  kDate,
  kTime,
  kTimestamp,
  kInt96,
  kInterval,
  kEnumCode,
  kNaN,
  kAbsent,
  kNothing
};

struct ProbeColumn {
  pqflow_field field;
  Content content;
};

class ProbeColumns {
 public:
  ProbeColumns();
  const std::deque<ProbeColumn>& all() const { return columns_; }

 private:
  const char* keep(const std::string& text);
  void add(pqflow_field field, Content content, const std::string& name);
  // Required, optional by bit and, for fixed sizes, by sentinel.
  void add_kinds(const pqflow_field& field, Content content, const std::string& name);
  void add_integers();
  void add_texts();
  void add_bytes();
  void add_decimals();
  void add_annotated();
  void add_deprecated();
  void add_enums();
  void add_constants();
  void add_special();

  std::deque<ProbeColumn> columns_;
  std::deque<std::string> texts_;
  std::vector<pqflow_enum_value> enum_values_;
};

// Which rows of the columns that can be null are.
enum class Nulls { kSome, kNone, kAll, kRuns };

// Writes the value of `row` into the record.
void fill(const ProbeColumn& column, uint64_t row, Nulls nulls, uint8_t* record);

}  // namespace pqflow::test
