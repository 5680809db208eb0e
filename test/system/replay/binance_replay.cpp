// Replays a Binance capture (lines on standard input: local time in ns, a blank, the websocket's JSON) through the generated C++ classes
// into three files. Usage: binance_replay DIRECTORY < CAPTURE. Test program: JSON by simdjson, decimals scaled to 10^-8 here.
#include <binance_book_ticker_sink.h>
#include <binance_depth_sink.h>
#include <binance_trade_sink.h>
#include <simdjson.h>

#include <cstdio>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

namespace {

using simdjson::dom::array;
using simdjson::dom::element;

// The decimal string times 10^8; more than eight decimals are an error.
int64_t scaled(std::string_view text) {
  int64_t value = 0;
  int decimals = -1;
  for (const char character : text) {
    if (character == '.') {
      decimals = 0;
      continue;
    }
    value = value * 10 + (character - '0');
    decimals += decimals >= 0 ? 1 : 0;
  }
  for (decimals = decimals < 0 ? 0 : decimals; decimals < 8; ++decimals) {
    value *= 10;
  }
  if (decimals > 8) {
    throw std::runtime_error("more than eight decimals: " + std::string(text));
  }
  return value;
}

// A replay can wait where a feed cannot: the test wants every record, so a full ring is tried again (and shows up in the drop counter,
// which the test ignores here).
template <typename Log>
void until_accepted(Log log) {
  while (log() == PQFLOW_STATUS_RING_FULL) {
    std::this_thread::yield();
  }
}

// An optional number as the generated functions take it: a pointer, null where the message lacks the key.
class OptionalInt {
 public:
  OptionalInt(const element& data, const char* key) : present_(data[key].get(value_) == simdjson::SUCCESS) {}
  const int64_t* pointer() const { return present_ ? &value_ : nullptr; }

 private:
  int64_t value_ = 0;
  bool present_;
};

class Replay {
 public:
  explicit Replay(const std::string& directory)
      : depth_(directory + "/binance_depth.parquet", options<BinanceDepthSink>()),
        book_ticker_(directory + "/binance_book_ticker.parquet", options<BinanceBookTickerSink>()),
        trade_(directory + "/binance_trade.parquet", options<BinanceTradeSink>()) {}

  void message(int64_t local_time, const element& data, std::string_view stream) {
    const std::string_view kind = stream.substr(stream.find('@') + 1);
    if (kind == "trade") {
      log_trade(local_time, data);
    } else if (kind == "bookTicker") {
      log_book_ticker(local_time, data);
    } else {
      log_levels(local_time, data, data["b"], binance_depth_side::bid);
      log_levels(local_time, data, data["a"], binance_depth_side::ask);
    }
  }

  void close() {
    depth_.close();
    book_ticker_.close();
    trade_.close();
  }

 private:
  // Schema-only metadata: the TypeScript replay must come to the same bytes.
  template <typename Sink>
  static pqflow_options options() {
    pqflow_options options = Sink::default_options();
    options.metadata = PQFLOW_METADATA_SCHEMA_ONLY;
    return options;
  }

  void log_levels(int64_t local_time, const element& data, const array& levels, binance_depth_side side) {
    const OptionalInt transaction_time(data, "T");
    const std::string_view symbol = data["s"];
    uint64_t previous_update_id = 0;
    if (data["pu"].get(previous_update_id) != simdjson::SUCCESS) {
      previous_update_id = 0;  // The schema's null value: spot messages have none.
    }
    for (const element level : levels) {
      const std::string_view price = level.at(0);
      const std::string_view quantity = level.at(1);
      until_accepted([&] {
        return depth_.log_fields(local_time, data["E"].get_int64(), transaction_time.pointer(), symbol.data(), symbol.size(),
                                 data["U"].get_uint64(), data["u"].get_uint64(), previous_update_id, side, scaled(price), scaled(quantity));
      });
    }
  }

  void log_book_ticker(int64_t local_time, const element& data) {
    const OptionalInt event_time(data, "E");
    const OptionalInt transaction_time(data, "T");
    const std::string_view symbol = data["s"];
    until_accepted([&] {
      return book_ticker_.log_fields(local_time, event_time.pointer(), transaction_time.pointer(), symbol.data(), symbol.size(),
                                     data["u"].get_uint64(), scaled(data["b"]), scaled(data["B"]), scaled(data["a"]), scaled(data["A"]));
    });
  }

  void log_trade(int64_t local_time, const element& data) {
    const std::string_view symbol = data["s"];
    bool best_match = false;
    const bool has_best_match = data["M"].get(best_match) == simdjson::SUCCESS;
    const uint8_t best_match_byte = best_match ? 1 : 0;
    std::string_view order_type;
    const bool has_order_type = data["X"].get(order_type) == simdjson::SUCCESS;
    until_accepted([&] {
      return trade_.log_fields(local_time, data["E"].get_int64(), data["T"].get_int64(), symbol.data(), symbol.size(),
                               data["t"].get_int64(), scaled(data["p"]), scaled(data["q"]), data["m"].get_bool() ? 1 : 0,
                               has_best_match ? &best_match_byte : nullptr, has_order_type ? order_type.data() : nullptr,
                               order_type.size());
    });
  }

  BinanceDepthSink depth_;
  BinanceBookTickerSink book_ticker_;
  BinanceTradeSink trade_;
};

void replay(const std::string& directory) {
  Replay replay(directory);
  simdjson::dom::parser parser;
  std::string line;
  while (std::getline(std::cin, line)) {
    const size_t blank = line.find(' ');
    const element message = parser.parse(line.data() + blank + 1, line.size() - blank - 1);
    std::string_view stream;
    if (message["stream"].get(stream) == simdjson::SUCCESS) {  // The REST snapshot is not a stream message.
      replay.message(std::stoll(line.substr(0, blank)), message["data"], stream);
    }
  }
  replay.close();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: binance_replay DIRECTORY < CAPTURE\n");
    return 2;
  }
  std::ios::sync_with_stdio(false);
  try {
    replay(argv[1]);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "binance_replay: %s\n", error.what());
    return 1;
  }
}
