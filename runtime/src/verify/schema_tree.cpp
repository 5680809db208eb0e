#include "verify/schema_tree.hpp"

#include <algorithm>
#include <set>

#include "verify/limits.hpp"
#include "verify/type_rules.hpp"

namespace pqflow::verify {
namespace {

constexpr unsigned kMaxSchemaDepth = 100;
constexpr uint8_t kTotalOrder = 2;  // Field id in union ColumnOrder.

class Walker {
 public:
  Walker(const FileMetadata& file, const Reporter& reporter, uint64_t offset_bytes)
      : elements_(file.schema), reporter_(reporter), offset_bytes_(offset_bytes) {}

  std::vector<Leaf> walk() {
    if (elements_.empty()) {
      reporter_.add(Rule::kSchemaTree, offset_bytes_, "the schema has no element");
      return {};
    }
    check_root();
    next_ = 1;
    walk_children(elements_[0], {}, 0, 0);
    if (next_ != elements_.size() && !is_broken_) {
      reporter_.add(Rule::kSchemaTree, offset_bytes_,
                    "num_children uses " + std::to_string(next_) + " of " + std::to_string(elements_.size()) + " elements");
      is_broken_ = true;
    }
    return is_broken_ ? std::vector<Leaf>() : std::move(leaves_);
  }

 private:
  void check_root() {
    const SchemaElement& root = elements_[0];
    reporter_.require(!root.type && root.child_count > 0, Rule::kSchemaRoot, offset_bytes_, "the root `" + root.name + "` is not a group");
    reporter_.require(!root.repetition || *root.repetition == 0, Rule::kSchemaRoot, offset_bytes_,
                      "the root `" + root.name + "` has a repetition");
  }

  void walk_children(const SchemaElement& parent, const std::vector<std::string>& path, unsigned definition_level,
                     unsigned repetition_level) {
    std::set<std::string> names;
    for (int64_t index = 0; index < parent.child_count && !is_broken_; ++index) {
      if (next_ == elements_.size() || path.size() > kMaxSchemaDepth) {
        reporter_.add(Rule::kSchemaTree, offset_bytes_, "num_children of `" + parent.name + "` is larger than what follows");
        is_broken_ = true;
        return;
      }
      const SchemaElement& element = elements_[next_];
      reporter_.require(!element.name.empty() && names.insert(element.name).second, Rule::kSchemaName, offset_bytes_,
                        "`" + parent.name + "` has two children `" + element.name + "`, or one without a name");
      walk_element(path, definition_level, repetition_level);
    }
  }

  void walk_element(std::vector<std::string> path, unsigned definition_level, unsigned repetition_level) {
    const size_t position = next_++;
    const SchemaElement& element = elements_[position];
    path.push_back(element.name);
    if (!has_room_for(path)) {
      return;
    }
    const Reporter here(reporter_at(path));
    const int64_t repetition = element.repetition.value_or(-1);
    here.require(repetition >= 0 && repetition <= 2, Rule::kLeafType, offset_bytes_, "repetition_type is missing or unknown");
    definition_level += repetition == 1 || repetition == 2 ? 1 : 0;
    repetition_level += repetition == 2 ? 1 : 0;
    if (element.child_count == 0 && element.type) {
      add_leaf(element, path, definition_level, repetition_level, here);
      return;
    }
    here.require(!element.type && element.child_count > 0, Rule::kLeafType, offset_bytes_,
                 element.type ? "a group has a physical type" : "an element has neither a physical type nor children");
    is_broken_ |= element.type.has_value() || element.child_count <= 0;
    check_group(element, position, here);
    walk_children(element, path, definition_level, repetition_level);
  }

  bool has_room_for(const std::vector<std::string>& path) {
    for (const std::string& name : path) {
      path_bytes_ += name.size() + sizeof(std::string);
    }
    is_broken_ |= !reporter_.require(path_bytes_ <= kMaxPathBytes, Rule::kSizeLimit, offset_bytes_,
                                     "the columns' paths take more than " + std::to_string(kMaxPathBytes) + " bytes");
    return !is_broken_;
  }

  void add_leaf(const SchemaElement& element, const std::vector<std::string>& path, unsigned definition_level, unsigned repetition_level,
                const Reporter& here) {
    Leaf leaf;
    leaf.element = element;
    leaf.path = path;
    leaf.max_definition_level = static_cast<uint8_t>(definition_level);
    leaf.max_repetition_level = static_cast<uint8_t>(repetition_level);
    if (!here.require(*element.type >= 0 && *element.type <= 7, Rule::kLeafType, offset_bytes_,
                      "physical type " + std::to_string(*element.type) + " does not exist")) {
      is_broken_ = true;
      return;
    }
    leaf.type = static_cast<PhysicalType>(*element.type);
    leaf.type_length_bytes = leaf.type == PhysicalType::kFixedLenByteArray ? static_cast<uint32_t>(element.type_length.value_or(0)) : 0;
    is_broken_ |= !check_leaf_type(leaf, here, offset_bytes_);
    leaves_.push_back(std::move(leaf));
  }

  // The lists and maps whose meaning readers take from their shape.
  void check_group(const SchemaElement& element, size_t position, const Reporter& here) const {
    const uint8_t logical_id = element.logical ? element.logical->id : uint8_t{kNoLogical};
    if (logical_id == kListLogical || element.converted == kConvertedList) {
      check_list(element, position, here);
    } else if (logical_id == kMapLogical || element.converted == kConvertedMap) {
      check_map(element, position, here);
    }
  }
  const SchemaElement* repeated_child(const SchemaElement& element, size_t position) const {
    const bool has_one = element.child_count == 1 && position + 1 < elements_.size() && elements_[position + 1].repetition == 2;
    return has_one ? &elements_[position + 1] : nullptr;
  }
  void check_list(const SchemaElement& element, size_t position, const Reporter& here) const {
    const SchemaElement* const middle = repeated_child(element, position);
    here.require(element.repetition != 2 && middle != nullptr && !middle->type && middle->child_count == 1, Rule::kList, offset_bytes_,
                 "a LIST is not a group of one repeated group of one element");
  }
  void check_map(const SchemaElement& element, size_t position, const Reporter& here) const {
    const SchemaElement* const middle = repeated_child(element, position);
    const bool has_shape = middle != nullptr && !middle->type && (middle->child_count == 1 || middle->child_count == 2) &&
                           position + 2 < elements_.size() && elements_[position + 2].repetition == 0;
    here.require(element.repetition != 2 && has_shape, Rule::kMap, offset_bytes_,
                 "a MAP is not a group of one repeated group of a required key and a value");
  }

  Reporter reporter_at(const std::vector<std::string>& path) const {
    Leaf place;
    place.path = path;
    return reporter_.at(place.dotted_path());
  }

  const std::vector<SchemaElement>& elements_;
  const Reporter& reporter_;
  uint64_t offset_bytes_;
  size_t next_ = 0;
  uint64_t path_bytes_ = 0;
  bool is_broken_ = false;
  std::vector<Leaf> leaves_;
};

}  // namespace

std::string Leaf::dotted_path() const {
  std::string text;
  for (const std::string& name : path) {
    text += (text.empty() ? "" : ".") + name;
  }
  return text;
}

bool Leaf::is_utf8() const {
  const uint8_t id = logical_id();
  const bool is_converted =
      element.converted == kConvertedUtf8 || element.converted == kConvertedEnum || element.converted == kConvertedJson;
  return id == kString || id == kEnum || id == kJson || (id == kNoLogical && is_converted);
}

bool Leaf::is_half() const { return logical_id() == kFloat16 && type == PhysicalType::kFixedLenByteArray && type_length_bytes == 2; }

bool Leaf::is_floating() const { return type == PhysicalType::kFloat || type == PhysicalType::kDouble || is_half(); }

uint32_t Leaf::width_bytes() const {
  switch (type) {
    case PhysicalType::kInt32:
    case PhysicalType::kFloat:
      return 4;
    case PhysicalType::kInt64:
    case PhysicalType::kDouble:
      return 8;
    case PhysicalType::kInt96:
      return 12;
    case PhysicalType::kFixedLenByteArray:
      return type_length_bytes;
    default:
      return 0;
  }
}

std::vector<Leaf> read_schema(const FileMetadata& file, const Reporter& reporter, uint64_t footer_offset_bytes) {
  std::vector<Leaf> leaves = Walker(file, reporter, footer_offset_bytes).walk();
  for (size_t column = 0; column < std::min(leaves.size(), file.column_orders.size()); ++column) {
    const bool has_total_order = file.column_orders[column] == kTotalOrder;
    leaves[column].has_total_order = has_total_order && leaves[column].is_floating();
    if (has_total_order && !leaves[column].is_floating()) {
      reporter.at(leaves[column].dotted_path())
          .add(Rule::kColumnOrderType, footer_offset_bytes, "IEEE_754_TOTAL_ORDER of a column that is not floating point");
    }
  }
  return leaves;
}

}  // namespace pqflow::verify
