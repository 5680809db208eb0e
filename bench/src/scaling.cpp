// How the writer's cost grows, ns per record, to nowhere: with columns, with the record's size, with nulls, with distinct symbols and with
// the row group. Schemas are made here, so the columnarizer is the generic one; encodings and codec are the defaults.
#include <cstdlib>

#include "../../demo/market.hpp"
#include "null_files.hpp"
#include "round_robin.hpp"
#include "writer_run.hpp"

namespace {

struct Shape {
  std::string name;
  unsigned columns = 8;          // Of INT64.
  size_t record_size_bytes = 0;  // 0: as much as the columns need.
  unsigned null_percent = 0;     // Of each column; 0: REQUIRED.
  bool is_optional = false;
  uint32_t distinct_symbols = 0;  // One column of symbols beside the others.
  uint64_t row_group_rows = 65'536;
};

std::vector<Shape> shapes() {
  std::vector<Shape> list;
  for (const unsigned columns : {1U, 8U, 40U, 160U}) {
    list.push_back({.name = "columns_" + std::to_string(columns), .columns = columns});
  }
  for (const size_t size_bytes : {8U, 64U, 256U, 1024U}) {
    list.push_back(
        {.name = "record_bytes_" + std::to_string(size_bytes), .columns = size_bytes == 8 ? 1U : 8U, .record_size_bytes = size_bytes});
  }
  for (const unsigned percent : {0U, 1U, 50U}) {
    list.push_back({.name = "nulls_percent_" + std::to_string(percent), .null_percent = percent, .is_optional = true});
  }
  for (const uint32_t symbols : {500U, 100'000U}) {
    list.push_back({.name = "symbols_" + std::to_string(symbols), .columns = 1, .distinct_symbols = symbols});
  }
  for (const uint64_t rows : {8'192U, 65'536U, 1'048'576U}) {
    list.push_back({.name = "row_group_rows_" + std::to_string(rows), .row_group_rows = rows});
  }
  return list;
}

// A schema of the shape, and records of it.
class Case {
 public:
  Case(const Shape& shape, size_t record_count) : shape_(shape), names_(shape.columns + 1) {
    const size_t values_bytes = shape.columns * sizeof(int64_t) + (shape.distinct_symbols == 0 ? 0 : kSymbolBytes);
    const size_t null_bytes = shape.is_optional ? (shape.columns + 7) / 8 : 0;
    const size_t least_bytes = (values_bytes + null_bytes + 7) / 8 * 8;
    record_size_bytes_ = static_cast<uint32_t>(std::max(least_bytes, shape.record_size_bytes));
    null_offset_bytes_ = static_cast<uint32_t>(values_bytes);
    slot_size_bytes_ = pqflow_slot_size_bytes(record_size_bytes_, alignof(int64_t));
    mode_.name = shape.name;
    make_fields();
    make_descriptor();
    fill(record_count);
    writer_ = std::make_unique<bench::WriterRun>(mode_, "/dev/null.parquet", slots_, bench::null_system_calls());
  }
  double ns_per_record() const {
    return static_cast<double>(writer_->run().elapsed_ns) / static_cast<double>(slots_.size() / slot_size_bytes_);
  }

 private:
  static constexpr uint32_t kSymbolBytes = 8;

  void make_fields() {
    for (unsigned column = 0; column < shape_.columns; ++column) {
      names_[column] = "value_" + std::to_string(column);
      pqflow_field field = named(column, column * static_cast<uint32_t>(sizeof(int64_t)), sizeof(int64_t));
      field.storage = PQFLOW_STORAGE_INT64;
      field.physical_type = PQFLOW_PHYSICAL_INT64;
      if (shape_.is_optional) {
        field.repetition = PQFLOW_REPETITION_OPTIONAL;
        field.max_definition_level = 1;
        field.null_kind = PQFLOW_NULL_BIT;
        field.null_byte_offset_bytes = null_offset_bytes_ + column / 8;
        field.null_bit_index = static_cast<uint8_t>(column % 8);
        field.null_bit_when_present = 1;
      }
      mode_.fields.push_back(field);
    }
    if (shape_.distinct_symbols != 0) {
      names_[shape_.columns] = "symbol";
      pqflow_field field = named(shape_.columns, shape_.columns * static_cast<uint32_t>(sizeof(int64_t)), kSymbolBytes);
      field.storage = PQFLOW_STORAGE_PADDED_TEXT;
      field.physical_type = PQFLOW_PHYSICAL_BYTE_ARRAY;
      field.logical_type = PQFLOW_LOGICAL_STRING;
      field.pad_byte = ' ';
      mode_.fields.push_back(field);
    }
  }
  pqflow_field named(unsigned column, uint32_t offset_bytes, uint32_t width_bytes) const {
    pqflow_field field{};
    field.name = names_[column].c_str();
    field.member = field.name;
    field.field_id = static_cast<int32_t>(column + 1);
    field.offset_bytes = offset_bytes;
    field.width_bytes = width_bytes;
    field.codec = PQFLOW_CODEC_FROM_FILE;
    field.statistics = PQFLOW_COLUMN_STATISTICS_PAGE;
    field.encoding = PQFLOW_ENCODING_AUTO;
    return field;
  }
  void make_descriptor() {
    pqflow_descriptor& descriptor = mode_.descriptor;
    descriptor = {};
    descriptor.abi_version = PQFLOW_ABI_VERSION;
    descriptor.struct_size_bytes = sizeof(pqflow_descriptor);
    descriptor.field_size_bytes = sizeof(pqflow_field);
    descriptor.field_count = static_cast<uint32_t>(mode_.fields.size());
    descriptor.name = mode_.name.c_str();
    descriptor.fields = mode_.fields.data();
    descriptor.schema_json = {"{}", 2};
    descriptor.defaults.codec = PQFLOW_CODEC_FROM_FILE;
    descriptor.layout_fingerprint = 1;
    descriptor.schema_fingerprint = 1;
    descriptor.record_size_bytes = record_size_bytes_;
    descriptor.record_align_bytes = alignof(int64_t);
    descriptor.slot_size_bytes = slot_size_bytes_;
    mode_.options = pqflow_options_default(&descriptor);
    mode_.options.if_exists = PQFLOW_IF_EXISTS_REPLACE;
    mode_.options.row_group_rows = shape_.row_group_rows;
    while (mode_.options.ring_slots_count < shape_.row_group_rows) {
      mode_.options.ring_slots_count *= 2;
    }
  }
  // Each column rises, with noise: what a delta needs some bits for.
  void fill(size_t record_count) {
    demo::Random random(2026);
    slots_.resize(record_count * slot_size_bytes_);
    for (size_t row = 0; row < record_count; ++row) {
      uint8_t* const record = slots_.data() + row * slot_size_bytes_;
      for (unsigned column = 0; column < shape_.columns; ++column) {
        const int64_t value = static_cast<int64_t>(row) * (column + 1) + random.below(200);
        std::memcpy(record + column * sizeof value, &value, sizeof value);
        if (shape_.is_optional && random.below(100) >= shape_.null_percent) {
          record[null_offset_bytes_ + column / 8] |= static_cast<uint8_t>(1U << (column % 8));
        }
      }
      if (shape_.distinct_symbols != 0) {
        char symbol[16];
        std::snprintf(symbol, sizeof symbol, "S%-7u", random.below(shape_.distinct_symbols));
        std::memcpy(record + shape_.columns * sizeof(int64_t), symbol, kSymbolBytes);
      }
    }
  }

  Shape shape_;
  std::vector<std::string> names_;
  bench::WriterMode mode_;
  uint32_t record_size_bytes_;
  uint32_t null_offset_bytes_;
  uint32_t slot_size_bytes_;
  std::vector<uint8_t> slots_;
  std::unique_ptr<bench::WriterRun> writer_;
};

}  // namespace

// Usage: scaling RUNS VALUES
int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: scaling RUNS VALUES\n");
    return 2;
  }
  bench::pin_to_last_cpu();
  const size_t values = std::strtoull(argv[2], nullptr, 10);
  std::vector<bench::Contestant> contestants;
  try {
    for (const Shape& shape : shapes()) {
      const size_t record_count = std::max<size_t>(values / shape.columns, 65'536);
      const auto one = std::make_shared<Case>(shape, record_count);
      contestants.push_back({"scaling_" + shape.name + "_ns", [one] { return one->ns_per_record(); }});
    }
    bench::print_rows(bench::round_robin(contestants, static_cast<unsigned>(std::strtoul(argv[1], nullptr, 10)), "ns/record"));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "scaling: %s\n", error.what());
    return 2;
  }
  return 0;
}
