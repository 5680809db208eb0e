#include "verify/expected_schema.hpp"

#include <algorithm>

namespace pqflow::verify {
namespace {

struct Element {
  const SchemaElement* element;
  std::vector<Element> children;
};

Element take_tree(const std::vector<SchemaElement>& elements, size_t& next) {
  Element tree{&elements[next++], {}};
  for (int64_t child = 0; child < tree.element->child_count; ++child) {
    tree.children.push_back(take_tree(elements, next));
  }
  return tree;
}

template <size_t Count>
std::string name_in(const char* const (&names)[Count], int64_t number) {
  return number >= 0 && number < static_cast<int64_t>(Count) ? names[number] : "number " + std::to_string(number);
}

std::string physical_text(const SchemaElement& element) {
  constexpr const char* kNames[] = {"BOOLEAN", "INT32", "INT64", "INT96", "FLOAT", "DOUBLE", "BYTE_ARRAY", "FIXED_LEN_BYTE_ARRAY"};
  if (!element.type) {
    return "a group";
  }
  const std::string name = name_in(kNames, *element.type);
  return element.type == static_cast<int64_t>(PhysicalType::kFixedLenByteArray)
             ? name + '(' + std::to_string(element.type_length.value_or(0)) + ')'
             : name;
}

std::string repetition_text(const SchemaElement& element) {
  constexpr const char* kNames[] = {"REQUIRED", "OPTIONAL", "REPEATED"};
  return name_in(kNames, element.repetition.value_or(-1));
}

std::string decimal_text(int64_t precision, int64_t scale) {
  return "DECIMAL(" + std::to_string(precision) + ',' + std::to_string(scale) + ')';
}
std::string time_text(const std::string& kind, const std::string& unit, bool is_utc) {
  return kind + '(' + unit + (is_utc ? ",UTC)" : ")");
}
std::string integer_text(int64_t bits, bool is_signed) { return (is_signed ? "INTEGER(" : "UNSIGNED(") + std::to_string(bits) + ')'; }

// Of writers that know no logical types: what LogicalTypes.md has for the converted type.
std::string converted_text(const SchemaElement& element) {
  constexpr const char* kNames[] = {"STRING",
                                    "MAP",
                                    "NONE",
                                    "LIST",
                                    "ENUM",
                                    "",
                                    "DATE",
                                    "TIME(MILLIS,UTC)",
                                    "TIME(MICROS,UTC)",
                                    "TIMESTAMP(MILLIS,UTC)",
                                    "TIMESTAMP(MICROS,UTC)",
                                    "UNSIGNED(8)",
                                    "UNSIGNED(16)",
                                    "UNSIGNED(32)",
                                    "UNSIGNED(64)",
                                    "INTEGER(8)",
                                    "INTEGER(16)",
                                    "INTEGER(32)",
                                    "INTEGER(64)",
                                    "JSON",
                                    "BSON",
                                    "INTERVAL"};
  if (element.converted == kConvertedDecimal) {
    return decimal_text(element.precision.value_or(0), element.scale.value_or(0));
  }
  return element.converted ? name_in(kNames, *element.converted) : "NONE";
}

std::string logical_text(const SchemaElement& element) {
  constexpr const char* kNames[] = {"NONE", "STRING",  "MAP",  "LIST", "ENUM", "DECIMAL", "DATE",    "TIME",     "TIMESTAMP", "",
                                    "",     "UNKNOWN", "JSON", "BSON", "UUID", "FLOAT16", "VARIANT", "GEOMETRY", "GEOGRAPHY"};
  constexpr const char* kUnits[] = {"", "MILLIS", "MICROS", "NANOS"};
  if (!element.logical) {
    return converted_text(element);
  }
  const LogicalType& type = *element.logical;
  switch (type.id) {
    case kDecimalLogical:
      return decimal_text(type.precision, type.scale);
    case kTime:
    case kTimestamp:
      return time_text(kNames[type.id], name_in(kUnits, type.unit), type.is_adjusted_to_utc);
    case kInteger:
      return integer_text(type.bit_width, type.is_signed);
    default:
      return name_in(kNames, type.id);
  }
}

std::string expected_physical(const JsonValue& column) {
  if (column.at("physical_type").kind == JsonKind::kNull) {
    return "a group";
  }
  const std::string& name = column.at("physical_type").text;
  return name == "FIXED_LEN_BYTE_ARRAY" ? name + '(' + std::to_string(column.at("type_length_bytes").integer(0)) + ')' : name;
}

std::string expected_logical(const JsonValue& column) {
  const JsonValue& type = column.at("logical_type");
  const std::string kind = type.kind == JsonKind::kNull ? "NONE" : type.at("kind").text;
  if (kind == "DECIMAL") {
    return decimal_text(type.at("precision").integer(0), type.at("scale").integer(0));
  }
  if (kind == "TIME" || kind == "TIMESTAMP") {
    return time_text(kind, type.at("unit").text, type.at("is_adjusted_to_utc").is_true);
  }
  return kind == "INTEGER" ? integer_text(type.at("bit_width").integer(0), type.at("is_signed").is_true) : kind;
}

class Comparison {
 public:
  Comparison(uint64_t offset_bytes, const Reporter& reporter) : offset_bytes_(offset_bytes), reporter_(reporter) {}

  void compare_children(const JsonValue& wanted, const std::vector<Element>& found, const std::string& path) const {
    size_t position = 0;
    for (const JsonValue& column : wanted.items) {
      const std::string& name = column.at("name").text;
      const Reporter here = reporter_.at(path + name);
      const auto place = std::find_if(found.begin(), found.end(), [&](const Element& child) { return child.element->name == name; });
      if (here.require(place != found.end(), Rule::kExpectedColumns, offset_bytes_, "the file has no such column")) {
        const auto index = static_cast<size_t>(place - found.begin());
        here.require(
            index == position, Rule::kExpectedColumns, offset_bytes_,
            "it is number " + std::to_string(index) + " of its group, counted from 0, and the schema's number " + std::to_string(position));
        compare(column, *place, path + name, here);
      }
      ++position;
    }
    for (const Element& child : found) {
      const bool is_wanted = std::any_of(wanted.items.begin(), wanted.items.end(),
                                         [&](const JsonValue& column) { return column.at("name").text == child.element->name; });
      reporter_.at(path + child.element->name).require(is_wanted, Rule::kExpectedColumns, offset_bytes_, "the schema has no such column");
    }
  }

 private:
  void compare(const JsonValue& wanted, const Element& found, const std::string& path, const Reporter& here) const {
    const SchemaElement& element = *found.element;
    if (wanted.at("id").kind == JsonKind::kNumber) {
      const int64_t id = wanted.at("id").integer(0);
      here.require(
          element.field_id == id, Rule::kExpectedId, offset_bytes_,
          "field_id is " + (element.field_id ? std::to_string(*element.field_id) : "missing") + ", the schema's " + std::to_string(id));
    }
    require_text(repetition_text(element), wanted.at("repetition").text, Rule::kExpectedRepetition, "repetition", here);
    require_text(physical_text(element), expected_physical(wanted), Rule::kExpectedType, "the physical type", here);
    require_text(logical_text(element), expected_logical(wanted), Rule::kExpectedLogicalType, "the logical type", here);
    compare_children(wanted.at("children"), found.children, path + '.');
  }

  void require_text(const std::string& found, const std::string& wanted, Rule rule, const char* what, const Reporter& here) const {
    here.require(found == wanted, rule, offset_bytes_, std::string(what) + " is " + found + ", the schema's " + wanted);
  }

  uint64_t offset_bytes_;
  const Reporter& reporter_;
};

// The schema that the file itself carries, when its writer was pqflow.
void check_fingerprint(const JsonValue& schema, const FileMetadata& file, uint64_t offset_bytes, const Reporter& reporter) {
  constexpr const char* kMember = "schema_fingerprint";
  for (const auto& [key, value] : file.key_values) {
    if (key != "pqflow:schema") {
      continue;
    }
    try {
      const std::string found = read_json(value).at(kMember).text;
      reporter.require(found == schema.at(kMember).text, Rule::kExpectedFingerprint, offset_bytes,
                       "the file's schema has the fingerprint " + found + ", the schema " + schema.at(kMember).text);
    } catch (const JsonError& error) {
      reporter.add(Rule::kExpectedFingerprint, offset_bytes, std::string("pqflow:schema is no JSON: ") + error.what());
    }
  }
}

}  // namespace

bool is_resolved_schema(const JsonValue& schema) {
  return schema.at("pqflow").integer(0) == 1 && schema.at("columns").kind == JsonKind::kArray;
}

void check_expected_schema(const JsonValue& schema, const FileMetadata& file, uint64_t footer_offset_bytes, const Reporter& reporter) {
  size_t next = 0;
  const Element root = take_tree(file.schema, next);
  Comparison(footer_offset_bytes, reporter).compare_children(schema.at("columns"), root.children, "");
  check_fingerprint(schema, file, footer_offset_bytes, reporter);
}

}  // namespace pqflow::verify
