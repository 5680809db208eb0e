// Orders of the seeded market as records of the generated struct: what the C++ rows of the bench are measured with.
#pragma once

#include <orders_sink.h>

#include <cstddef>
#include <vector>

#include "../../demo/market.hpp"

namespace bench {

inline std::vector<orders_record> market_records(size_t count) {
  demo::Market market(2026, count);
  std::vector<orders_record> records(count);
  for (orders_record& record : records) {
    const demo::Order order = market.next();
    record.timestamp_ns = order.timestamp_ns;
    std::memcpy(record.symbol, order.symbol, demo::Market::kSymbolBytes);
    record.order_id = order.order_id;
    record.side = static_cast<orders_side>(order.side);
    record.price = order.price_microcents;
    record.quantity = order.quantity_shares;
    record.order_type = static_cast<orders_order_type>(order.type);
    record.exchange = order.exchange;
  }
  return records;
}

}  // namespace bench
