#include "columns/descriptor_bytes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "columns/nested_schema.hpp"
#include "columns/record_schema.hpp"
#include "columns/test_schema.hpp"
#include "encoding/crc32.hpp"
#include "schema/definitions.hpp"
#include "tools/nested_columns.hpp"
#include "tools/probe_columns.hpp"

namespace pqflow::columns {
namespace {

using namespace test;

std::string text(const char* text) { return text != nullptr ? std::string("=") + text : "null"; }
std::string text(const pqflow_text& text) { return std::string(text.length_bytes != 0 ? text.data : "", text.length_bytes); }

// Everything but the pointers, byte by byte: a member that was forgotten shows.
template <typename T>
std::string plain_bytes(T value, const std::function<void(T&)>& without_pointers) {
  without_pointers(value);
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

void expect_same_field(const pqflow_field& left, const pqflow_field& right) {
  const std::function<void(pqflow_field&)> without_pointers = [](pqflow_field& field) {
    field.name = field.member = nullptr;
    field.enum_values = nullptr;
    field.constant_value = nullptr;
  };
  EXPECT_EQ(plain_bytes(left, without_pointers), plain_bytes(right, without_pointers)) << left.name;
  EXPECT_EQ(text(left.name), text(right.name));
  EXPECT_EQ(text(left.member), text(right.member));
  EXPECT_EQ(left.constant_value == nullptr, right.constant_value == nullptr);
  EXPECT_TRUE(std::equal(left.constant_value, left.constant_value + left.constant_length_bytes, right.constant_value));
  for (uint32_t index = 0; index < left.enum_value_count; ++index) {
    EXPECT_EQ(left.enum_values[index].code, right.enum_values[index].code);
    EXPECT_EQ(text(left.enum_values[index].name), text(right.enum_values[index].name));
  }
}

void expect_same_head(const pqflow_descriptor& left, const pqflow_descriptor& right) {
  const std::function<void(pqflow_descriptor&)> without_pointers = [](pqflow_descriptor& descriptor) {
    descriptor.name = descriptor.defaults.path = descriptor.defaults.ring_dir = descriptor.defaults.manifest = nullptr;
    descriptor.fields = nullptr;
    descriptor.key_values = nullptr;
    descriptor.sorting_columns = nullptr;
    descriptor.schema_json.data = nullptr;
    descriptor.unpack = nullptr;
  };
  EXPECT_EQ(plain_bytes(left, without_pointers), plain_bytes(right, without_pointers));
  EXPECT_EQ(text(left.name), text(right.name));
  EXPECT_EQ(text(left.defaults.path), text(right.defaults.path));
  EXPECT_EQ(text(left.defaults.ring_dir), text(right.defaults.ring_dir));
  EXPECT_EQ(text(left.defaults.manifest), text(right.defaults.manifest));
  EXPECT_EQ(text(left.schema_json), text(right.schema_json));
  EXPECT_EQ(right.unpack, nullptr);
}

std::unique_ptr<StoredDescriptor> expect_round_trip(const pqflow_descriptor& descriptor) {
  std::unique_ptr<StoredDescriptor> stored;
  const base::Result result = StoredDescriptor::decode(encode_descriptor(descriptor), stored);
  EXPECT_TRUE(result.is_ok()) << result.message;
  if (stored == nullptr) {
    return stored;
  }
  const pqflow_descriptor& read = stored->descriptor();
  expect_same_head(descriptor, read);
  for (uint32_t index = 0; index < std::min(descriptor.field_count, read.field_count); ++index) {
    expect_same_field(descriptor.fields[index], read.fields[index]);
  }
  for (uint32_t index = 0; index < std::min(descriptor.key_value_count, read.key_value_count); ++index) {
    EXPECT_EQ(text(descriptor.key_values[index].key), text(read.key_values[index].key));
    EXPECT_EQ(text(descriptor.key_values[index].value), text(read.key_values[index].value));
  }
  for (uint32_t index = 0; index < std::min(descriptor.sorting_column_count, read.sorting_column_count); ++index) {
    EXPECT_EQ(std::memcmp(&descriptor.sorting_columns[index], &read.sorting_columns[index], sizeof(pqflow_sorting_column)), 0);
  }
  RecordSchema schema;
  EXPECT_TRUE(RecordSchema::build(read, nullptr, schema).is_ok());
  return stored;
}

// One of each thing that a descriptor points to.
struct SmallSchema {
  SmallSchema() : schema({make_field("id", PQFLOW_STORAGE_INT64), constant_field("venue", PQFLOW_PHYSICAL_INT32, four)}) {
    schema.add(enum_field("side", PQFLOW_STORAGE_INT8, sides));
    pqflow_descriptor& descriptor = schema.lay_out();
    descriptor.key_values = &entry;
    descriptor.key_value_count = 1;
    descriptor.sorting_columns = &sorting;
    descriptor.sorting_column_count = 1;
    descriptor.schema_json = text_of("{\"name\":\"probe\"}");
    descriptor.schema_version = 7;
    descriptor.unpack = [](const uint8_t*, size_t, const pqflow_staging_column*) {};
    pqflow_defaults& defaults = descriptor.defaults;
    defaults.path = "{schema}.parquet";
    defaults.ring_dir = "/memory";
    defaults.durability = PQFLOW_DURABILITY_PROCESS;
    defaults.manifest = "{schema}.ndjson";
    defaults.row_group_bytes = 1;
    defaults.row_group_rows = 2;
    defaults.ring_slots_count = 3;
    defaults.flush_interval_ns = 4;
    defaults.rotate_bytes = 5;
    defaults.rotate_rows = 6;
    defaults.rotate_interval_ns = 7;
    defaults.rotate_clock_ns = 12;
    defaults.journal_interval_ns = 13;
    defaults.orphans = PQFLOW_ORPHANS_RECOVER;
    defaults.page_rows = 8;
    defaults.page_bytes = 9;
    defaults.codec_level = -10;
    defaults.codec = PQFLOW_CODEC_SNAPPY;
    defaults.profile = PQFLOW_PROFILE_FAST;
    defaults.data_page_version = 2;
    defaults.float_order = PQFLOW_FLOAT_ORDER_IEEE_754_TOTAL_ORDER;
    defaults.encoder_threads = 11;
    defaults.layout = PQFLOW_FILE_LAYOUT_LIVE;
  }
  std::string four = std::string("\1\0\3\4", 4);
  std::vector<pqflow_enum_value> sides = {enum_value(-1, "SELL"), enum_value(1, "BUY")};
  pqflow_key_value entry = {text_of("origin"), text_of("somewhere")};
  pqflow_sorting_column sorting = {.column_index = 0, .is_descending = 1, .is_nulls_first = 1, .reserved = {}};
  TestSchema schema;
};

TEST(DescriptorBytes, everything_that_a_descriptor_points_to_comes_back) {
  SmallSchema small;
  const auto stored = expect_round_trip(small.schema.descriptor());
  ASSERT_NE(stored, nullptr);
  EXPECT_EQ(stored->descriptor().field_count, 3U);
  EXPECT_EQ(stored->descriptor().key_value_count, 1U);
  EXPECT_EQ(stored->descriptor().sorting_column_count, 1U);
  EXPECT_EQ(encode_descriptor(stored->descriptor()), encode_descriptor(small.schema.descriptor()));
}

TEST(DescriptorBytes, every_storage_type_and_kind_of_null_comes_back) {
  const ProbeColumns columns;
  TestSchema schema;
  for (const ProbeColumn& column : columns.all()) {
    schema.add(column.field);
  }
  schema.lay_out();
  ASSERT_NE(expect_round_trip(schema.descriptor()), nullptr);
}

TEST(DescriptorBytes, structs_lists_and_maps_come_back) {
  NestedSchema schema(nested_columns());
  ASSERT_NE(expect_round_trip(schema.descriptor()), nullptr);
}

TEST(DescriptorBytes, schemas_made_at_run_time_come_back) {
  using schema::test::annotated;
  using schema::test::column;
  using schema::test::create;
  const auto made = create({column("id", PQFLOW_PHYSICAL_INT64),
                            schema::test::nullable(annotated(column("note", PQFLOW_PHYSICAL_BYTE_ARRAY, 23), PQFLOW_LOGICAL_STRING)),
                            schema::test::with_id(schema::test::integer("count", 16, false), 4)});
  ASSERT_NE(expect_round_trip(*pqflow_schema_descriptor(made.get())), nullptr);
}

// What a registered struct moved: its places are those of the records in the ring.
TEST(DescriptorBytes, the_places_of_a_registered_struct_are_those_of_a_good_descriptor) {
  const Node level =
      structure("", {leaf("price", make_field("", PQFLOW_STORAGE_INT64)), optional(leaf("size", make_field("", PQFLOW_STORAGE_INT32)))});
  NestedSchema nested({leaf("id", make_field("", PQFLOW_STORAGE_INT64)), optional(list("levels", level, 3))});
  const pqflow_member members[] = {{"id", 100, 8, PQFLOW_MEMBER_SIGNED, {}},
                                   {"levels", 40, 48, PQFLOW_MEMBER_BYTES, {}},
                                   {"levels_count", 2, 1, PQFLOW_MEMBER_UNSIGNED, {}},
                                   {"valid", 3, 1, PQFLOW_MEMBER_UNSIGNED, {}}};
  const pqflow_record_layout layout = {members, 4, 128, 8, 0};
  RecordSchema moved;
  ASSERT_TRUE(RecordSchema::build(nested.descriptor(), &layout, moved).is_ok());
  pqflow_descriptor descriptor = nested.descriptor();
  descriptor.fields = moved.fields.data();
  descriptor.record_size_bytes = moved.record_size_bytes;
  descriptor.slot_size_bytes = moved.slot_size_bytes;
  ASSERT_NE(expect_round_trip(descriptor), nullptr);
}

TEST(DescriptorBytes, bytes_that_were_cut_or_go_on_are_an_error_at_every_length) {
  SmallSchema small;
  const std::vector<uint8_t> good = encode_descriptor(small.schema.descriptor());
  std::unique_ptr<StoredDescriptor> stored;
  for (size_t length = 0; length < good.size(); ++length) {
    const std::vector<uint8_t> cut(good.begin(), good.begin() + static_cast<ptrdiff_t>(length));
    EXPECT_EQ(StoredDescriptor::decode(cut, stored).status, PQFLOW_STATUS_INVALID_DESCRIPTOR) << length;
  }
  std::vector<uint8_t> longer = good;
  longer.push_back(0);
  EXPECT_EQ(StoredDescriptor::decode(longer, stored).status, PQFLOW_STATUS_INVALID_DESCRIPTOR);
  EXPECT_EQ(stored, nullptr);
}

TEST(DescriptorBytes, every_flipped_bit_is_an_error) {
  SmallSchema small;
  std::vector<uint8_t> bytes = encode_descriptor(small.schema.descriptor());
  std::unique_ptr<StoredDescriptor> stored;
  for (size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    const auto mask = static_cast<uint8_t>(1U << (bit % 8));
    bytes[bit / 8] ^= mask;
    EXPECT_EQ(StoredDescriptor::decode(bytes, stored).status, PQFLOW_STATUS_INVALID_DESCRIPTOR) << "bit " << bit;
    bytes[bit / 8] ^= mask;
  }
  EXPECT_TRUE(StoredDescriptor::decode(bytes, stored).is_ok());
}

// Length and checksum made right again.
std::vector<uint8_t> sealed(std::vector<uint8_t> bytes) {
  const uint64_t length_bytes = bytes.size();
  std::memcpy(bytes.data() + 8, &length_bytes, sizeof length_bytes);
  const uint32_t crc = encoding::crc32(0, bytes.data(), bytes.size() - sizeof(uint32_t));
  std::memcpy(bytes.data() + bytes.size() - sizeof crc, &crc, sizeof crc);
  return bytes;
}

TEST(DescriptorBytes, bytes_that_somebody_made_are_an_error_or_a_good_descriptor_and_never_a_crash) {
  SmallSchema small;
  const std::vector<uint8_t> good = encode_descriptor(small.schema.descriptor());
  for (size_t offset = 16; offset + 4 < good.size(); ++offset) {
    for (const uint8_t value : {0x00, 0x01, 0x7f, 0x80, 0xff}) {
      std::vector<uint8_t> bad = good;
      bad[offset] = value;
      std::unique_ptr<StoredDescriptor> stored;
      const base::Result result = StoredDescriptor::decode(sealed(bad), stored);
      EXPECT_EQ(result.is_ok(), stored != nullptr) << "byte " << offset;
      EXPECT_EQ(result.is_ok(), result.message.empty());
    }
    std::vector<uint8_t> cut(good.begin(), good.begin() + static_cast<ptrdiff_t>(offset));
    cut.resize(offset + sizeof(uint32_t));
    std::unique_ptr<StoredDescriptor> stored;
    EXPECT_NE(StoredDescriptor::decode(sealed(cut), stored).message.find("ends too early"), std::string::npos) << "byte " << offset;
  }
}

TEST(DescriptorBytes, another_magic_and_another_ABI_are_refused_by_name) {
  SmallSchema small;
  std::vector<uint8_t> bytes = encode_descriptor(small.schema.descriptor());
  std::unique_ptr<StoredDescriptor> stored;
  std::vector<uint8_t> other_magic = bytes;
  other_magic[7] = '3';
  EXPECT_NE(StoredDescriptor::decode(other_magic, stored).message.find("PQFDESC2"), std::string::npos);
  pqflow_descriptor later = small.schema.descriptor();
  later.abi_version = PQFLOW_ABI_VERSION + 1;
  EXPECT_EQ(StoredDescriptor::decode(encode_descriptor(later), stored).status, PQFLOW_STATUS_ABI_MISMATCH);
}

}  // namespace
}  // namespace pqflow::columns
