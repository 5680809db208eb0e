// Generated-style kernels against the generic ones, and what the steady state may not do.
#include <gtest/gtest.h>
#include <pqflow/kernel.h>

#include <random>
#include <vector>

#include "columns/test_schema.hpp"
#include "parquet/encoded_row_group.hpp"
#include "parquet/row_group_pages.hpp"
#include "parquet/row_group_writer.hpp"
#include "support/malloc_count.hpp"

namespace pqflow::parquet {
namespace {

using namespace test;

// The record that the kernel below has compiled in.
struct Quote {
  int64_t time_ns;
  double price;
  uint32_t size;
  int16_t venue;
  uint16_t yield_half;
  uint8_t side;
  uint8_t is_firm;
  uint8_t is_late;
  char symbol[7];
  uint8_t note[10];
  uint8_t id[16];
  uint8_t valid[1];
};

constexpr size_t kQuoteSlotBytes = 72;

// As a template prints it: record-major, offsets and widths constant.
void unpack_quotes(const uint8_t* first_record, size_t record_count, const pqflow_staging_column* columns);

class Quotes {
 public:
  Quotes()
      : sides_({enum_value('B', "bid"), enum_value('A', "ask")}),
        schema_({make_field("time_ns", PQFLOW_STORAGE_INT64), optional_field(make_field("price", PQFLOW_STORAGE_DOUBLE), PQFLOW_NULL_NAN),
                 optional_field(make_field("size", PQFLOW_STORAGE_UINT32), PQFLOW_NULL_SENTINEL, 0xffffffff),
                 make_field("venue", PQFLOW_STORAGE_INT16),
                 optional_field(enum_field("side", PQFLOW_STORAGE_UINT8, sides_), PQFLOW_NULL_BIT),
                 make_field("is_firm", PQFLOW_STORAGE_BOOL), make_field("symbol", PQFLOW_STORAGE_PADDED_TEXT, 7),
                 optional_field(make_field("note", PQFLOW_STORAGE_COUNTED_8, 10), PQFLOW_NULL_BIT),
                 make_field("id", PQFLOW_STORAGE_FIXED_BYTES, 16), constant_field("source", PQFLOW_PHYSICAL_BYTE_ARRAY, source_),
                 optional_field(make_field("yield_half", PQFLOW_STORAGE_FLOAT16), PQFLOW_NULL_NAN),
                 optional_field(make_field("is_late", PQFLOW_STORAGE_BOOL), PQFLOW_NULL_BIT),
                 constant_field("is_live", PQFLOW_PHYSICAL_BOOLEAN, yes_)}) {
    const uint32_t offsets[] = {offsetof(Quote, time_ns),
                                offsetof(Quote, price),
                                offsetof(Quote, size),
                                offsetof(Quote, venue),
                                offsetof(Quote, side),
                                offsetof(Quote, is_firm),
                                offsetof(Quote, symbol),
                                offsetof(Quote, note),
                                offsetof(Quote, id),
                                0,
                                offsetof(Quote, yield_half),
                                offsetof(Quote, is_late),
                                0};
    for (size_t index = 0; index < schema_.fields().size(); ++index) {
      pqflow_field& field = schema_.fields()[index];
      field.offset_bytes = offsets[index];
      field.null_byte_offset_bytes = offsetof(Quote, valid);
      field.null_bit_index = index == 7 ? 1 : index == 11 ? 2 : 0;
    }
    schema_.descriptor().record_size_bytes = sizeof(Quote);
    schema_.descriptor().slot_size_bytes = pqflow_slot_size_bytes(sizeof(Quote), 8);
  }

  columns::RecordSchema generic() { return schema_.build(); }
  columns::RecordSchema generated() {
    columns::RecordSchema schema = schema_.build();
    schema.unpack = unpack_quotes;
    return schema;
  }

 private:
  const std::string source_ = "replay";
  const std::string yes_ = "\1";
  std::vector<pqflow_enum_value> sides_;
  TestSchema schema_;
};

void unpack_quotes(const uint8_t* first_record, size_t record_count, const pqflow_staging_column* columns) {
  for (size_t row = 0; row < record_count; ++row) {
    const uint8_t* const record = first_record + row * kQuoteSlotBytes;
    PQFLOW_UNPACK(columns[0].values, row, 8, record, offsetof(Quote, time_ns));
    PQFLOW_UNPACK(columns[1].values, row, 8, record, offsetof(Quote, price));
    PQFLOW_UNPACK(columns[2].values, row, 4, record, offsetof(Quote, size));
    PQFLOW_UNPACK(columns[3].values, row, 2, record, offsetof(Quote, venue));
    PQFLOW_UNPACK(columns[4].values, row, 1, record, offsetof(Quote, side));
    columns[4].valid[row] = pqflow_unpack_present(record, offsetof(Quote, valid), 0, 1);
    PQFLOW_UNPACK(columns[5].values, row, 1, record, offsetof(Quote, is_firm));
    PQFLOW_UNPACK(columns[6].values, row, 7, record, offsetof(Quote, symbol));
    PQFLOW_UNPACK(columns[7].values, row, 10, record, offsetof(Quote, note));
    columns[7].valid[row] = pqflow_unpack_present(record, offsetof(Quote, valid), 1, 1);
    PQFLOW_UNPACK(columns[8].values, row, 16, record, offsetof(Quote, id));
    PQFLOW_UNPACK(columns[10].values, row, 2, record, offsetof(Quote, yield_half));
    PQFLOW_UNPACK(columns[11].values, row, 1, record, offsetof(Quote, is_late));
    columns[11].valid[row] = pqflow_unpack_present(record, offsetof(Quote, valid), 2, 1);
  }
}

std::vector<uint8_t> random_slots(size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<uint8_t> bytes(count * kQuoteSlotBytes);
  for (uint8_t& byte : bytes) {
    // Bytes that mean something in the columns are frequent.
    const uint8_t choices[] = {static_cast<uint8_t>(random()), 0xff, 0, 'A', 'B', ' ', 3, 1};
    byte = choices[random() % 8];
  }
  return bytes;
}

std::vector<uint8_t> row_group_of(const columns::RecordSchema& schema, const RowGroupOptions& options, const std::vector<uint8_t>& slots,
                                  uint64_t& invalid_values) {
  RowGroupWriter writer(schema, options);
  const size_t count = slots.size() / kQuoteSlotBytes;
  for (size_t row = 0; row < count;) {
    const size_t step = std::min<size_t>(count - row, writer.room_rows());
    writer.append(slots.data() + row * kQuoteSlotBytes, step);
    row += step;
  }
  invalid_values = writer.invalid_values();
  return bytes_of(writer.finish());
}

TEST(UnpackKernels, generated_and_generic_give_identical_row_groups_for_random_records) {
  Quotes quotes;
  ASSERT_EQ(quotes.generic().slot_size_bytes, kQuoteSlotBytes);
  for (const pqflow_codec codec : {PQFLOW_CODEC_UNCOMPRESSED, PQFLOW_CODEC_ZSTD}) {
    for (unsigned seed = 1; seed <= 12; ++seed) {
      RowGroupOptions options;
      options.codec = codec;
      options.page_rows = 37 * seed;
      const std::vector<uint8_t> slots = random_slots(300 * seed + 1, seed);
      uint64_t generic_invalid = 0;
      uint64_t generated_invalid = 0;
      ASSERT_EQ(row_group_of(quotes.generic(), options, slots, generic_invalid),
                row_group_of(quotes.generated(), options, slots, generated_invalid))
          << seed;
      EXPECT_EQ(generic_invalid, generated_invalid);
      EXPECT_GT(generic_invalid, 0U);
    }
  }
}

TEST(SteadyState, appends_finishes_and_resets_without_an_allocation) {
  if (!pqflow::test::counts_malloc()) {
    GTEST_SKIP() << "needs glibc's malloc, which sanitizers replace";
  }
  Quotes quotes;
  const columns::RecordSchema schema = quotes.generic();
  const std::vector<uint8_t> slots = random_slots(5000, 99);
  for (const pqflow_codec codec : {PQFLOW_CODEC_UNCOMPRESSED, PQFLOW_CODEC_ZSTD}) {
    RowGroupOptions options;
    options.codec = codec;
    options.row_group_rows = 4000;
    options.page_rows = 700;
    RowGroupWriter writer(schema, options);
    const size_t memory_bytes = writer.memory_bytes();
    const uint64_t allocations_before = pqflow::test::malloc_count();
    for (int group = 0; group < 3; ++group) {
      for (size_t row = 0; row < 4000;) {
        const size_t step = std::min<size_t>({333, 4000 - row, writer.room_rows()});
        writer.append(slots.data() + (row + static_cast<size_t>(group) * 500) * kQuoteSlotBytes, step);
        row += step;
      }
      EXPECT_EQ(writer.finish().row_count, 4000U);
      writer.reset();
    }
    EXPECT_EQ(pqflow::test::malloc_count(), allocations_before);
    EXPECT_EQ(writer.memory_bytes(), memory_bytes);
  }
}

TEST(SteadyState, the_memory_it_states_is_what_the_constructor_allocates) {
  Quotes quotes;
  const columns::RecordSchema schema = quotes.generic();
  RowGroupOptions options;
  options.codec = PQFLOW_CODEC_UNCOMPRESSED;
  options.row_group_rows = 10000;
  options.page_rows = 2500;
  const RowGroupWriter writer(schema, options);
  // Four pages of 2,500 rows of at most 101 bytes, one page under construction per column that is not built in place, one staging block of
  // 2,048 rows of 64 bytes.
  EXPECT_GT(writer.memory_bytes(), 10000U * 90U);
  EXPECT_LT(writer.memory_bytes(), 10000U * 101U + 2500U * 80U + 2048U * 80U + 200000U);
}

}  // namespace
}  // namespace pqflow::parquet
