// Trades from C++, with another codec, and with the file's limits chosen at open.
#include <trades_sink.h>

#include <cstdio>
#include <exception>
#include <string>

namespace {

constexpr int64_t kTradeCount = 50'000;

struct Trade {
  int64_t time_us;
  std::string symbol;
  uint64_t id;
  trades_side side;
  int64_t price;
  int64_t quantity;
  const char* condition;  // Null: none.
};

Trade trade_at(int64_t index) {
  return {1'767'623'400'000'000 + index * 250,
          index % 3 == 0 ? "BTC-USD" : "ETH-USD",
          static_cast<uint64_t>(1'000'000 + index),
          index % 2 == 0 ? trades_side::buy : trades_side::sell,
          9'500'000'000'000 + (index * 7'919) % 1'000'000'000,
          1 + (index * 104'729) % 100'000'000,
          index % 100 == 0 ? "opening" : nullptr};
}

void capture(const char* path) {
  pqflow_options options = TradesSink::default_options();
  options.if_exists = PQFLOW_IF_EXISTS_REPLACE;
  options.codec = PQFLOW_CODEC_ZSTD;
  options.codec_level = 9;
  options.row_group_rows = 16'384;
  TradesSink sink(path, options);
  for (int64_t index = 0; index < kTradeCount; ++index) {
    const Trade trade = trade_at(index);
    const size_t condition_bytes = trade.condition == nullptr ? 0 : 7;
    sink.log_fields(trade.time_us, trade.symbol.data(), trade.symbol.size(), trade.id, trade.side, trade.price, trade.quantity,
                    index % 4 != 0 ? trade.price - 500'000 : INT64_MAX, trade.condition, condition_bytes);
  }
  sink.close();
  const pqflow_stats stats = sink.stats();
  std::printf("%llu trades in %llu row groups, %llu bytes\n", static_cast<unsigned long long>(stats.visible_records),
              static_cast<unsigned long long>(stats.row_groups_written), static_cast<unsigned long long>(stats.bytes_written));
}

}  // namespace

int main(int argc, char** argv) {
  try {
    capture(argc > 1 ? argv[1] : "trades.parquet");
  } catch (const std::exception& error) {
    std::fprintf(stderr, "trades: %s\n", error.what());
    return 1;
  }
}
