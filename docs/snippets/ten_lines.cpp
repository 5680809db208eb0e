#include "orders_sink.h"

int main() {
  OrdersSink sink("orders.parquet");  // throws pqflow::Error
  for (int64_t id = 1; id <= 1000; ++id) {
    sink.log_fields(1767623400000000000 + id, "ACME", 4, id, orders_side::bid, 4200000000, 100, orders_order_type::trade, 1);
  }
  sink.close();
}
