// Wrong trees, one damage at a time: each is refused with a message that names the field by its path.
#include <gtest/gtest.h>

#include <functional>

#include "columns/nested_schema.hpp"
#include "columns/refusals.hpp"

namespace pqflow::columns {
namespace {

using namespace test;

Node int32(const std::string& name = "") { return leaf(name, make_field("", PQFLOW_STORAGE_INT32)); }
Node int64(const std::string& name = "") { return leaf(name, make_field("", PQFLOW_STORAGE_INT64)); }

// book: a struct with an optional list of structs and a map; the record has 8 bytes before it.
std::vector<Node> book() {
  return {int64("time"), optional(structure("book", {optional(list("levels", structure("", {int64("price"), optional(int32("size"))}), 3)),
                                                     map("totals", int32(), optional(int64()), 2)}))};
}

void expect_refused_at(const std::string& path, const std::function<void(pqflow_field&)>& damage, const std::string& label,
                       const std::string& expected) {
  NestedSchema nested(book());
  EXPECT_TRUE(test::build(nested.descriptor()).is_ok()) << "undamaged: " << test::build(nested.descriptor()).message;
  damage(nested.at(path));
  const base::Result result = test::build(nested.descriptor());
  EXPECT_EQ(result.status, PQFLOW_STATUS_INVALID_DESCRIPTOR) << expected;
  EXPECT_EQ(result.message, "invalid descriptor: field `" + label + "`: " + expected);
}

void expect_refused_at(const std::string& path, const std::function<void(pqflow_field&)>& damage, const std::string& expected) {
  expect_refused_at(path, damage, path, expected);
}

constexpr const char* kList = "book.levels.list";
constexpr const char* kPrice = "book.levels.list.element.price";

TEST(NestingChecks, levels_must_be_those_of_Parquet) {
  expect_refused_at(
      kPrice, [](pqflow_field& f) { f.max_definition_level = 2; }, "max_definition_level must be 3 here, not 2");
  expect_refused_at(
      kPrice, [](pqflow_field& f) { f.max_repetition_level = 0; }, "max_repetition_level must be 1 here, not 0");
  expect_refused_at(
      "book", [](pqflow_field& f) { f.max_definition_level = 0; }, "max_definition_level must be 1 here, not 0");
  expect_refused_at(
      kList, [](pqflow_field& f) { f.max_repetition_level = 2; }, "max_repetition_level must be 1 here, not 2");
  expect_refused_at(
      "time", [](pqflow_field& f) { f.max_repetition_level = 1; }, "max_repetition_level must be 0 here, not 1");
}

TEST(NestingChecks, groups_of_lists_and_maps_have_fixed_names) {
  expect_refused_at(
      kList, [](pqflow_field& f) { f.name = "array"; }, "book.levels.array", "the group in a LIST must be called `list`");
  expect_refused_at(
      "book.levels.list.element", [](pqflow_field& f) { f.name = "item"; }, "book.levels.list.item",
      "what a list holds must be called `element`");
  expect_refused_at(
      "book.totals.key_value", [](pqflow_field& f) { f.name = "map"; }, "book.totals.map", "the group in a MAP must be called `key_value`");
  expect_refused_at(
      "book.totals.key_value.key", [](pqflow_field& f) { f.name = "k"; }, "book.totals.key_value.k",
      "the first child of a `key_value` must be called `key`");
  expect_refused_at(
      "book.totals.key_value.value", [](pqflow_field& f) { f.name = "v"; }, "book.totals.key_value.v",
      "the second child of a `key_value` must be called `value`");
}

TEST(NestingChecks, repeated_groups_stand_in_lists_and_maps_only) {
  const auto repeat = [](pqflow_field& f) {
    f.repetition = PQFLOW_REPETITION_REPEATED;
    f.null_kind = PQFLOW_NULL_NEVER;
  };
  const char* const expected = "REPEATED is for the groups `list` and `key_value` in a LIST or MAP only";
  expect_refused_at("time", repeat, expected);
  expect_refused_at(kPrice, repeat, expected);
  expect_refused_at(
      "book.levels", [](pqflow_field& f) { f.logical_type = PQFLOW_LOGICAL_NONE; }, kList, expected);
  expect_refused_at(
      kList,
      [](pqflow_field& f) {
        f.repetition = PQFLOW_REPETITION_REQUIRED;
        f.storage = PQFLOW_STORAGE_NONE;
        f.max_element_count = f.element_stride_bytes = 0;
      },
      "`list` must be a REPEATED group");
}

TEST(NestingChecks, a_LIST_is_no_repeated_group_and_has_one_child) {
  expect_refused_at(
      kList, [](pqflow_field& f) { f.logical_type = PQFLOW_LOGICAL_LIST; }, "LIST stands at the group around the REPEATED one");
  NestedSchema nested({structure("s", {int32("a"), int32("b")})});
  nested.at("s").logical_type = PQFLOW_LOGICAL_LIST;
  EXPECT_EQ(test::build(nested.descriptor()).message, "invalid descriptor: field `s`: LIST has one child, the REPEATED group, not 2");
  NestedSchema leaf_below({structure("s", {int32("list")})});
  leaf_below.at("s").logical_type = PQFLOW_LOGICAL_LIST;
  EXPECT_EQ(test::build(leaf_below.descriptor()).message, "invalid descriptor: field `s.list`: `list` must be a REPEATED group");
  NestedSchema two({list("l", structure("", {int32("a"), int32("b")}), 2)});
  two.at("l").logical_type = PQFLOW_LOGICAL_MAP;
  two.at("l.list").name = "key_value";
  EXPECT_EQ(test::build(two.descriptor()).message,
            "invalid descriptor: field `l.key_value`: `key_value` has two children, `key` and `value`, not 1");
  NestedSchema map_as_list({map("m", int32(), int32(), 2)});
  map_as_list.at("m").logical_type = PQFLOW_LOGICAL_LIST;
  map_as_list.at("m.key_value").name = "list";
  EXPECT_EQ(test::build(map_as_list.descriptor()).message, "invalid descriptor: field `m.list`: `list` has one child, `element`, not 2");
}

TEST(NestingChecks, keys_of_maps_are_required_leaves) {
  const char* const expected = "a map's key must be a required leaf";
  expect_refused_at(
      "book.totals.key_value.key",
      [](pqflow_field& f) {
        f.repetition = PQFLOW_REPETITION_OPTIONAL;
        f.null_kind = PQFLOW_NULL_SENTINEL;
        f.null_value_bits = 1;
      },
      expected);
  NestedSchema nested({map("m", structure("", {int32("a")}), int32(), 2)});
  EXPECT_EQ(test::build(nested.descriptor()).message, "invalid descriptor: field `m.key_value.key`: " + std::string(expected));
}

TEST(NestingChecks, groups_carry_no_type_of_a_leaf) {
  expect_refused_at(
      "book", [](pqflow_field& f) { f.physical_type = PQFLOW_PHYSICAL_INT32; }, "a group has physical type NONE, not INT32");
  expect_refused_at(
      "book", [](pqflow_field& f) { f.logical_type = PQFLOW_LOGICAL_STRING; }, "a group has logical type LIST, MAP or none, not STRING");
  expect_refused_at(
      "book", [](pqflow_field& f) { f.storage = PQFLOW_STORAGE_INT32; }, "a group that is not REPEATED has storage NONE, not INT32");
  static const uint8_t byte = 0;
  expect_refused_at(
      "book", [](pqflow_field& f) { f.constant_value = &byte; }, "a group has neither a constant_value nor enum_values");
  expect_refused_at(
      "book", [](pqflow_field& f) { f.enum_value_count = 1; }, "a group has neither a constant_value nor enum_values");
  expect_refused_at(
      "book", [](pqflow_field& f) { f.field_id = -7; }, "field_id -7 is negative");
  expect_refused_at(
      "book", [](pqflow_field& f) { f.repetition = 9; }, "repetition number 9 is not known");
  const char* const rooms = "max_element_count and element_stride_bytes are for REPEATED groups only";
  expect_refused_at(
      "book", [](pqflow_field& f) { f.max_element_count = 1; }, rooms);
  expect_refused_at(
      "time", [](pqflow_field& f) { f.element_stride_bytes = 8; }, rooms);
  expect_refused_at(
      "time", [](pqflow_field& f) { f.logical_type = PQFLOW_LOGICAL_LIST; }, "LIST needs a group");
}

TEST(NestingChecks, optional_groups_have_a_bit) {
  expect_refused_at(
      "book", [](pqflow_field& f) { f.null_kind = PQFLOW_NULL_SENTINEL; }, "an optional group needs null_kind BIT");
  expect_refused_at(
      "book.totals", [](pqflow_field& f) { f.null_kind = PQFLOW_NULL_BIT; }, "a group that is not optional needs null_kind NEVER");
  expect_refused_at(
      "book", [](pqflow_field& f) { f.null_bit_index = 8; }, "null_bit_index must be 0 … 7 and null_bit_when_present 0 or 1");
  expect_refused_at(
      "book", [](pqflow_field& f) { f.null_bit_when_present = 2; }, "null_bit_index must be 0 … 7 and null_bit_when_present 0 or 1");
}

TEST(NestingChecks, counts_have_a_storage_a_largest_value_and_a_stride) {
  expect_refused_at(
      kList, [](pqflow_field& f) { f.storage = PQFLOW_STORAGE_INT32; },
      "a REPEATED group has the storage of its count, UINT8 or UINT16, not INT32");
  expect_refused_at(
      kList, [](pqflow_field& f) { f.width_bytes = 2; }, "a count of storage UINT8 has width_bytes 1, not 2");
  expect_refused_at(
      kList, [](pqflow_field& f) { f.max_element_count = 0; }, "max_element_count 0 is not 1 … 255");
  expect_refused_at(
      kList, [](pqflow_field& f) { f.max_element_count = 256; }, "max_element_count 256 is not 1 … 255");
  expect_refused_at(
      kList,
      [](pqflow_field& f) {
        f.storage = PQFLOW_STORAGE_UINT16;
        f.width_bytes = 2;
        f.max_element_count = 65536;
      },
      "max_element_count 65536 is not 1 … 65535");
  expect_refused_at(
      kList, [](pqflow_field& f) { f.element_stride_bytes = 0; }, "element_stride_bytes is 0");
}

// Up to, not with: the record 136, book 8 … 128, levels 8 … 64 (count at 8, elements of 16 bytes from 16), totals 64 … 120 (entries of 24
// bytes from 72), the bits of book in byte 120, that of the record in byte 128.
TEST(NestingChecks, bytes_lie_inside_the_bytes_around) {
  expect_refused_at(
      "book", [](pqflow_field& f) { f.width_bytes = 4096; }, "bytes 8 + 4096 lie outside the record (bytes 0 up to 136)");
  expect_refused_at(
      "book", [](pqflow_field& f) { f.null_byte_offset_bytes = 136; },
      "its null bit in byte 136 lies outside the record (bytes 0 up to 136)");
  expect_refused_at(
      "book.levels", [](pqflow_field& f) { f.offset_bytes = 0; }, "bytes 0 + 56 lie outside the group `book` (bytes 8 up to 128)");
  expect_refused_at(
      "book.levels", [](pqflow_field& f) { f.null_byte_offset_bytes = 0; },
      "its null bit in byte 0 lies outside the group `book` (bytes 8 up to 128)");
  expect_refused_at(
      kList, [](pqflow_field& f) { f.offset_bytes = 64; }, "bytes 64 + 1 lie outside the group `levels` (bytes 8 up to 64)");
  expect_refused_at(
      kPrice, [](pqflow_field& f) { f.offset_bytes = 32; }, "bytes 32 + 8 lie outside the group `element` (bytes 16 up to 32)");
  expect_refused_at(
      "book.totals.key_value.value", [](pqflow_field& f) { f.offset_bytes = 96; },
      "bytes 96 + 8 lie outside the room for element 0 of `key_value` (bytes 64 up to 96)");
}

TEST(NestingChecks, elements_fit_their_list_and_do_not_overlap) {
  expect_refused_at(
      kList, [](pqflow_field& f) { f.max_element_count = 5; },
      "5 elements with a stride of 16 bytes do not fit the group `levels` (bytes 8 up to 64)");
  expect_refused_at(
      kList, [](pqflow_field& f) { f.max_element_count = 4; }, "book.levels.list.element",
      "bytes 16 + 16 lie outside the room for element 0 of `list` (bytes 8 up to 16)");
  expect_refused_at(
      kList, [](pqflow_field& f) { f.element_stride_bytes = 15; }, "an element takes 16 bytes, more than element_stride_bytes 15");
  expect_refused_at(
      "book.totals.key_value", [](pqflow_field& f) { f.element_stride_bytes = 16; },
      "an element takes 17 bytes, more than element_stride_bytes 16");
}

TEST(NestingChecks, columns_of_nulls_take_nothing) {
  pqflow_field field = optional_field(make_field("price", PQFLOW_STORAGE_NONE), PQFLOW_NULL_ALWAYS);
  field.physical_type = PQFLOW_PHYSICAL_INT32;
  field.logical_type = PQFLOW_LOGICAL_UNKNOWN;
  field.width_bytes = 0;
  const char* const expected = "null_kind ALWAYS needs storage NONE and logical type UNKNOWN";
  expect_refused(
      field, [](pqflow_field& f) { f.width_bytes = 4; }, "a column of nulls takes no bytes of the record, but width_bytes is 4");
  expect_refused(
      field, [](pqflow_field& f) { f.logical_type = PQFLOW_LOGICAL_NONE; }, expected);
  expect_refused(
      field,
      [](pqflow_field& f) {
        f.repetition = PQFLOW_REPETITION_REQUIRED;
        f.max_definition_level = 0;
      },
      "a required field needs null_kind NEVER");
  expect_refused(
      field, [](pqflow_field& f) { f.null_kind = PQFLOW_NULL_BIT; }, "storage NONE needs a constant_value");
}

TEST(NestingChecks, ids_and_names_are_looked_at_in_every_group) {
  NestedSchema nested(book());
  nested.at(kPrice).field_id = nested.at("book.totals").field_id = 4;
  EXPECT_EQ(test::build(nested.descriptor()).message, "invalid descriptor: field `book.totals`: field_id 4 appears twice");
  NestedSchema twins(book());
  twins.at("book.totals").name = "levels";
  EXPECT_NE(test::build(twins.descriptor()).message.find("the name appears twice among its siblings"), std::string::npos);
}

TEST(NestedRecordSchema, knows_paths_and_steps_of_its_leaves) {
  NestedSchema nested(book());
  const RecordSchema schema = nested.build();
  std::vector<std::string> paths;
  for (const FieldPath& path : schema.leaf_paths) {
    paths.push_back(dotted(path));
  }
  EXPECT_EQ(paths, (std::vector<std::string>{"time", kPrice, "book.levels.list.element.size", "book.totals.key_value.key",
                                             "book.totals.key_value.value"}));
  ASSERT_EQ(schema.level_tree.steps.size(), 4U) << "book, levels, list and key_value";
  EXPECT_TRUE(schema.level_tree.is_flat(0));
  EXPECT_EQ(schema.level_tree.max_entries_per_row(0), 1U);
  EXPECT_EQ(schema.level_tree.max_entries_per_row(1), 3U);
  EXPECT_EQ(schema.level_tree.max_entries_per_row(3), 2U);
  EXPECT_EQ(schema.level_tree.steps[3].first_column, 3U);
}

}  // namespace
}  // namespace pqflow::columns
