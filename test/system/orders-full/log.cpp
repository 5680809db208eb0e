// The records of log.c through the generated class. argv[1]: the file.
#define PQFLOW_CLOCK_NOW_NS() INT64_C(1767623400123456789)
#include <array>
#include <limits>
#include <string>

#include "orders_full_sink.h"

namespace {

constexpr int kRowCount = 1000;

struct Levels {
  std::array<orders_full_level, 10> levels{};
  size_t count = 0;
};

Levels levels_of(int row, int count, int sign) {
  Levels made;
  for (int depth = 0; depth < count; ++depth) {
    orders_full_level& level = made.levels[made.count++];
    orders_full_level_init(&level);
    level.px = INT64_C(100000000000) + sign * (row % 97 + depth) * INT64_C(12500000);
    level.qty = static_cast<uint32_t>(depth + 1);
    level.ct = static_cast<uint32_t>(depth);
  }
  return made;
}

orders_full_event_flags flags_of(int row) {
  orders_full_event_flags flags = 0;
  flags = row % 2 == 0 ? flags : orders_full_event_flags_set(flags, ORDERS_FULL_EVENT_FLAGS_LAST);
  flags = row % 7 != 0 ? flags : orders_full_event_flags_set(flags, ORDERS_FULL_EVENT_FLAGS_SNAPSHOT);
  return row % 11 != 0 ? flags : orders_full_event_flags_set(flags, ORDERS_FULL_EVENT_FLAGS_BAD_TS_RECV);
}

pqflow_status log_row(md::OrdersFullSink& sink, int row) {
  constexpr std::array<orders_full_side, 3> kSides{orders_full_side::bid, orders_full_side::ask, orders_full_side::none};
  const std::string symbol = "SYM" + std::to_string(row % 50);
  const std::string tag = "tag-" + std::to_string(row);
  const std::string raw = "{\"row\":" + std::to_string(row) + "}";
  const Levels bids = levels_of(row, row % 11, -1);
  const Levels asks = levels_of(row, row * 3 % 11, 1);
  std::array<orders_full_attributes_entry, 4> attributes{};
  for (int entry = 0; entry < row % 5; ++entry) {
    orders_full_attributes_entry& attribute = attributes[static_cast<size_t>(entry)];
    const std::string key = "key" + std::to_string(entry);
    orders_full_attributes_entry_init(&attribute);
    orders_full_attributes_entry_set_key(&attribute, key.data(), key.size());
    if (entry % 2 == 0) {
      orders_full_attributes_entry_set_value(&attribute, row + entry);
    }
  }
  std::array<uint8_t, 16> session{};
  for (size_t index = 0; index < session.size(); ++index) {
    session[index] = static_cast<uint8_t>(static_cast<size_t>(row) * 31 + index);
  }
  const int64_t price = row % 5 == 4 ? std::numeric_limits<int64_t>::max() : INT64_C(100000000000) + row % 97 * INT64_C(12500000);
  const float imbalance = row % 6 == 0 ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(row % 64) / 8.0F - 4.0F;
  const orders_full_side side = kSides[static_cast<size_t>(row % 3)];
  return sink.log_fields(INT64_C(1767623400000000000) + row * INT64_C(1000003), symbol.data(), symbol.size(),
                         UINT64_C(1000000) + static_cast<uint64_t>(row) * 7U, row % 10 == 9 ? nullptr : &side, price,
                         static_cast<uint32_t>(1 + row % 500), flags_of(row), row % 4 == 0 ? nullptr : tag.data(), tag.size(),
                         bids.levels.data(), bids.count, asks.levels.data(), asks.count, attributes.data(), static_cast<size_t>(row % 5),
                         session.data(), imbalance, 20000 + row % 3, row % 8 == 0 ? raw.data() : nullptr, raw.size());
}

}  // namespace

int main(int argc, char** arguments) {
  pqflow_options options = md::OrdersFullSink::default_options();
  options.flush_interval_ns = 0;
  options.row_group_rows = 256;
  options.metadata = PQFLOW_METADATA_SCHEMA_ONLY;
  if (argc == 4) {
    options.data_page_version = static_cast<uint32_t>(std::stoul(arguments[2]));
    options.page_bytes = static_cast<uint32_t>(std::stoul(arguments[3]));
  }
  md::OrdersFullSink sink(std::string(arguments[1]), options);
  for (int row = 0; row < kRowCount; ++row) {
    if (log_row(sink, row) != PQFLOW_STATUS_OK) {
      return 1;
    }
  }
  sink.close();
  return 0;
}
