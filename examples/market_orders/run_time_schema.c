/* Market orders from C without generated code: the schema is defined here, at run time, and records are logged by pointer and length. */
#include <pqflow/schema.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ORDER_COUNT = 100000 };

/* The columns in the order of the packed record below: 52 bytes, no padding, no null bits. */
static const pqflow_column columns[] = {
    {.name = "timestamp_ns",
     .physical_type = PQFLOW_PHYSICAL_INT64,
     .logical_type = PQFLOW_LOGICAL_TIMESTAMP,
     .time_unit = PQFLOW_UNIT_NANOS},
    {.name = "symbol",
     .physical_type = PQFLOW_PHYSICAL_BYTE_ARRAY,
     .logical_type = PQFLOW_LOGICAL_STRING,
     .storage = PQFLOW_STORAGE_PADDED_TEXT,
     .pad_byte = ' ',
     .length_bytes = 8},
    {.name = "order_id", .physical_type = PQFLOW_PHYSICAL_INT64},
    {.name = "side", .physical_type = PQFLOW_PHYSICAL_INT32},
    {.name = "price", .physical_type = PQFLOW_PHYSICAL_INT64},
    {.name = "quantity", .physical_type = PQFLOW_PHYSICAL_INT64},
    {.name = "order_type", .physical_type = PQFLOW_PHYSICAL_INT32},
    {.name = "exchange", .physical_type = PQFLOW_PHYSICAL_INT32},
};

typedef struct __attribute__((packed)) market_order {
  int64_t timestamp_ns;
  char symbol[8];
  int64_t order_id;
  int32_t side;
  int64_t price;
  int64_t quantity;
  int32_t order_type;
  int32_t exchange;
} market_order;

static int fail(const char* what, const pqflow_error* error) {
  fprintf(stderr, "market orders: %s: %s\n", what, error->message);
  return EXIT_FAILURE;
}

static market_order make_order(int64_t id) {
  market_order order = {.timestamp_ns = 1767623400000000000 + id * 1000,
                        .order_id = id,
                        .side = (int32_t)(id % 2),
                        .price = 4200000000 + id % 1000 * 100,
                        .quantity = 1 + id % 50,
                        .order_type = id % 10 == 0 ? 3 : 0,
                        .exchange = 1};
  memcpy(order.symbol, id % 3 == 0 ? "ACME    " : "GLOBEX  ", sizeof order.symbol);
  return order;
}

static int log_orders(pqflow_sink* sink) {
  for (int64_t id = 1; id <= ORDER_COUNT; ++id) {
    const market_order order = make_order(id);
    if (pqflow_sink_log(sink, &order, sizeof order) == PQFLOW_STATUS_RECORD_SIZE_MISMATCH) {
      fprintf(stderr, "market orders: the struct is not the record that the columns describe\n");
      return EXIT_FAILURE;
    }
  }
  return EXIT_SUCCESS;
}

int main(int argc, char** argv) {
  pqflow_schema* schema;
  pqflow_sink* sink;
  pqflow_error error;
  pqflow_stats stats;
  const pqflow_schema_definition definition = pqflow_schema_define("market_orders", columns, sizeof columns / sizeof columns[0]);
  if (pqflow_schema_create(&schema, &definition, &error) != PQFLOW_STATUS_OK) {
    return fail("schema", &error);
  }
  pqflow_options options = pqflow_options_default(pqflow_schema_descriptor(schema));
  options.if_exists = PQFLOW_IF_EXISTS_REPLACE;
  const pqflow_status opened = pqflow_schema_sink_open(&sink, schema, argc > 1 ? argv[1] : "market_orders.parquet", &options, &error);
  pqflow_schema_free(schema); /* The sink has its own copy. */
  if (opened != PQFLOW_STATUS_OK) {
    return fail("open", &error);
  }
  int result = log_orders(sink);
  if (pqflow_sink_close(sink, &error) != PQFLOW_STATUS_OK) {
    result = fail("close", &error);
  }
  pqflow_record_sink_stats(sink, &stats);
  printf("%llu orders, %llu dropped\n", (unsigned long long)stats.visible_records, (unsigned long long)stats.dropped_records);
  pqflow_sink_free(sink);
  return result;
}
