#include "columns/nesting_checks.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "columns/type_rules.hpp"

namespace pqflow::columns {
namespace {

struct Bytes {
  uint64_t begin;
  uint64_t end;
  bool holds(const Bytes& other) const noexcept { return begin <= other.begin && other.end <= end; }
  void include(const Bytes& other) noexcept {
    begin = std::min(begin, other.begin);
    end = std::max(end, other.end);
  }
};

constexpr Bytes kNothing = {std::numeric_limits<uint64_t>::max(), 0};

// A group whose children are being walked; the record itself is one too.
struct Around {
  size_t field_index;
  const pqflow_field* group;  // Null: the record.
  uint32_t remaining_count;
  uint32_t child_index;
  uint8_t definition_level;
  uint8_t repetition_level;
  Bytes room;  // Where the children may lie, below a REPEATED group those of element 0.
  Bytes used;  // By the children.
};

std::string name_is_not(const char* name) { return std::string("must be called `") + name + "`"; }

// parquet-format LogicalTypes.md, "Lists" and "Maps": the names of the groups, and which of them repeat.
std::string check_repeated_group(const pqflow_field& field, bool is_list) {
  const char* const name = is_list ? "list" : "key_value";
  if (std::string_view(field.name) != name) {
    return std::string("the group in a ") + (is_list ? "LIST " : "MAP ") + name_is_not(name);
  }
  if (field.child_count == 0 || !is_repeated(field)) {
    return std::string("`") + name + "` must be a REPEATED group";
  }
  const uint32_t child_count = is_list ? 1 : 2;
  return field.child_count == child_count
             ? ""
             : std::string("`") + name + "` has " + (is_list ? "one child, `element`" : "two children, `key` and `value`") + ", not " +
                   std::to_string(field.child_count);
}

std::string check_entry(const pqflow_field& field, const Around& around) {
  if (std::string_view(around.group->name) == "list") {
    return std::string_view(field.name) == "element" ? "" : "what a list holds " + name_is_not("element");
  }
  const char* const name = around.child_index == 0 ? "key" : "value";
  if (std::string_view(field.name) != name) {
    return std::string(around.child_index == 0 ? "the first" : "the second") + " child of a `key_value` " + name_is_not(name);
  }
  const bool is_key = around.child_index == 0;
  return is_key && (field.child_count != 0 || field.repetition != PQFLOW_REPETITION_REQUIRED) ? "a map's key must be a required leaf" : "";
}

std::string check_role(const pqflow_field& field, const Around& around) {
  if (around.group != nullptr && around.group->logical_type != PQFLOW_LOGICAL_NONE) {
    return check_repeated_group(field, around.group->logical_type == PQFLOW_LOGICAL_LIST);
  }
  if (is_repeated(field)) {
    return "REPEATED is for the groups `list` and `key_value` in a LIST or MAP only";
  }
  return around.group != nullptr && is_repeated(*around.group) ? check_entry(field, around) : "";
}

uint8_t definition_level(const pqflow_field& field, const Around& around) {
  return static_cast<uint8_t>(around.definition_level + (field.repetition == PQFLOW_REPETITION_REQUIRED ? 0 : 1));
}

uint8_t repetition_level(const pqflow_field& field, const Around& around) {
  return static_cast<uint8_t>(around.repetition_level + (is_repeated(field) ? 1 : 0));
}

std::string check_level(const char* member, unsigned found, unsigned expected) {
  return found == expected ? "" : std::string(member) + " must be " + std::to_string(expected) + " here, not " + std::to_string(found);
}

std::string check_levels(const pqflow_field& field, const Around& around) {
  std::string problem = check_level("max_definition_level", field.max_definition_level, definition_level(field, around));
  return problem.empty() ? check_level("max_repetition_level", field.max_repetition_level, repetition_level(field, around)) : problem;
}

Bytes own_bytes(const pqflow_field& field) { return {field.offset_bytes, uint64_t{field.offset_bytes} + field.width_bytes}; }
Bytes null_byte(const pqflow_field& field) { return {field.null_byte_offset_bytes, uint64_t{field.null_byte_offset_bytes} + 1}; }

std::string room_text(const Around& around) {
  const std::string bytes = " (bytes " + std::to_string(around.room.begin) + " up to " + std::to_string(around.room.end) + ")";
  if (around.group == nullptr) {
    return "the record" + bytes;
  }
  const bool is_element = is_repeated(*around.group);
  return (is_element ? "the room for element 0 of `" : "the group `") + std::string(around.group->name) + "`" + bytes;
}

std::string check_place(const pqflow_field& field, const Around& around) {
  if (field.width_bytes != 0 && !around.room.holds(own_bytes(field))) {
    return "bytes " + std::to_string(field.offset_bytes) + " + " + std::to_string(field.width_bytes) + " lie outside " + room_text(around);
  }
  if (field.null_kind == PQFLOW_NULL_BIT && !around.room.holds(null_byte(field))) {
    return "its null bit in byte " + std::to_string(field.null_byte_offset_bytes) + " lies outside " + room_text(around);
  }
  return {};
}

// Elements 1, 2, … follow with the stride, up to the end of the list's bytes.
std::string check_elements_room(const pqflow_field& field, const Around& around) {
  const uint64_t later_bytes = (uint64_t{field.max_element_count} - 1) * field.element_stride_bytes;
  return around.room.begin + later_bytes <= around.room.end
             ? ""
             : std::to_string(field.max_element_count) + " elements with a stride of " + std::to_string(field.element_stride_bytes) +
                   " bytes do not fit " + room_text(around);
}

std::string check_overlap(const Around& around) {
  if (around.group == nullptr || !is_repeated(*around.group) || around.used.begin >= around.used.end) {
    return {};
  }
  const uint64_t element_bytes = around.used.end - around.used.begin;
  return element_bytes <= around.group->element_stride_bytes
             ? ""
             : "an element takes " + std::to_string(element_bytes) + " bytes, more than element_stride_bytes " +
                   std::to_string(around.group->element_stride_bytes);
}

class NestingWalk {
 public:
  explicit NestingWalk(const pqflow_descriptor& descriptor) {
    open_.push_back({0, nullptr, descriptor.field_count, 0, 0, 0, {0, descriptor.record_size_bytes}, kNothing});
  }

  NestingProblem visit(size_t index, const pqflow_field& field) {
    if (std::string problem = check(field); !problem.empty()) {
      return {index, problem};
    }
    use(field);
    if (field.child_count != 0) {
      enter(index, field);
      return {};
    }
    return close_groups();
  }

 private:
  std::string check(const pqflow_field& field) const {
    for (const auto rule : {check_role, check_levels, check_place}) {
      if (std::string problem = rule(field, open_.back()); !problem.empty()) {
        return problem;
      }
    }
    return is_repeated(field) ? check_elements_room(field, open_.back()) : "";
  }

  void use(const pqflow_field& field) {
    Around& around = open_.back();
    --around.remaining_count;
    ++around.child_index;
    if (field.width_bytes != 0) {
      around.used.include(own_bytes(field));
    }
    if (field.null_kind == PQFLOW_NULL_BIT) {
      around.used.include(null_byte(field));
    }
  }

  void enter(size_t index, const pqflow_field& field) {
    const Around& around = open_.back();
    Bytes room = own_bytes(field);
    if (is_repeated(field)) {
      room = around.room;
      room.end -= (uint64_t{field.max_element_count} - 1) * field.element_stride_bytes;
    }
    open_.push_back(
        {index, &field, field.child_count, 0, definition_level(field, around), repetition_level(field, around), room, kNothing});
  }

  NestingProblem close_groups() {
    while (open_.size() > 1 && open_.back().remaining_count == 0) {
      if (std::string problem = check_overlap(open_.back()); !problem.empty()) {
        return {open_.back().field_index, problem};
      }
      open_.pop_back();
    }
    return {};
  }

  std::vector<Around> open_;
};

}  // namespace

NestingProblem check_nesting(const pqflow_descriptor& descriptor) {
  NestingWalk walk(descriptor);
  for (uint32_t index = 0; index < descriptor.field_count; ++index) {
    if (NestingProblem problem = walk.visit(index, descriptor.fields[index]); !problem.text.empty()) {
      return problem;
    }
  }
  return {};
}

}  // namespace pqflow::columns
