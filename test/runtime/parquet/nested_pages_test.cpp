// Levels and values of nested columns against the slow reference, from records to what a page is encoded from.
#include <gtest/gtest.h>

#include <memory>

#include "columns/nested_model.hpp"
#include "columns/shredder.hpp"
#include "columns/staging.hpp"
#include "columns/unpack.hpp"
#include "parquet/page_builder.hpp"
#include "parquet/page_plan.hpp"

namespace pqflow::parquet {
namespace {

using namespace test;

// One page of every column, blocks of `block_rows`.
class Pages {
 public:
  Pages(const columns::RecordSchema& schema, size_t row_count, size_t block_rows)
      : schema_(schema), unpacker_(schema), staging_(schema, block_rows), shredder_(schema, block_rows) {
    RowGroupOptions options;
    options.page_rows = static_cast<uint32_t>(row_count);
    options.codec = PQFLOW_CODEC_ZSTD;
    const PagePlan plan = make_page_plan(schema, options);
    EXPECT_EQ(plan.page_rows, row_count);
    for (size_t index = 0; index < schema.leaf_indices.size(); ++index) {
      const size_t max_values = block_rows * schema.level_tree.max_entries_per_row(index);
      builders_.push_back(std::make_unique<PageBuilder>(schema.fields[schema.leaf_indices[index]], plan.columns[index], max_values));
      builders_.back()->begin(nullptr, false);
    }
  }

  void append(const uint8_t* first_record, size_t row_count) {
    for (size_t row = 0; row < row_count; row += staging_.row_capacity()) {
      const uint8_t* const record = first_record + row * schema_.slot_size_bytes;
      const size_t block_rows = std::min(staging_.row_capacity(), row_count - row);
      unpacker_.unpack(record, block_rows, staging_.columns());
      shredder_.shred(record, block_rows, staging_.columns());
      for (size_t index = 0; index < builders_.size(); ++index) {
        builders_[index]->append({staging_.columns()[index], block_rows, shredder_.levels(index)});
      }
    }
  }

  PageBuilder& at(size_t column) { return *builders_[column]; }
  const columns::Shredder& shredder() const { return shredder_; }

 private:
  const columns::RecordSchema& schema_;
  columns::Unpacker unpacker_;
  columns::Staging staging_;
  columns::Shredder shredder_;
  std::vector<std::unique_ptr<PageBuilder>> builders_;
};

std::vector<Entry> entries_of(const PageLevels& levels, const pqflow_field& field) {
  const auto definition = levels.definition_levels();
  const auto repetition = levels.repetition_levels();
  EXPECT_EQ(definition.empty(), field.max_definition_level == 0);
  EXPECT_EQ(repetition.empty(), field.max_repetition_level == 0);
  std::vector<Entry> entries(levels.entry_count());
  for (size_t index = 0; index < entries.size(); ++index) {
    entries[index] = {definition.empty() ? uint8_t{0} : definition[index], repetition.empty() ? uint8_t{0} : repetition[index]};
  }
  return entries;
}

struct Logged {
  std::vector<uint8_t> records;
  std::vector<ExpectedColumn> columns;
  size_t cut_count = 0;
};

size_t count_claims(const Value& value) {
  size_t count = value.claim.has_value() ? 1 : 0;
  for (const Value& item : value.items) {
    count += count_claims(item);
  }
  return count;
}

Logged random_records(const NestedSchema& nested, const columns::RecordSchema& schema, size_t row_count, Randomness random) {
  Logged logged;
  logged.columns.resize(schema.leaf_indices.size());
  logged.records.resize(row_count * schema.slot_size_bytes);
  for (uint8_t& byte : logged.records) {
    byte = static_cast<uint8_t>(random.engine());  // What lies beyond a list's count is not looked at.
  }
  for (size_t row = 0; row < row_count; ++row) {
    const std::vector<Value> values = random_record(nested.nodes(), random);
    fill(nested.nodes(), values, logged.records.data() + row * schema.slot_size_bytes);
    shred_by_definition(nested.nodes(), values, logged.columns);
    for (const Value& value : values) {
      logged.cut_count += count_claims(value);
    }
  }
  return logged;
}

// Shreds random records and compares every column.
void expect_equal(const NestedSchema& nested, const columns::RecordSchema& schema, const Randomness& random, size_t row_count,
                  size_t block_rows) {
  const Logged logged = random_records(nested, schema, row_count, random);
  Pages pages(schema, row_count, block_rows);
  pages.append(logged.records.data(), row_count);
  uint64_t invalid_counts = 0;
  for (size_t index = 0; index < schema.leaf_indices.size(); ++index) {
    const std::string path = columns::dotted(schema.leaf_paths[index]);
    const ExpectedColumn& expected = logged.columns[index];
    PageBuilder& page = pages.at(index);
    ASSERT_EQ(entries_of(page.levels(), schema.fields[schema.leaf_indices[index]]), expected.entries) << path;
    ASSERT_EQ(page.present_count(), expected.value_count) << path;
    ASSERT_EQ(page.null_count(), expected.entries.size() - expected.value_count) << path;
    const PlainValues values = page.values();
    ASSERT_EQ(std::string(reinterpret_cast<const char*>(values.data), values.size_bytes), expected.values) << path;
    invalid_counts += pages.shredder().invalid_counts(index);
  }
  EXPECT_EQ(invalid_counts, logged.cut_count);
}

Node int32(const std::string& name) { return leaf(name, make_field("", PQFLOW_STORAGE_INT32)); }
Node int64(const std::string& name) { return leaf(name, make_field("", PQFLOW_STORAGE_INT64)); }
Node text(const std::string& name) { return leaf(name, make_field("", PQFLOW_STORAGE_COUNTED_8, 12)); }
Node sentinel(const std::string& name) {
  return leaf(name, optional_field(make_field("", PQFLOW_STORAGE_INT32), PQFLOW_NULL_SENTINEL, 0x80000000U));
}
Node nan(const std::string& name) { return leaf(name, optional_field(make_field("", PQFLOW_STORAGE_DOUBLE), PQFLOW_NULL_NAN)); }

const std::string kConstant = "XNAS";
Node constant(const std::string& name) { return leaf(name, constant_field("", PQFLOW_PHYSICAL_BYTE_ARRAY, kConstant)); }

Node nothing(const std::string& name) {
  pqflow_field field = optional_field(make_field("", PQFLOW_STORAGE_NONE), PQFLOW_NULL_ALWAYS);
  field.physical_type = PQFLOW_PHYSICAL_INT32;
  field.logical_type = PQFLOW_LOGICAL_UNKNOWN;
  field.width_bytes = 0;
  return leaf(name, field);
}

void expect_shredded(std::vector<Node> nodes) {
  NestedSchema nested(std::move(nodes));
  const columns::RecordSchema schema = nested.build();
  for (const size_t block_rows : {1U, 7U, 64U}) {
    expect_equal(nested, schema, {.engine = std::mt19937(static_cast<unsigned>(block_rows))}, 200, block_rows);
  }
}

TEST(NestedColumns, a_required_struct_adds_no_level) {
  expect_shredded({structure("s", {int32("a"), optional(text("b")), sentinel("c")})});
  NestedSchema nested({structure("s", {int32("a"), optional(text("b"))})});
  const columns::RecordSchema schema = nested.build();
  EXPECT_TRUE(schema.level_tree.is_flat(0));
  EXPECT_TRUE(schema.level_tree.is_flat(1)) << "generated kernels move both";
}

TEST(NestedColumns, an_optional_struct_is_null_with_all_its_members) {
  expect_shredded({optional(structure("s", {int32("a"), optional(text("b")), nan("c"), optional(structure("d", {int64("e")}))}))});
}

TEST(NestedColumns, lists_are_empty_null_and_full) {
  expect_shredded({list("a", int32(""), 5), optional(list("b", int64(""), 1)), list("c", text(""), 255), int32("between"),
                   list("d", int32(""), 300), list("e", leaf("", make_field("", PQFLOW_STORAGE_FIXED_BYTES, 16)), 17)});
}

TEST(NestedColumns, elements_are_null_by_bit_sentinel_and_NaN) {
  expect_shredded(
      {list("a", optional(int32("")), 9), list("b", sentinel(""), 9), optional(list("c", nan(""), 9)), list("d", optional(text("")), 33)});
}

TEST(NestedColumns, lists_hold_structs_that_hold_lists) {
  expect_shredded({list("a", structure("", {int32("x"), list("y", structure("", {text("t"), optional(int64("u"))}), 4)}), 3),
                   optional(list("b", optional(structure("", {list("z", optional(list("", int32(""), 3)), 3)})), 3))});
}

TEST(NestedColumns, maps_hold_scalars_structs_and_lists) {
  expect_shredded({map("a", text(""), int32(""), 6), optional(map("b", int32(""), optional(text("")), 6)),
                   map("c", text(""), list("", int32(""), 3), 4),
                   list("d", map("", int32(""), optional(structure("", {nan("n")})), 2), 3)});
}

TEST(NestedColumns, constants_and_columns_of_nulls_stand_in_groups) {
  expect_shredded({nothing("n"), optional(structure("s", {constant("c"), nothing("n"), int32("v")})),
                   list("l", structure("", {constant("c"), optional(int32("v")), nothing("n")}), 4), list("m", constant(""), 3)});
}

TEST(NestedColumns, counts_above_the_largest_are_cut_and_counted) {
  NestedSchema nested(
      {list("a", int32(""), 5), list("b", list("", structure("", {text("x"), int32("y")}), 300), 2), map("c", int32(""), text(""), 3)});
  const columns::RecordSchema schema = nested.build();
  Randomness random{.engine = std::mt19937(5), .full_percent = 50, .has_claims = true};
  EXPECT_GT(random_records(nested, schema, 200, random).cut_count, 50U);
  expect_equal(nested, schema, random, 200, 16);
}

TEST(NestedColumns, all_null_all_empty_and_all_full_are_right) {
  NestedSchema nested({optional(list("a", optional(structure("", {int32("x"), list("y", optional(int64("")), 3)})), 4))});
  const columns::RecordSchema schema = nested.build();
  expect_equal(nested, schema, {.engine = std::mt19937(1), .null_percent = 100}, 50, 16);
  expect_equal(nested, schema, {.engine = std::mt19937(1), .null_percent = 0, .empty_percent = 100}, 50, 16);
  expect_equal(nested, schema, {.engine = std::mt19937(1), .null_percent = 0, .empty_percent = 0, .full_percent = 100}, 50, 16);
}

class RandomTree {
 public:
  explicit RandomTree(unsigned seed) : random_{.engine = std::mt19937(seed)} {}

  std::vector<Node> nodes() {
    std::vector<Node> nodes;
    for (unsigned count = 1 + random_.below(3); nodes.size() < count;) {
      nodes.push_back(node("n" + std::to_string(nodes.size()), 0));
    }
    return nodes;
  }

 private:
  Node node(const std::string& name, unsigned depth) {
    Node made = any(name, depth);
    return made.field.null_kind == PQFLOW_NULL_NEVER && made.field.storage != PQFLOW_STORAGE_NONE && random_.happens(40) ? optional(made)
           : made.shape != Shape::kLeaf && random_.happens(40)                                                           ? optional(made)
                                                                                                                         : made;
  }

  Node any(const std::string& name, unsigned depth) {
    const uint32_t max_count = 1 + random_.below(6);
    switch (depth > 3 ? 9 : random_.below(10)) {
      case 0:
      case 1: {
        std::vector<Node> members;
        for (unsigned count = 1 + random_.below(3); members.size() < count;) {
          members.push_back(node("m" + std::to_string(members.size()), depth + 1));
        }
        return structure(name, members);
      }
      case 2:
      case 3:
      case 4:
        return list(name, node("", depth + 1), max_count);
      case 5:
        return map(name, random_.happens(50) ? int32("") : text(""), node("", depth + 1), max_count);
      default:
        return any_leaf(name);
    }
  }

  Node any_leaf(const std::string& name) {
    switch (random_.below(9)) {
      case 0:
        return sentinel(name);
      case 1:
        return nan(name);
      case 2:
        return constant(name);
      case 3:
        return nothing(name);
      case 4:
        return text(name);
      case 5:
        return leaf(name, make_field("", PQFLOW_STORAGE_BOOL));
      case 6:
        return leaf(name, make_field("", PQFLOW_STORAGE_UINT8));
      case 7:
        return leaf(name, make_field("", PQFLOW_STORAGE_PADDED_TEXT, 5));
      default:
        return int64(name);
    }
  }

  Randomness random_;
};

TEST(NestedColumns, random_trees_agree_with_the_reference) {
  size_t nested_count = 0;
  for (unsigned seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE(seed);
    NestedSchema nested(RandomTree(seed).nodes());
    const columns::RecordSchema schema = nested.build();
    nested_count += schema.level_tree.steps.empty() ? 0 : 1;
    expect_equal(nested, schema, {.engine = std::mt19937(seed), .has_claims = true}, 60, 1 + seed % 23);
  }
  EXPECT_GT(nested_count, 100U);
}

}  // namespace
}  // namespace pqflow::parquet
