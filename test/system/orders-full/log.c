/* Logs 1,000 records of orders_full in the three ways, the clock held. argv[1]: the file; argv[2], argv[3]: data_page_version and
 * page_bytes instead of the schema's. The same records as values.ts. */
#define PQFLOW_CLOCK_NOW_NS() INT64_C(1767623400123456789)
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "orders_full_sink.h"

enum { ROW_COUNT = 1000 };

static const orders_full_side sides[] = {ORDERS_FULL_SIDE_BID, ORDERS_FULL_SIDE_ASK, ORDERS_FULL_SIDE_NONE};

static orders_full_level level_of(int row, int depth, int sign) {
  orders_full_level level;
  orders_full_level_init(&level);
  level.px = INT64_C(100000000000) + sign * (row % 97 + depth) * INT64_C(12500000);
  level.qty = (uint32_t)(depth + 1);
  level.ct = (uint32_t)depth;
  return level;
}

static uint16_t flags_of(int row) {
  return (uint16_t)((row % 2 == 0 ? 0 : ORDERS_FULL_EVENT_FLAGS_LAST) | (row % 7 == 0 ? ORDERS_FULL_EVENT_FLAGS_SNAPSHOT : 0) |
                    (row % 11 == 0 ? ORDERS_FULL_EVENT_FLAGS_BAD_TS_RECV : 0));
}

static void fill(orders_full_record* record, int row) {
  char text[32];
  record->ts_event = INT64_C(1767623400000000000) + row * INT64_C(1000003);
  orders_full_set_symbol(record, text, (size_t)snprintf(text, sizeof text, "SYM%d", row % 50));
  record->order_id = UINT64_C(1000000) + (uint64_t)row * 7U;
  if (row % 10 != 9) {
    orders_full_set_side(record, sides[row % 3]);
  }
  if (row % 5 != 4) {
    orders_full_set_price(record, INT64_C(100000000000) + row % 97 * INT64_C(12500000));
  }
  record->quantity = (uint32_t)(1 + row % 500);
  record->flags = flags_of(row);
  if (row % 4 != 0) {
    orders_full_set_client_tag(record, text, (size_t)snprintf(text, sizeof text, "tag-%d", row));
  }
  for (int depth = 0; depth < row % 11; ++depth) {
    *orders_full_add_bids(record) = level_of(row, depth, -1);
  }
  for (int depth = 0; depth < row * 3 % 11; ++depth) {
    *orders_full_add_asks(record) = level_of(row, depth, 1);
  }
  for (int entry = 0; entry < row % 5; ++entry) {
    orders_full_attributes_entry* const attribute = orders_full_add_attributes(record);
    orders_full_attributes_entry_set_key(attribute, text, (size_t)snprintf(text, sizeof text, "key%d", entry));
    if (entry % 2 == 0) {
      orders_full_attributes_entry_set_value(attribute, row + entry);
    }
  }
  for (int index = 0; index < 16; ++index) {
    record->session[index] = (uint8_t)(row * 31 + index);
  }
  if (row % 6 != 0) {
    orders_full_set_imbalance(record, (float)(row % 64) / 8.0F - 4.0F);
  }
  record->trade_date = 20000 + row % 3;
  if (row % 8 == 0) {
    orders_full_set_raw(record, text, (size_t)snprintf(text, sizeof text, "{\"row\":%d}", row));
  }
}

/* From a record of the caller's own: every argument of log_fields. */
static pqflow_status log_fields(orders_full_sink* sink, const orders_full_record* record) {
  const orders_full_side side = record->side;
  char symbol[9] = {0};
  memcpy(symbol, record->symbol, 8);
  return orders_full_sink_log_fields(
      sink, record->ts_event, symbol, sizeof record->symbol, record->order_id, orders_full_has_side(record) ? &side : NULL, record->price,
      record->quantity, record->flags, orders_full_has_client_tag(record) ? record->client_tag.data : NULL, record->client_tag.length,
      record->bids, record->bids_count, record->asks, record->asks_count, record->attributes, record->attributes_count, record->session,
      orders_full_get_imbalance(record), record->trade_date, orders_full_has_raw(record) ? record->raw.data : NULL, record->raw.length);
}

static pqflow_status log_row(orders_full_sink* sink, int row) {
  orders_full_record record;
  if (row % 3 == 0) {
    orders_full_record* const slot = orders_full_sink_reserve(sink);
    if (slot == NULL) {
      return PQFLOW_STATUS_RING_FULL;
    }
    fill(slot, row);
    return orders_full_sink_commit(sink);
  }
  orders_full_record_init(&record);
  fill(&record, row);
  if (orders_full_validate(&record, NULL) != PQFLOW_STATUS_OK) {
    return PQFLOW_STATUS_INVALID_VALUE;
  }
  return row % 3 == 1 ? orders_full_sink_log(sink, &record) : log_fields(sink, &record);
}

int main(int argc, char** arguments) {
  orders_full_sink* sink = NULL;
  pqflow_error error;
  pqflow_options options = orders_full_options_default();
  options.flush_interval_ns = 0; /* Row groups by rows alone: the same bytes every time. */
  options.row_group_rows = 256;
  options.metadata = PQFLOW_METADATA_SCHEMA_ONLY;
  if (argc == 4) {
    options.data_page_version = (uint32_t)strtoul(arguments[2], NULL, 10);
    options.page_bytes = (uint32_t)strtoul(arguments[3], NULL, 10);
  }
  if (orders_full_sink_open(&sink, arguments[1], &options, &error) != PQFLOW_STATUS_OK) {
    fprintf(stderr, "%s\n", error.message);
    return 2;
  }
  for (int row = 0; row < ROW_COUNT; ++row) {
    if (log_row(sink, row) != PQFLOW_STATUS_OK) {
      fprintf(stderr, "row %d\n", row);
      return 1;
    }
  }
  const pqflow_status status = orders_full_sink_close(sink, &error);
  orders_full_sink_free(sink);
  return status == PQFLOW_STATUS_OK ? 0 : 1;
}
