// Damages to the schema.
#include "verify/mutation.hpp"

namespace pqflow::verify_test {
namespace {

using verify::Rule;

Node logical(int16_t id) { return structure({{id, structure({})}}); }

// The decimal column with other digits.
Damaging as_decimal(int64_t precision, int64_t scale) {
  return in_element(kAmountElement, [=](Node& element) {
    element.set(7, i32(scale)).set(8, i32(precision)).set(10, structure({{5, structure({{1, i32(scale)}, {2, i32(precision)}})}}));
  });
}

Damaging renamed(size_t element, size_t column, const std::string& name) {
  return [=](FileSpec& file) {
    file.schema[element].set(4, text(name));
    file.columns[column].path.back() = name;
  };
}

}  // namespace

std::vector<Mutation> schema_mutations() {
  return {
      {Rule::kSchemaTree, "a root with a child too many", "", at_footer(), "larger than what follows",
       in_element(kRootElement, [](Node& root) { root.set(5, i32(9)); })},
      {Rule::kSchemaTree, "a root with a child too few", "", at_footer(), "num_children uses 10 of 12 elements",
       in_element(kRootElement, [](Node& root) { root.set(5, i32(7)); })},
      {Rule::kSchemaRoot, "an optional root", "", at_footer(), "has a repetition",
       in_element(kRootElement, [](Node& root) { root.set(3, i32(1)); })},
      {Rule::kSchemaName, "two columns of one name", "", at_footer(), "two children `level`", renamed(kIdElement, kId, "level")},
      {Rule::kSchemaName, "a column without a name", "", at_footer(), "one without a name", renamed(kIdElement, kId, "")},
      {Rule::kLeafType, "no repetition", "level", at_footer(), "repetition_type is missing",
       in_element(kLevelElement, [](Node& element) { element.erase(3); })},
      {Rule::kLeafType, "physical type 8", "level", at_footer(), "physical type 8 does not exist",
       in_element(kLevelElement, [](Node& element) { element.set(1, i32(8)); })},
      {Rule::kLeafType, "a group with a type", "box", at_footer(), "a group has a physical type",
       in_element(kBoxElement, [](Node& element) { element.set(1, i32(1)); })},
      {Rule::kTypeLength, "no type_length", "amount", at_footer(), "no positive type_length",
       in_element(kAmountElement, [](Node& element) { element.erase(2); })},
      {Rule::kLogicalType, "UUID of four bytes", "amount", at_footer(), "logical type 14 does not fit physical type 7",
       in_element(kAmountElement, [](Node& element) { element.erase(6).set(10, logical(14)); })},
      {Rule::kLogicalType, "FLOAT16 of four bytes", "amount", at_footer(), "logical type 15 does not fit physical type 7",
       in_element(kAmountElement, [](Node& element) { element.erase(6).set(10, logical(15)); })},
      {Rule::kConvertedType, "STRING that was once ENUM", "name", at_footer(), "converted_type is 4, the logical type has 0",
       in_element(kNameElement, [](Node& element) { element.set(6, i32(4)); })},
      {Rule::kConvertedType, "INTERVAL of four bytes", "amount", at_footer(), "INTERVAL needs",
       [](FileSpec& file) {
         file.schema[kAmountElement].set(6, i32(21)).erase(10);
         file.columns[kAmount].has_column_index = false;
       }},
      {Rule::kDecimal, "more digits than four bytes hold", "amount", at_footer(), "precision 10 does not fit 4 bytes", as_decimal(10, 2)},
      {Rule::kDecimal, "more digits behind the point than there are", "amount", at_footer(), "DECIMAL(9, 10)", as_decimal(9, 10)},
      {Rule::kDecimal, "a converted type of another scale", "amount", at_footer(), "not that of its logical type",
       in_element(kAmountElement, [](Node& element) { element.set(7, i32(3)); })},
      {Rule::kList, "LIST of nothing repeated", "box", at_footer(), "a LIST is not",
       in_element(kBoxElement, [](Node& element) { element.set(10, logical(3)); })},
      {Rule::kMap, "MAP of optional keys", "tags", at_footer(), "a MAP is not",
       in_element(kTagsElement, [](Node& element) { element.set(6, i32(1)).set(10, logical(2)); })},
  };
}

}  // namespace pqflow::verify_test
