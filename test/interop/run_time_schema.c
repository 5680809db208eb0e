/* run_time_schema PATH ROWS: a file of every physical type, from packed records whose values begin at odd offsets. Row i holds values that
 * test/interop/run-time-schema.test.ts computes again; every nullable column is null in rows that 3 divides. */
#include <pqflow/schema.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NULLABLE .null_kind = PQFLOW_NULL_BIT

static const pqflow_column columns[] = {
    {.name = "boolean", .physical_type = PQFLOW_PHYSICAL_BOOLEAN, NULLABLE},
    {.name = "int32", .physical_type = PQFLOW_PHYSICAL_INT32, NULLABLE},
    {.name = "int64", .physical_type = PQFLOW_PHYSICAL_INT64},
    {.name = "int96", .physical_type = PQFLOW_PHYSICAL_INT96, NULLABLE},
    {.name = "float", .physical_type = PQFLOW_PHYSICAL_FLOAT, NULLABLE},
    {.name = "double", .physical_type = PQFLOW_PHYSICAL_DOUBLE, NULLABLE},
    {.name = "byte_array", .physical_type = PQFLOW_PHYSICAL_BYTE_ARRAY, .length_bytes = 9, NULLABLE},
    {.name = "text", .physical_type = PQFLOW_PHYSICAL_BYTE_ARRAY, .logical_type = PQFLOW_LOGICAL_STRING, .length_bytes = 300, NULLABLE},
    {.name = "fixed", .physical_type = PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY, .length_bytes = 5, NULLABLE},
    {.name = "uuid", .physical_type = PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY, .logical_type = PQFLOW_LOGICAL_UUID},
    {.name = "half", .physical_type = PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY, .logical_type = PQFLOW_LOGICAL_FLOAT16},
    {.name = "uint16", .physical_type = PQFLOW_PHYSICAL_INT32, .logical_type = PQFLOW_LOGICAL_INTEGER, .integer_bit_width = 16, NULLABLE},
    {.name = "timestamp",
     .physical_type = PQFLOW_PHYSICAL_INT64,
     .logical_type = PQFLOW_LOGICAL_TIMESTAMP,
     .time_unit = PQFLOW_UNIT_MICROS,
     .is_adjusted_to_utc = 1},
};

static const pqflow_schema* schema;
static uint8_t* record;

static const pqflow_field* column(const char* name) { return pqflow_schema_find_column(schema, name); }

static void store(const char* name, const void* value) { pqflow_column_store(record, column(name), value); }

static void set_nulls(int is_null) {
  for (uint32_t index = 0; index < pqflow_schema_column_count(schema); ++index) {
    const pqflow_field* const field = pqflow_schema_column(schema, index);
    if (field->null_kind == PQFLOW_NULL_BIT) {
      pqflow_column_set_null(record, field, is_null);
    }
  }
}

/* Nanoseconds of the day and the Julian day of 1970-01-01 + row. */
static void store_int96(int64_t row) {
  uint8_t value[12];
  const int64_t nanoseconds = row * 1000000;
  const int32_t julian_day = (int32_t)(2440588 + row);
  memcpy(value, &nanoseconds, sizeof nanoseconds);
  memcpy(value + 8, &julian_day, sizeof julian_day);
  store("int96", value);
}

static void store_numbers(int64_t row) {
  const uint8_t boolean = row % 2 != 0;
  const int32_t int32 = (int32_t)(row * -7);
  const int64_t int64 = row * 1234567890123;
  const float single = (float)row / 4;
  const double number = (double)row / -8;
  const uint16_t half = (uint16_t)(0x3c00 + row % 1024);
  const uint16_t uint16 = (uint16_t)(65535 - row);
  const int64_t timestamp = 1767623400000000 + row;
  store("boolean", &boolean);
  store("int32", &int32);
  store("int64", &int64);
  store("float", &single);
  store("double", &number);
  store("half", &half);
  store("uint16", &uint16);
  store("timestamp", &timestamp);
}

static void store_bytes(int64_t row) {
  char text[300];
  uint8_t bytes[16];
  memset(text, 'a' + (int)(row % 26), sizeof text);
  memset(bytes, (int)(row % 251), sizeof bytes);
  pqflow_column_store_counted(record, column("byte_array"), bytes, (size_t)(row % 10));
  pqflow_column_store_counted(record, column("text"), text, (size_t)(row % 301));
  store("fixed", bytes);
  store("uuid", bytes);
}

static int fail(const char* message) {
  fprintf(stderr, "%s\n", message);
  return EXIT_FAILURE;
}

static int log_rows(pqflow_sink* sink, int64_t row_count) {
  for (int64_t row = 0; row < row_count; ++row) {
    set_nulls(row % 3 == 0);
    store_numbers(row);
    store_int96(row);
    store_bytes(row);
    if (pqflow_sink_log(sink, record, pqflow_schema_record_size_bytes(schema)) != PQFLOW_STATUS_OK) {
      return fail("a record was refused");
    }
  }
  return EXIT_SUCCESS;
}

int main(int argc, char** argv) {
  pqflow_schema* created;
  pqflow_sink* sink;
  pqflow_error error;
  const pqflow_schema_definition definition = pqflow_schema_define("run_time", columns, sizeof columns / sizeof columns[0]);
  if (argc != 3) {
    return fail("usage: run_time_schema PATH ROWS");
  }
  if (pqflow_schema_create(&created, &definition, &error) != PQFLOW_STATUS_OK) {
    return fail(error.message);
  }
  schema = created;
  record = malloc(pqflow_schema_record_size_bytes(schema));
  if (record == NULL || pqflow_schema_sink_open(&sink, schema, argv[1], NULL, &error) != PQFLOW_STATUS_OK) {
    return fail(record == NULL ? "out of memory" : error.message);
  }
  int result = log_rows(sink, strtoll(argv[2], NULL, 10));
  if (pqflow_sink_close(sink, &error) != PQFLOW_STATUS_OK) {
    result = fail(error.message);
  }
  pqflow_sink_free(sink);
  pqflow_schema_free(created);
  free(record);
  return result;
}
