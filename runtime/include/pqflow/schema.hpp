// Schemas made at run time as C++11 objects over schema.h. Header-only.
//
//   const pqflow::Schema schema = pqflow::SchemaBuilder("market_orders")
//                                     .timestamp("timestamp_ns", PQFLOW_UNIT_NANOS)
//                                     .padded("symbol", 8, ' ')
//                                     .int64("order_id")
//                                     .float64("weight").nullable()
//                                     .build();                                       // throws pqflow::Error
//   pqflow::SchemaSink sink(schema, "orders.parquet");                                // throws pqflow::Error
//   sink.log(record, schema.record_size_bytes());                                     // never throws, never blocks
//   sink.close();
#ifndef PQFLOW_SCHEMA_HPP
#define PQFLOW_SCHEMA_HPP

#include <string>
#include <vector>

#include "schema.h"
#include "sink.hpp"

namespace pqflow {

// Owns a pqflow_schema. Constant: any thread may read it. The object moved from may only be destroyed or assigned to.
class Schema {
 public:
  // Throws Error, whose message names the column and says what to do.
  explicit Schema(const pqflow_schema_definition& definition) : schema_(create(definition)) {}
  Schema(const Schema&) = delete;
  Schema& operator=(const Schema&) = delete;
  Schema(Schema&& other) noexcept : schema_(other.schema_) { other.schema_ = nullptr; }
  Schema& operator=(Schema&& other) noexcept {
    if (this != &other) {
      pqflow_schema_free(schema_);
      schema_ = other.schema_;
      other.schema_ = nullptr;
    }
    return *this;
  }
  ~Schema() { pqflow_schema_free(schema_); }

  uint32_t record_size_bytes() const noexcept { return pqflow_schema_record_size_bytes(schema_); }
  // Null when no column has the name.
  const pqflow_field* column(const char* name) const noexcept { return pqflow_schema_find_column(schema_, name); }
  pqflow_options default_options() const { return pqflow_options_default(pqflow_schema_descriptor(schema_)); }
  // For the C functions; stays owned by this object.
  const pqflow_schema* handle() const noexcept { return schema_; }

 private:
  static pqflow_schema* create(const pqflow_schema_definition& definition) {
    pqflow_schema* schema = nullptr;
    pqflow_error error;
    detail::check(pqflow_schema_create(&schema, &definition, &error), error);
    return schema;
  }

  pqflow_schema* schema_;
};

// A packed schema, column by column. Names must live until build().
class SchemaBuilder {
 public:
  explicit SchemaBuilder(const char* name) : columns_(), sorting_(), name_(name) {}

  SchemaBuilder& boolean(const char* name) { return add(name, PQFLOW_PHYSICAL_BOOLEAN); }
  SchemaBuilder& int32(const char* name) { return add(name, PQFLOW_PHYSICAL_INT32); }
  SchemaBuilder& int64(const char* name) { return add(name, PQFLOW_PHYSICAL_INT64); }
  SchemaBuilder& int96(const char* name) { return add(name, PQFLOW_PHYSICAL_INT96); }
  SchemaBuilder& float32(const char* name) { return add(name, PQFLOW_PHYSICAL_FLOAT); }
  SchemaBuilder& float64(const char* name) { return add(name, PQFLOW_PHYSICAL_DOUBLE); }
  // Bytes and text with their length before them, up to max_length_bytes.
  SchemaBuilder& bytes(const char* name, uint32_t max_length_bytes) { return add(name, PQFLOW_PHYSICAL_BYTE_ARRAY, max_length_bytes); }
  SchemaBuilder& string(const char* name, uint32_t max_length_bytes) {
    bytes(name, max_length_bytes);
    return annotate(PQFLOW_LOGICAL_STRING);
  }
  // Text in char[length_bytes], the rest filled with `pad`.
  SchemaBuilder& padded(const char* name, uint32_t length_bytes, char pad) {
    string(name, length_bytes);
    columns_.back().storage = PQFLOW_STORAGE_PADDED_TEXT;
    columns_.back().pad_byte = static_cast<uint8_t>(pad);
    return *this;
  }
  SchemaBuilder& fixed(const char* name, uint32_t length_bytes) { return add(name, PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY, length_bytes); }
  SchemaBuilder& uuid(const char* name) {
    fixed(name, 16);
    return annotate(PQFLOW_LOGICAL_UUID);
  }
  SchemaBuilder& date(const char* name) {
    int32(name);
    return annotate(PQFLOW_LOGICAL_DATE);
  }
  SchemaBuilder& timestamp(const char* name, pqflow_time_unit unit, bool is_utc = false) {
    int64(name);
    columns_.back().time_unit = static_cast<uint8_t>(unit);
    columns_.back().is_adjusted_to_utc = is_utc ? 1 : 0;
    return annotate(PQFLOW_LOGICAL_TIMESTAMP);
  }
  // Every other column.
  SchemaBuilder& column(const pqflow_column& column) {
    columns_.push_back(column);
    return *this;
  }

  // Of the column added last; std::out_of_range before the first.
  SchemaBuilder& nullable() {
    last().null_kind = PQFLOW_NULL_BIT;
    return *this;
  }
  SchemaBuilder& id(int32_t field_id) {
    last().field_id = field_id;
    last().has_field_id = 1;
    return *this;
  }

  SchemaBuilder& encoding(pqflow_encoding encoding) {
    last().has_encoding = 1;
    last().encoding = static_cast<uint8_t>(encoding);
    return *this;
  }
  SchemaBuilder& codec(pqflow_codec codec, int32_t level = PQFLOW_CODEC_LEVEL_DEFAULT) {
    last().has_codec = 1;
    last().codec = static_cast<uint8_t>(codec);
    last().has_codec_level = 1;
    last().codec_level = level;
    return *this;
  }
  SchemaBuilder& statistics(pqflow_column_statistics statistics) {
    last().has_statistics = 1;
    last().statistics = static_cast<uint8_t>(statistics);
    return *this;
  }
  // As in pqflow_column; ndv 0: as many as a row group turns out to have.
  SchemaBuilder& bloom_filter(double fpp = 0.01, uint64_t ndv = 0) {
    last().bloom_filter_fpp = fpp;
    last().bloom_filter_ndv = ndv;
    return *this;
  }
  // Records are expected in this column's order; where several are sorted, the first that was said so decides.
  SchemaBuilder& sorted(bool is_descending = false, bool is_nulls_first = false) {
    last();
    pqflow_sorting_column sorting;
    std::memset(&sorting, 0, sizeof sorting);
    sorting.column_index = static_cast<uint32_t>(columns_.size() - 1);
    sorting.is_descending = is_descending ? 1 : 0;
    sorting.is_nulls_first = is_nulls_first ? 1 : 0;
    sorting_.push_back(sorting);
    return *this;
  }

  // Throws Error.
  Schema build() const {
    pqflow_schema_definition definition = pqflow_schema_define(name_, columns_.data(), static_cast<uint32_t>(columns_.size()));
    definition.sorting_columns = sorting_.data();
    definition.sorting_column_count = static_cast<uint32_t>(sorting_.size());
    return Schema(definition);
  }

 private:
  SchemaBuilder& add(const char* name, pqflow_physical_type physical_type, uint32_t length_bytes = 0) {
    pqflow_column column;
    std::memset(&column, 0, sizeof column);
    column.name = name;
    column.physical_type = static_cast<uint8_t>(physical_type);
    column.length_bytes = length_bytes;
    columns_.push_back(column);
    return *this;
  }
  SchemaBuilder& annotate(pqflow_logical_type logical_type) {
    columns_.back().logical_type = static_cast<uint8_t>(logical_type);
    return *this;
  }
  pqflow_column& last() { return columns_.at(columns_.size() - 1); }

  std::vector<pqflow_column> columns_;
  std::vector<pqflow_sorting_column> sorting_;
  const char* name_;
};

// A sink of records by pointer and length. It outlives the schema where it must: it has a copy. Threads as in pqflow.h.
class SchemaSink : public SinkOwner {
 public:
  // `path` may be null. Blocks; throws Error.
  SchemaSink(const Schema& schema, const char* path) : SchemaSink(schema, path, schema.default_options()) {}
  SchemaSink(const Schema& schema, const std::string& path) : SchemaSink(schema, path.c_str()) {}
  SchemaSink(const Schema& schema, const char* path, const pqflow_options& options) : SinkOwner(open(schema, path, options)) {}
  SchemaSink(const Schema& schema, const std::string& path, const pqflow_options& options) : SchemaSink(schema, path.c_str(), options) {}

  // OK, RING_FULL (counted as dropped), CLOSED or RECORD_SIZE_MISMATCH. Opening thread; never blocks, allocates or throws.
  pqflow_status log(const void* record, size_t record_size_bytes) noexcept { return pqflow_sink_log(handle(), record, record_size_bytes); }

 private:
  static pqflow_sink* open(const Schema& schema, const char* path, const pqflow_options& options) {
    pqflow_sink* sink = nullptr;
    pqflow_error error;
    detail::check(pqflow_schema_sink_open(&sink, schema.handle(), path, &options, &error), error);
    return sink;
  }
};

}  // namespace pqflow

#endif
