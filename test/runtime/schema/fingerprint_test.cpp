// Equal definitions have equal fingerprints; every change shows in the fingerprint it belongs to.
#include "schema/fingerprint.hpp"

#include <functional>

#include "schema/definitions.hpp"

namespace pqflow::schema::test {
namespace {

struct Fingerprints {
  uint64_t layout;
  uint64_t schema;
  bool operator==(const Fingerprints&) const = default;
};

Fingerprints fingerprints_of(const pqflow_schema_definition& definition) {
  const SchemaPointer schema = create(definition);
  const pqflow_descriptor& descriptor = *pqflow_schema_descriptor(schema.get());
  return {descriptor.layout_fingerprint, descriptor.schema_fingerprint};
}

std::vector<pqflow_column> columns() {
  pqflow_column time = annotated(column("time", PQFLOW_PHYSICAL_INT64), PQFLOW_LOGICAL_TIMESTAMP);
  time.time_unit = PQFLOW_UNIT_NANOS;
  pqflow_column amount = annotated(column("amount", PQFLOW_PHYSICAL_INT64), PQFLOW_LOGICAL_DECIMAL);
  amount.decimal_precision = 18;
  amount.decimal_scale = 2;
  return {with_id(time, 1), amount, nullable(column("note", PQFLOW_PHYSICAL_BYTE_ARRAY, 20)), integer("size", 32, false)};
}

enum class Changed { kLayout, kSchema, kBoth, kNone };

void expect_changed(Changed expected, const char* what, const std::function<void(std::vector<pqflow_column>&)>& change) {
  const std::vector<pqflow_column> original = columns();
  std::vector<pqflow_column> changed = columns();
  change(changed);
  const Fingerprints before = fingerprints_of(define(original));
  const Fingerprints after = fingerprints_of(define(changed));
  EXPECT_EQ(before.layout != after.layout, expected == Changed::kLayout || expected == Changed::kBoth) << what;
  EXPECT_EQ(before.schema != after.schema, expected == Changed::kSchema || expected == Changed::kBoth) << what;
}

TEST(SchemaFingerprints, are_those_of_fnv1a) {
  EXPECT_EQ(fingerprint(""), 0xcbf29ce484222325U);
  EXPECT_EQ(fingerprint("a"), 0xaf63dc4c8601ec8cU);
  EXPECT_EQ(fingerprint("foobar"), 0x85944171f73967e8U);
}

TEST(SchemaFingerprints, are_equal_for_equal_definitions) {
  expect_changed(Changed::kNone, "nothing", [](auto&) {});
  expect_changed(Changed::kNone, "codec", [](auto& it) {
    it[1].has_codec = 1;
    it[1].codec = PQFLOW_CODEC_UNCOMPRESSED;
  });
  expect_changed(Changed::kNone, "statistics", [](auto& it) { it[1].has_statistics = 1; });
  expect_changed(Changed::kNone, "bloom filter", [](auto& it) { it[1].bloom_filter_fpp = 0.01; });
}

TEST(SchemaFingerprints, show_every_change) {
  expect_changed(Changed::kBoth, "name", [](auto& it) { it[1].name = "sum"; });
  expect_changed(Changed::kSchema, "id", [](auto& it) { it[0].field_id = 2; });
  expect_changed(Changed::kSchema, "no id", [](auto& it) { it[0].has_field_id = it[0].field_id = 0; });
  expect_changed(Changed::kSchema, "unit", [](auto& it) { it[0].time_unit = PQFLOW_UNIT_MICROS; });
  expect_changed(Changed::kSchema, "utc", [](auto& it) { it[0].is_adjusted_to_utc = 1; });
  expect_changed(Changed::kSchema, "scale", [](auto& it) { it[1].decimal_scale = 3; });
  expect_changed(Changed::kSchema, "precision", [](auto& it) { it[1].decimal_precision = 17; });
  expect_changed(Changed::kBoth, "presence", [](auto& it) { it[1].null_kind = PQFLOW_NULL_BIT; });
  expect_changed(Changed::kLayout, "length", [](auto& it) { it[2].length_bytes = 21; });
  expect_changed(Changed::kSchema, "annotation", [](auto& it) { it[2].logical_type = PQFLOW_LOGICAL_STRING; });
  expect_changed(Changed::kBoth, "sign", [](auto& it) { it[3].integer_is_signed = 1; });
  expect_changed(Changed::kBoth, "order", [](auto& it) { std::swap(it[1], it[3]); });
  expect_changed(Changed::kBoth, "a column less", [](auto& it) { it.pop_back(); });
}

TEST(SchemaFingerprints, show_schema_name_and_polarity) {
  const std::vector<pqflow_column> original = columns();
  const pqflow_schema_definition definition = define(original);
  pqflow_schema_definition renamed = definition;
  renamed.name = "other";
  EXPECT_NE(fingerprints_of(renamed).schema, fingerprints_of(definition).schema);
  const std::vector<pqflow_column> explicit_columns = {nullable(at(1, column("a", PQFLOW_PHYSICAL_INT32)))};
  const pqflow_schema_definition zero_when_present = explicit_layout(explicit_columns, 5, 1);
  pqflow_schema_definition one_when_present = zero_when_present;
  one_when_present.null_bit_when_present = 1;
  EXPECT_NE(fingerprints_of(one_when_present).layout, fingerprints_of(zero_when_present).layout);
  EXPECT_EQ(fingerprints_of(one_when_present).schema, fingerprints_of(zero_when_present).schema);
}

}  // namespace
}  // namespace pqflow::schema::test
