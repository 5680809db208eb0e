// Files that are right, and not of the schema that was given.
#include <stdexcept>

#include "verify/mutation.hpp"

namespace pqflow::verify_test {
namespace {

using verify::Rule;

void keep(FileSpec&) {}

// The sample's schema with one piece of its text another.
std::string with(const std::string& piece, const std::string& replacement) {
  std::string schema = sample_resolved_schema();
  const size_t place = schema.find(piece);
  if (place == std::string::npos) {
    throw std::logic_error("the sample's schema has no " + piece);
  }
  return schema.replace(place, piece.size(), replacement);
}

Damaging carries(const std::string& schema) {
  return in_footer([=](Node& footer) {
    footer.set(5, list(NodeType::kStruct, {structure({{1, text("pqflow:schema")}, {2, text(schema)}})}));
  });
}

}  // namespace

std::string sample_resolved_schema() {
  return R"({"pqflow": 1, "name": "sample", "schema_fingerprint": "0123456789abcdef", "columns": [
    {"name": "id", "repetition": "REQUIRED", "physical_type": "INT64", "logical_type": {"kind": "NONE"}, "type_length_bytes": 0},
    {"name": "name", "repetition": "OPTIONAL", "physical_type": "BYTE_ARRAY", "logical_type": {"kind": "STRING"}},
    {"name": "price", "repetition": "OPTIONAL", "physical_type": "DOUBLE", "logical_type": {"kind": "NONE"}},
    {"name": "tags", "repetition": "OPTIONAL", "logical_type": {"kind": "LIST"}, "children": [
      {"name": "list", "repetition": "REPEATED", "children": [
        {"name": "element", "repetition": "OPTIONAL", "physical_type": "BYTE_ARRAY", "logical_type": {"kind": "STRING"}}]}]},
    {"name": "level", "repetition": "REQUIRED", "physical_type": "INT32",
     "logical_type": {"kind": "INTEGER", "bit_width": 8, "is_signed": true}},
    {"name": "amount", "repetition": "OPTIONAL", "physical_type": "FIXED_LEN_BYTE_ARRAY", "type_length_bytes": 4,
     "logical_type": {"kind": "DECIMAL", "precision": 9, "scale": 2}},
    {"name": "old", "repetition": "REQUIRED", "physical_type": "INT96", "logical_type": {"kind": "NONE"}},
    {"name": "box", "repetition": "REQUIRED", "logical_type": {"kind": "NONE"}, "children": [
      {"name": "value", "repetition": "REQUIRED", "physical_type": "INT32", "logical_type": {"kind": "NONE"}}]}]})";
}

std::vector<Mutation> expected_schema_mutations() {
  return {
      {Rule::kExpectedColumns, "a column too few", "extra", at_footer(), "the file has no such column", keep,
       with(R"({"kind": "NONE"}}]}]})", R"({"kind": "NONE"}}]}, {"name": "extra"}]})")},
      {Rule::kExpectedColumns, "a column too many", "box.value", at_footer(), "the schema has no such column", keep,
       with(R"("children": [
      {"name": "value", "repetition": "REQUIRED", "physical_type": "INT32", "logical_type": {"kind": "NONE"}}])",
            R"("children": [])")},
      {Rule::kExpectedColumns, "two columns in another order", "name", at_footer(), "it is number 1 of its group", keep,
       with(R"({"name": "id", "repetition": "REQUIRED", "physical_type": "INT64", "logical_type": {"kind": "NONE"}, "type_length_bytes": 0},
    {"name": "name", "repetition": "OPTIONAL", "physical_type": "BYTE_ARRAY", "logical_type": {"kind": "STRING"}},)",
            R"({"name": "name", "repetition": "OPTIONAL", "physical_type": "BYTE_ARRAY", "logical_type": {"kind": "STRING"}},
    {"name": "id", "repetition": "REQUIRED", "physical_type": "INT64", "logical_type": {"kind": "NONE"}, "type_length_bytes": 0},)")},
      {Rule::kExpectedId, "a column without its id", "price", at_footer(), "field_id is missing, the schema's 3", keep,
       with(R"("name": "price",)", R"("name": "price", "id": 3,)")},
      {Rule::kExpectedId, "another id", "price", at_footer(), "field_id is 4, the schema's 3",
       in_element(kPriceElement, [](Node& element) { element.set(9, i32(4)); }),
       with(R"("name": "price",)", R"("name": "price", "id": 3,)")},
      {Rule::kExpectedRepetition, "a column that may not be null", "old", at_footer(), "repetition is REQUIRED, the schema's OPTIONAL",
       keep, with(R"("name": "old", "repetition": "REQUIRED")", R"("name": "old", "repetition": "OPTIONAL")")},
      {Rule::kExpectedType, "another physical type", "tags.list.element", at_footer(),
       "the physical type is BYTE_ARRAY, the schema's FIXED_LEN_BYTE_ARRAY(0)", keep,
       with(R"("name": "element", "repetition": "OPTIONAL", "physical_type": "BYTE_ARRAY")",
            R"("name": "element", "repetition": "OPTIONAL", "physical_type": "FIXED_LEN_BYTE_ARRAY")")},
      {Rule::kExpectedType, "another length", "amount", at_footer(), "FIXED_LEN_BYTE_ARRAY(4), the schema's FIXED_LEN_BYTE_ARRAY(5)", keep,
       with(R"("type_length_bytes": 4)", R"("type_length_bytes": 5)")},
      {Rule::kExpectedLogicalType, "another scale", "amount", at_footer(), "DECIMAL(9,2), the schema's DECIMAL(9,3)", keep,
       with(R"("scale": 2)", R"("scale": 3)")},
      {Rule::kExpectedLogicalType, "unsigned", "level", at_footer(), "INTEGER(8), the schema's UNSIGNED(8)", keep,
       with(R"("is_signed": true)", R"("is_signed": false)")},
      {Rule::kExpectedLogicalType, "a list that is none", "tags", at_footer(), "the logical type is LIST, the schema's NONE", keep,
       with(R"({"kind": "LIST"})", R"({"kind": "NONE"})")},
      {Rule::kExpectedFingerprint, "a file of another version", "", at_footer(), "the fingerprint ffff, the schema 0123456789abcdef",
       carries(R"({"schema_fingerprint": "ffff"})"), sample_resolved_schema()},
      {Rule::kExpectedFingerprint, "a file whose schema is cut", "", at_footer(), "pqflow:schema is no JSON: offset 1", carries("{"),
       sample_resolved_schema()},
  };
}

}  // namespace pqflow::verify_test
