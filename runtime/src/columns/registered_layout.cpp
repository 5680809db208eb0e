#include "columns/registered_layout.hpp"

#include <pqflow/lane.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "columns/limits.hpp"
#include "columns/storage_traits.hpp"

namespace pqflow::columns {
namespace {

constexpr std::string_view kNullBitsMember = "valid";

using Members = std::map<std::string_view, const pqflow_member*>;

base::Result mismatch(const std::string& problem) {
  return base::Result::failure(PQFLOW_STATUS_LAYOUT_MISMATCH, "registered struct: " + problem);
}

base::Result check_struct(const pqflow_record_layout& layout) {
  if (layout.members == nullptr || layout.member_count == 0 || layout.member_count > kMaxFieldCount) {
    return mismatch("it has no members, or more than " + std::to_string(kMaxFieldCount));
  }
  if (layout.record_size_bytes == 0 || layout.record_size_bytes > PQFLOW_RECORD_SIZE_MAX_BYTES) {
    return mismatch("its size of " + std::to_string(layout.record_size_bytes) + " bytes is not 1 … " +
                    std::to_string(PQFLOW_RECORD_SIZE_MAX_BYTES));
  }
  if (!std::has_single_bit(layout.record_align_bytes) || layout.record_align_bytes > kMaxRecordAlignBytes ||
      layout.record_size_bytes % layout.record_align_bytes != 0) {
    return mismatch("its alignment of " + std::to_string(layout.record_align_bytes) + " bytes is not a power of two that divides its size");
  }
  return base::Result::ok();
}

base::Result collect(const pqflow_record_layout& layout, Members& members) {
  for (uint32_t index = 0; index < layout.member_count; ++index) {
    const pqflow_member& member = layout.members[index];
    if (member.name == nullptr) {
      return mismatch("member " + std::to_string(index) + " has no name");
    }
    if (uint64_t{member.offset_bytes} + member.size_bytes > layout.record_size_bytes) {
      return mismatch("member `" + std::string(member.name) + "` lies outside the struct of " + std::to_string(layout.record_size_bytes) +
                      " bytes");
    }
    if (!members.emplace(member.name, &member).second) {
      return mismatch("member `" + std::string(member.name) + "` is registered twice");
    }
  }
  return base::Result::ok();
}

uint8_t expected_kind(const pqflow_field& field) {
  if (field.child_count != 0) {
    return PQFLOW_MEMBER_STRUCT;
  }
  const uint8_t storage = field.storage;
  if (storage == PQFLOW_STORAGE_FLOAT16) {
    return PQFLOW_MEMBER_UNSIGNED;  // Its bits.
  }
  if (is_floating_storage(storage)) {
    return PQFLOW_MEMBER_FLOATING;
  }
  if (is_integer_storage(storage)) {
    return is_signed_storage(storage) ? PQFLOW_MEMBER_SIGNED : PQFLOW_MEMBER_UNSIGNED;
  }
  if (is_counted_storage(storage)) {
    return PQFLOW_MEMBER_STRUCT;  // A plain array of the same size would be taken for length and text, and read wrongly.
  }
  return storage == PQFLOW_STORAGE_BOOL ? PQFLOW_MEMBER_UNSIGNED : PQFLOW_MEMBER_BYTES;
}

bool kind_fits(uint8_t kind, const pqflow_field& field) {
  const uint8_t storage = field.storage;
  const uint8_t expected = expected_kind(field);
  return kind == expected || (kind == PQFLOW_MEMBER_CHARACTER && is_integer_storage(storage)) ||
         (kind == PQFLOW_MEMBER_FLOATING && storage == PQFLOW_STORAGE_FLOAT16) ||  // A half of the compiler's own.
         (kind == PQFLOW_MEMBER_STRUCT && expected == PQFLOW_MEMBER_BYTES);
}

const char* kind_name(uint8_t kind) {
  switch (kind) {
    case PQFLOW_MEMBER_SIGNED:
      return "a signed integer";
    case PQFLOW_MEMBER_UNSIGNED:
      return "an unsigned integer";
    case PQFLOW_MEMBER_FLOATING:
      return "a floating-point number";
    case PQFLOW_MEMBER_BYTES:
      return "bytes";
    case PQFLOW_MEMBER_CHARACTER:
      return "a character";
    case PQFLOW_MEMBER_STRUCT:
      return "a struct";
    default:
      return "of an unknown kind";
  }
}

// A struct of a uint16_t and an odd number of bytes ends with a pad byte, unless it is packed.
bool size_fits(uint32_t size_bytes, const pqflow_field& field) {
  const uint32_t pad_bytes = field.storage == PQFLOW_STORAGE_COUNTED_16 ? field.width_bytes % 2 : 0;
  return size_bytes == field.width_bytes || size_bytes == field.width_bytes + pad_bytes;
}

// `field`: at the top of the tree, a leaf or a struct as a whole, or a part of a list.
base::Result find_place(const Members& members, const pqflow_field& field, uint32_t& offset_bytes) {
  if (field.member == nullptr) {
    return mismatch("the descriptor names no member for field `" + std::string(field.name) + "`");
  }
  const auto found = members.find(field.member);
  if (found == members.end()) {
    return mismatch("no member `" + std::string(field.member) + "` for field `" + field.name +
                    "`; register it with PQFLOW_FIELD, or with PQFLOW_FIELD_NAMED if it is called otherwise");
  }
  const pqflow_member& member = *found->second;
  const std::string subject = "member `" + std::string(member.name) + "` ";
  if (!size_fits(member.size_bytes, field)) {
    return mismatch(subject + "has " + std::to_string(member.size_bytes) + " bytes, field `" + field.name + "` needs " +
                    std::to_string(field.width_bytes));
  }
  if (!kind_fits(member.kind, field)) {
    const uint8_t expected = expected_kind(field);
    const bool is_sign_alone = member.kind == PQFLOW_MEMBER_UNSIGNED && expected == PQFLOW_MEMBER_SIGNED;
    return mismatch(subject + "is " + kind_name(member.kind) + ", field `" + field.name + "` needs " + kind_name(expected) +
                    (is_sign_alone ? "; PQFLOW_FIELD_AS_SIGNED takes its bits as they are" : ""));
  }
  offset_bytes = member.offset_bytes;
  return base::Result::ok();
}

// The field after the last descendant of the one at `index`.
size_t end_of_subtree(const std::vector<pqflow_field>& fields, size_t index) {
  size_t open_count = 1;  // Fields of the subtree still to come.
  while (open_count != 0) {
    open_count += fields[index].child_count;
    --open_count;
    ++index;
  }
  return index;
}

// Values and null bits: what lies in a group moves with it, since the caller's member has the same bytes.
void move_by(std::span<pqflow_field> fields, uint32_t distance_bytes) {
  for (pqflow_field& field : fields) {
    field.offset_bytes += distance_bytes;  // Modulo 2^32, for moves to the front.
    field.null_byte_offset_bytes += distance_bytes;
  }
}

// Where element 0 of a list begins, by what lies in it.
uint32_t first_element_byte(std::span<const pqflow_field> fields) {
  uint32_t first = std::numeric_limits<uint32_t>::max();
  for (const pqflow_field& field : fields) {
    first = field.width_bytes != 0 ? std::min(first, field.offset_bytes) : first;
    first = field.null_kind == PQFLOW_NULL_BIT ? std::min(first, field.null_byte_offset_bytes) : first;
  }
  return first;
}

// A list or map is two members, as in generated structs: an array, and its count under the array's name and `_count`.
base::Result move_list(const Members& members, std::span<pqflow_field> subtree) {
  pqflow_field& list = subtree[0];
  pqflow_field& repeated = subtree[1];
  pqflow_field array = list;
  array.child_count = 0;
  array.storage = PQFLOW_STORAGE_FIXED_BYTES;
  array.width_bytes = repeated.max_element_count * repeated.element_stride_bytes;
  uint32_t array_offset_bytes = 0;
  if (base::Result result = find_place(members, array, array_offset_bytes); !result.is_ok()) {
    return result;
  }
  pqflow_field count = repeated;
  const std::string count_member = std::string(list.member) + "_count";
  count.child_count = 0;
  count.name = list.name;
  count.member = count_member.c_str();
  if (base::Result result = find_place(members, count, repeated.offset_bytes); !result.is_ok()) {
    return result;
  }
  const std::span<pqflow_field> elements = subtree.subspan(2);
  move_by(elements, array_offset_bytes - first_element_byte(elements));
  // From the first byte of both to the last, as descriptor.h has it.
  list.offset_bytes = std::min(repeated.offset_bytes, array_offset_bytes);
  list.width_bytes = std::max(repeated.offset_bytes + repeated.width_bytes, array_offset_bytes + array.width_bytes) - list.offset_bytes;
  return base::Result::ok();
}

// A struct as a whole, or a leaf.
base::Result move_struct(const Members& members, std::span<pqflow_field> subtree) {
  uint32_t offset_bytes = 0;
  base::Result result = find_place(members, subtree[0], offset_bytes);
  if (result.is_ok()) {
    move_by(subtree.subspan(1), offset_bytes - subtree[0].offset_bytes);
    subtree[0].offset_bytes = offset_bytes;
  }
  return result;
}

base::Result move_fields(const Members& members, RecordSchema& schema) {
  for (size_t index = 0; index < schema.fields.size();) {
    const size_t end = end_of_subtree(schema.fields, index);
    const std::span<pqflow_field> subtree = std::span(schema.fields).subspan(index, end - index);
    if (subtree[0].width_bytes != 0) {
      const bool is_list = subtree[0].logical_type == PQFLOW_LOGICAL_LIST || subtree[0].logical_type == PQFLOW_LOGICAL_MAP;
      if (base::Result result = is_list ? move_list(members, subtree) : move_struct(members, subtree); !result.is_ok()) {
        return result;
      }
    }
    index = end;
  }
  return base::Result::ok();
}

// The descriptor's bitmap begins at the first byte that holds a null bit of a field at the top and ends at the last. Structs have bitmaps
// of their own inside.
struct NullBytes {
  std::string_view first_field;
  uint32_t first_offset_bytes = std::numeric_limits<uint32_t>::max();
  uint32_t last_offset_bytes = 0;
  bool is_empty() const { return first_offset_bytes > last_offset_bytes; }
  uint32_t size_bytes() const { return last_offset_bytes - first_offset_bytes + 1; }
};

NullBytes find_null_bytes(const RecordSchema& schema) {
  NullBytes null_bytes;
  for (size_t index = 0; index < schema.fields.size(); index = end_of_subtree(schema.fields, index)) {
    const pqflow_field& field = schema.fields[index];
    if (field.null_kind == PQFLOW_NULL_BIT) {
      null_bytes.first_field = null_bytes.is_empty() ? field.name : null_bytes.first_field;
      null_bytes.first_offset_bytes = std::min(null_bytes.first_offset_bytes, field.null_byte_offset_bytes);
      null_bytes.last_offset_bytes = std::max(null_bytes.last_offset_bytes, field.null_byte_offset_bytes);
    }
  }
  return null_bytes;
}

base::Result move_null_bits(const Members& members, RecordSchema& schema) {
  const NullBytes null_bytes = find_null_bytes(schema);
  if (null_bytes.is_empty()) {
    return base::Result::ok();
  }
  const auto found = members.find(kNullBitsMember);
  if (found == members.end()) {
    return mismatch("no member `valid` for the null bits; field `" + std::string(null_bytes.first_field) +
                    "` is optional and has no null_value");
  }
  const pqflow_member& member = *found->second;
  if (member.size_bytes < null_bytes.size_bytes()) {
    return mismatch("member `valid` has " + std::to_string(member.size_bytes) + " bytes, the null bits need " +
                    std::to_string(null_bytes.size_bytes()));
  }
  if (member.kind != PQFLOW_MEMBER_BYTES && member.kind != PQFLOW_MEMBER_UNSIGNED) {
    return mismatch(std::string("member `valid` is ") + kind_name(member.kind) + ", the null bits need bytes or an unsigned integer");
  }
  for (size_t index = 0; index < schema.fields.size(); index = end_of_subtree(schema.fields, index)) {
    pqflow_field& field = schema.fields[index];
    if (field.null_kind == PQFLOW_NULL_BIT) {
      field.null_byte_offset_bytes = field.null_byte_offset_bytes - null_bytes.first_offset_bytes + member.offset_bytes;
    }
  }
  return base::Result::ok();
}

bool is_same_place(const pqflow_field& left, const pqflow_field& right) {
  return left.offset_bytes == right.offset_bytes && left.null_byte_offset_bytes == right.null_byte_offset_bytes;
}

}  // namespace

base::Result rebind(const pqflow_record_layout& layout, RecordSchema& schema) {
  Members members;
  if (base::Result result = check_struct(layout); !result.is_ok()) {
    return result;
  }
  if (base::Result result = collect(layout, members); !result.is_ok()) {
    return result;
  }
  const std::vector<pqflow_field> original = schema.fields;
  if (base::Result result = move_fields(members, schema); !result.is_ok()) {
    return result;
  }
  if (base::Result result = move_null_bits(members, schema); !result.is_ok()) {
    return result;
  }
  schema.record_size_bytes = layout.record_size_bytes;
  schema.record_align_bytes = layout.record_align_bytes;
  const uint32_t slot_size_bytes = pqflow_slot_size_bytes(layout.record_size_bytes, layout.record_align_bytes);
  const bool is_unmoved =
      slot_size_bytes == schema.slot_size_bytes && std::equal(original.begin(), original.end(), schema.fields.begin(), is_same_place);
  schema.slot_size_bytes = slot_size_bytes;
  schema.unpack = is_unmoved ? schema.unpack : nullptr;
  return base::Result::ok();
}

}  // namespace pqflow::columns
