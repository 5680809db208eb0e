#include <stdio.h>

#include "orders_sink.h"

int main(void) {
  orders_sink* sink;
  pqflow_error error;
  if (orders_sink_open(&sink, "orders.parquet", NULL, &error) != PQFLOW_STATUS_OK) return fprintf(stderr, "%s\n", error.message), 1;
  for (int64_t id = 1; id <= 1000; ++id) {
    orders_sink_log_fields(sink, 1767623400000000000 + id, "ACME", 4, id, ORDERS_SIDE_BID, 4200000000, 100, ORDERS_ORDER_TYPE_NEW, 1);
  }
  if (orders_sink_close(sink, &error) != PQFLOW_STATUS_OK) return fprintf(stderr, "%s\n", error.message), 1;
  orders_sink_free(sink);
}
