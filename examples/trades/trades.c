/* Trades from C: reserve a record, fill it in place, commit. A record that the schema does not allow is found by trades_validate(). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <trades_sink.h>

enum { TRADE_COUNT = 50000 };

static int fail(const char* what, const pqflow_error* error) {
  fprintf(stderr, "trades: %s: %s\n", what, error->message);
  return EXIT_FAILURE;
}

/* Optional fields of a reserved record are null until they are set. */
static void fill(trades_record* trade, int64_t index) {
  trade->time = 1767623400000000 + index * 250;
  trades_set_symbol(trade, index % 3 == 0 ? "BTC-USD" : "ETH-USD", 7);
  trade->trade_id = (uint64_t)(1000000 + index);
  trade->side = index % 2 == 0 ? TRADES_SIDE_BUY : TRADES_SIDE_SELL;
  trade->price = 9500000000000 + (index * 7919) % 1000000000;
  trade->quantity = 1 + (index * 104729) % 100000000;
  if (index % 4 != 0) {
    trade->reference_price = trade->price - 500000;
  }
  if (index % 100 == 0) {
    trades_set_condition(trade, "opening", 7);
  }
}

static int log_trades(trades_sink* sink) {
  for (int64_t index = 0; index < TRADE_COUNT; ++index) {
    trades_record* const trade = trades_sink_reserve(sink);
    const char* field;
    if (trade == NULL) {
      continue; /* The ring is full: the trade is dropped and counted, the feed does not wait. */
    }
    fill(trade, index);
    if (trades_validate(trade, &field) != PQFLOW_STATUS_OK) {
      fprintf(stderr, "trades: trade %lld has no valid %s\n", (long long)index, field);
      return EXIT_FAILURE;
    }
    trades_sink_commit(sink);
  }
  return EXIT_SUCCESS;
}

int main(int argc, char** argv) {
  trades_sink* sink;
  pqflow_error error;
  pqflow_stats stats;
  pqflow_options options = trades_options_default();
  options.if_exists = PQFLOW_IF_EXISTS_REPLACE;
  if (trades_sink_open(&sink, argc > 1 ? argv[1] : "trades.parquet", &options, &error) != PQFLOW_STATUS_OK) {
    return fail("open", &error);
  }
  int result = log_trades(sink);
  if (trades_sink_close(sink, &error) != PQFLOW_STATUS_OK) {
    result = fail("close", &error);
  }
  trades_sink_stats(sink, &stats);
  printf("%llu trades, %llu dropped, %llu bytes\n", (unsigned long long)stats.visible_records, (unsigned long long)stats.dropped_records,
         (unsigned long long)stats.bytes_written);
  trades_sink_free(sink);
  return result;
}
