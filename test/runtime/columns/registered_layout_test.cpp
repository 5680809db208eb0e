#include "columns/registered_layout.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "columns/nested_schema.hpp"
#include "columns/test_schema.hpp"

namespace pqflow::columns {
namespace {

using namespace test;

void generated_kernel(const uint8_t*, size_t, const pqflow_staging_column*) {}

pqflow_member member(const char* name, uint32_t offset_bytes, uint32_t size_bytes, uint8_t kind) {
  return {name, offset_bytes, size_bytes, kind, {}};
}

// Descriptor: id int64 at 0, price double at 8, side uint8 at 16, symbol char[6] at 18, note counted at 24 (10), active bool at 34, null
// bits of price and side from 35 on.
class RegisteredLayout : public ::testing::Test {
 protected:
  RegisteredLayout()
      : schema_({make_field("id", PQFLOW_STORAGE_INT64), optional_field(make_field("price", PQFLOW_STORAGE_DOUBLE), PQFLOW_NULL_BIT),
                 optional_field(make_field("side", PQFLOW_STORAGE_UINT8), PQFLOW_NULL_BIT),
                 make_field("symbol", PQFLOW_STORAGE_PADDED_TEXT, 6), make_field("note", PQFLOW_STORAGE_COUNTED_8, 10),
                 make_field("active", PQFLOW_STORAGE_BOOL), constant_field("venue", PQFLOW_PHYSICAL_INT32, four_)}) {
    schema_.descriptor().unpack = generated_kernel;
    for (const pqflow_field& field : schema_.fields()) {
      if (field.member != nullptr) {
        members_.push_back(member(field.member, field.offset_bytes, field.width_bytes, kinds_[members_.size()]));
      }
    }
    members_.push_back(member("valid", schema_.fields()[1].null_byte_offset_bytes, 1, PQFLOW_MEMBER_BYTES));
    layout_ = {nullptr, 0, schema_.descriptor().record_size_bytes, schema_.descriptor().record_align_bytes, 0};
  }

  base::Result build() {
    layout_.members = members_.data();
    layout_.member_count = static_cast<uint32_t>(members_.size());
    return RecordSchema::build(schema_.descriptor(), &layout_, built_);
  }

  void expect_refused(const std::string& expected) {
    const base::Result result = build();
    EXPECT_EQ(result.status, PQFLOW_STATUS_LAYOUT_MISMATCH) << expected;
    EXPECT_NE(result.message.find(expected), std::string::npos) << result.message;
  }

  static constexpr uint8_t kinds_[] = {PQFLOW_MEMBER_SIGNED, PQFLOW_MEMBER_FLOATING, PQFLOW_MEMBER_UNSIGNED,
                                       PQFLOW_MEMBER_BYTES,  PQFLOW_MEMBER_STRUCT,   PQFLOW_MEMBER_UNSIGNED};
  const std::string four_ = std::string("\1\2\3\4", 4);
  TestSchema schema_;
  std::vector<pqflow_member> members_;
  pqflow_record_layout layout_ = {};
  RecordSchema built_;
};

TEST_F(RegisteredLayout, keeps_the_generated_kernel_when_nothing_moved) {
  ASSERT_TRUE(build().is_ok()) << build().message;
  EXPECT_EQ(built_.unpack, &generated_kernel);
  EXPECT_EQ(built_.fields[1].offset_bytes, 8U);
}

TEST_F(RegisteredLayout, finds_permuted_members_by_name_and_leaves_the_generated_kernel) {
  members_[0].offset_bytes = 8;
  members_[1].offset_bytes = 0;
  ASSERT_TRUE(build().is_ok()) << build().message;
  EXPECT_EQ(built_.unpack, nullptr);
  EXPECT_EQ(built_.fields[0].offset_bytes, 8U);
  EXPECT_EQ(built_.fields[1].offset_bytes, 0U);
}

TEST_F(RegisteredLayout, ignores_members_that_the_schema_does_not_know) {
  members_.push_back(member("extra", 36, 4, PQFLOW_MEMBER_FLOATING));
  ASSERT_TRUE(build().is_ok()) << build().message;
  EXPECT_EQ(built_.unpack, &generated_kernel);
}

TEST_F(RegisteredLayout, leaves_the_generated_kernel_for_a_larger_struct) {
  layout_.record_size_bytes = 128;
  ASSERT_TRUE(build().is_ok()) << build().message;
  EXPECT_EQ(built_.unpack, nullptr);
  EXPECT_EQ(built_.record_size_bytes, 128U);
  EXPECT_EQ(built_.slot_size_bytes, pqflow_slot_size_bytes(128, 8));
}

TEST_F(RegisteredLayout, moves_null_bits_with_the_member_named_valid) {
  members_.back().offset_bytes = 39;
  ASSERT_TRUE(build().is_ok()) << build().message;
  EXPECT_EQ(built_.fields[1].null_byte_offset_bytes, 39U);
  EXPECT_EQ(built_.fields[2].null_byte_offset_bytes, 39U);
  EXPECT_EQ(built_.fields[2].null_bit_index, 1U);
  EXPECT_EQ(built_.unpack, nullptr);
}

TEST_F(RegisteredLayout, refuses_a_struct_without_a_member_or_with_another_size_or_kind) {
  members_[0].name = "identifier";
  expect_refused("no member `id` for field `id`; register it with PQFLOW_FIELD, or with PQFLOW_FIELD_NAMED if it is called otherwise");
  members_[0].name = "id";
  members_[0].size_bytes = 4;
  expect_refused("member `id` has 4 bytes, field `id` needs 8");
  members_[0].size_bytes = 8;
  members_[0].kind = PQFLOW_MEMBER_UNSIGNED;
  expect_refused(
      "member `id` is an unsigned integer, field `id` needs a signed integer; PQFLOW_FIELD_AS_SIGNED takes its bits as they are");
  members_[0].kind = PQFLOW_MEMBER_FLOATING;
  expect_refused("member `id` is a floating-point number");
  members_[0].kind = PQFLOW_MEMBER_SIGNED;
  members_[1].kind = PQFLOW_MEMBER_SIGNED;
  expect_refused("field `price` needs a floating-point number");
  members_[1].kind = PQFLOW_MEMBER_FLOATING;
  members_[3].kind = PQFLOW_MEMBER_UNSIGNED;
  expect_refused("field `symbol` needs bytes");
  members_[3].kind = 77;
  expect_refused("member `symbol` is of an unknown kind");
}

TEST(RegisteredHalf, is_its_bits_or_a_half_of_the_compiler_s_own) {
  TestSchema schema({make_field("half", PQFLOW_STORAGE_FLOAT16), interval_field("pause")});
  pqflow_member members[] = {member("half", 0, 2, PQFLOW_MEMBER_UNSIGNED), member("pause", 2, 12, PQFLOW_MEMBER_STRUCT)};
  const pqflow_record_layout layout = {members, 2, 16, 8, 0};
  RecordSchema built;
  EXPECT_TRUE(RecordSchema::build(schema.descriptor(), &layout, built).is_ok());
  members[0].kind = PQFLOW_MEMBER_FLOATING;
  EXPECT_TRUE(RecordSchema::build(schema.descriptor(), &layout, built).is_ok());
  members[0].kind = PQFLOW_MEMBER_SIGNED;
  EXPECT_NE(RecordSchema::build(schema.descriptor(), &layout, built).message.find("field `half` needs an unsigned integer"),
            std::string::npos);
}

TEST_F(RegisteredLayout, takes_a_plain_char_for_a_one_byte_integer_and_for_nothing_else) {
  members_[2].kind = PQFLOW_MEMBER_CHARACTER;
  EXPECT_TRUE(build().is_ok()) << build().message;
  members_[5].kind = PQFLOW_MEMBER_CHARACTER;
  expect_refused("member `active` is a character, field `active` needs an unsigned integer");
}

TEST_F(RegisteredLayout, takes_a_struct_for_bytes_but_no_array_for_text_with_a_length_before_it) {
  members_[3].kind = PQFLOW_MEMBER_STRUCT;
  EXPECT_TRUE(build().is_ok()) << build().message;
  members_[4].kind = PQFLOW_MEMBER_BYTES;
  expect_refused("member `note` is bytes, field `note` needs a struct");
}

TEST_F(RegisteredLayout, takes_a_counted_text_of_odd_length_with_or_without_its_pad_byte) {
  TestSchema schema({make_field("note", PQFLOW_STORAGE_COUNTED_16, 259)});
  const auto bind = [&](const char* name, uint32_t size_bytes) {
    const pqflow_member note = member(name, 4, size_bytes, PQFLOW_MEMBER_STRUCT);
    const pqflow_record_layout layout = {&note, 1, 266, 2, 0};
    return RecordSchema::build(schema.descriptor(), &layout, built_);
  };
  EXPECT_TRUE(bind("note", 259).is_ok()) << "packed";
  EXPECT_TRUE(bind("note", 260).is_ok()) << "aligned to its length";
  EXPECT_EQ(built_.fields.back().width_bytes, 259U);
  for (const uint32_t size_bytes : {258U, 261U}) {
    EXPECT_NE(bind("note", size_bytes).message.find("bytes, field `note` needs 259"), std::string::npos) << size_bytes;
  }
}

TEST_F(RegisteredLayout, takes_no_pad_byte_behind_a_counted_text_of_even_length) {
  TestSchema schema({make_field("note", PQFLOW_STORAGE_COUNTED_16, 260)});
  const pqflow_member note = member("note", 0, 261, PQFLOW_MEMBER_STRUCT);
  const pqflow_record_layout layout = {&note, 1, 264, 2, 0};
  EXPECT_EQ(RecordSchema::build(schema.descriptor(), &layout, built_).status, PQFLOW_STATUS_LAYOUT_MISMATCH);
}

TEST_F(RegisteredLayout, takes_a_plain_char_for_a_number_of_one_byte_and_a_struct_for_counted_text) {
  members_[2].kind = PQFLOW_MEMBER_CHARACTER;
  members_[4].kind = PQFLOW_MEMBER_STRUCT;
  EXPECT_TRUE(build().is_ok()) << build().message;
  members_[5].kind = PQFLOW_MEMBER_CHARACTER;
  expect_refused("field `active` needs an unsigned integer");
}

TEST_F(RegisteredLayout, refuses_null_bits_without_room_for_them) {
  members_.back().size_bytes = 0;
  expect_refused("member `valid` has 0 bytes, the null bits need 1");
  members_.back().size_bytes = 1;
  members_.back().kind = PQFLOW_MEMBER_FLOATING;
  expect_refused("member `valid` is a floating-point number");
  members_.pop_back();
  expect_refused("no member `valid` for the null bits; field `price` is optional and has no null_value");
}

TEST_F(RegisteredLayout, refuses_members_outside_the_struct_or_registered_twice) {
  members_[0].offset_bytes = 0xfffffffc;
  expect_refused("member `id` lies outside the struct");
  members_[0].offset_bytes = 0;
  members_.push_back(members_[0]);
  expect_refused("member `id` is registered twice");
  members_.back().name = nullptr;
  expect_refused("has no name");
}

TEST_F(RegisteredLayout, refuses_impossible_structs) {
  layout_.record_size_bytes = 0;
  expect_refused("its size of 0 bytes");
  layout_.record_size_bytes = 64;
  layout_.record_align_bytes = 24;
  expect_refused("its alignment of 24 bytes");
  layout_.record_align_bytes = 8;
  layout_.record_size_bytes = 65;
  expect_refused("its alignment of 8 bytes");
  members_.clear();
  expect_refused("it has no members");
}

TEST_F(RegisteredLayout, needs_the_names_of_members_in_the_descriptor) {
  schema_.fields()[0].member = nullptr;
  expect_refused("the descriptor names no member for field `id`");
}

// Descriptor: id int64 at 0, optional list `levels` of {price int64, size int32 or null} (count at 8, elements of 16 bytes from 16), struct
// `pair` of {a int32, b int32 or null} at 64 (12 bytes), the bit of levels at 76.
class RegisteredNestedLayout : public ::testing::Test {
 protected:
  RegisteredNestedLayout() : nested_(nodes()) {}

  static std::vector<Node> nodes() {
    const auto integer = [](const char* name, uint8_t storage) { return leaf(name, make_field("", storage)); };
    const Node level = structure("", {integer("price", PQFLOW_STORAGE_INT64), optional(integer("size", PQFLOW_STORAGE_INT32))});
    return {integer("id", PQFLOW_STORAGE_INT64), optional(list("levels", level, 3)),
            structure("pair", {integer("a", PQFLOW_STORAGE_INT32), optional(integer("b", PQFLOW_STORAGE_INT32))})};
  }

  base::Result build(const std::vector<pqflow_member>& members) {
    const pqflow_record_layout layout = {members.data(), static_cast<uint32_t>(members.size()), 128, 8, 0};
    return RecordSchema::build(nested_.descriptor(), &layout, built_);
  }

  void expect_refused(const std::vector<pqflow_member>& members, const std::string& expected) {
    const base::Result result = build(members);
    EXPECT_EQ(result.status, PQFLOW_STATUS_LAYOUT_MISMATCH) << expected;
    EXPECT_NE(result.message.find(expected), std::string::npos) << result.message;
  }

  const pqflow_member id_ = member("id", 100, 8, PQFLOW_MEMBER_SIGNED);
  const pqflow_member levels_ = member("levels", 40, 48, PQFLOW_MEMBER_BYTES);
  const pqflow_member count_ = member("levels_count", 2, 1, PQFLOW_MEMBER_UNSIGNED);
  const pqflow_member pair_ = member("pair", 4, 12, PQFLOW_MEMBER_STRUCT);
  const pqflow_member valid_ = member("valid", 3, 1, PQFLOW_MEMBER_UNSIGNED);
  NestedSchema nested_;
  RecordSchema built_;
};

TEST_F(RegisteredNestedLayout, takes_a_list_as_an_array_and_its_count_and_a_struct_as_a_whole) {
  const base::Result result = build({levels_, id_, pair_, count_, valid_});
  ASSERT_TRUE(result.is_ok()) << result.message;
  const auto built = [this](const std::string& path) -> const pqflow_field& {
    return built_.fields[static_cast<size_t>(&nested_.at(path) - nested_.fields().data())];
  };
  EXPECT_EQ(built("id").offset_bytes, 100U);
  EXPECT_EQ(built("levels").null_byte_offset_bytes, 3U) << "in the caller's bitmap";
  EXPECT_EQ(built("levels.list").offset_bytes, 2U) << "the count";
  EXPECT_EQ(built("levels.list.element.price").offset_bytes, 40U);
  EXPECT_EQ(built("levels.list.element.size").offset_bytes, 48U);
  EXPECT_EQ(built("levels.list.element.size").null_byte_offset_bytes, 52U) << "the element's own bitmap";
  EXPECT_EQ(built("pair.a").offset_bytes, 4U);
  EXPECT_EQ(built("pair.b").offset_bytes, 8U);
  EXPECT_EQ(built("pair.b").null_byte_offset_bytes, 12U) << "the struct's own bitmap";
  EXPECT_EQ(built_.level_tree.steps[1].group.offset_bytes, 2U) << "what the shredder reads";
}

TEST_F(RegisteredNestedLayout, refuses_members_of_another_size_or_kind) {
  expect_refused({id_, pair_, count_, valid_, member("levels", 40, 32, PQFLOW_MEMBER_BYTES)}, "has 32 bytes, field `levels` needs 48");
  expect_refused({id_, pair_, count_, valid_, member("levels", 40, 48, PQFLOW_MEMBER_FLOATING)}, "field `levels` needs bytes");
  expect_refused({id_, pair_, levels_, valid_}, "no member `levels_count` for field `levels`");
  expect_refused({id_, pair_, levels_, valid_, member("levels_count", 2, 4, PQFLOW_MEMBER_UNSIGNED)},
                 "member `levels_count` has 4 bytes, field `levels` needs 1");
  expect_refused({id_, pair_, levels_, valid_, member("levels_count", 2, 1, PQFLOW_MEMBER_SIGNED)},
                 "member `levels_count` is a signed integer, field `levels` needs an unsigned integer");
  expect_refused({id_, levels_, count_, valid_, member("pair", 4, 12, PQFLOW_MEMBER_BYTES)}, "is bytes, field `pair` needs a struct");
  expect_refused({id_, levels_, count_, valid_, member("pair", 4, 16, PQFLOW_MEMBER_STRUCT)}, "has 16 bytes, field `pair` needs 12");
  expect_refused({id_, levels_, count_, pair_}, "no member `valid` for the null bits; field `levels`");
}

}  // namespace
}  // namespace pqflow::columns
