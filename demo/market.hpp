// A seeded market: a few dozen symbols whose prices walk in ticks, order lifetimes with new, modify, cancel and trade, and a day that is
// busy at both ends. The same seed gives the same orders on every machine: integer arithmetic only, no library distributions.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

namespace demo {

// xorshift64* (Vigna 2016): small, fast, good enough to draw prices from.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15U + 1U) {}
  uint64_t next() {
    state_ ^= state_ >> 12U;
    state_ ^= state_ << 25U;
    state_ ^= state_ >> 27U;
    return state_ * 0x2545f4914f6cdd1dU;
  }
  // Uniform in [0, bound), bound < 2^32.
  uint32_t below(uint32_t bound) { return static_cast<uint32_t>(((next() >> 32U) * bound) >> 32U); }

 private:
  uint64_t state_;
};

enum class OrderType : int32_t { kNew = 0, kModify = 1, kCancel = 2, kTrade = 3 };

struct Order {
  int64_t timestamp_ns;
  const char* symbol;  // kSymbolBytes characters, space-padded; lives as long as the market.
  int64_t order_id;
  int32_t side;
  int64_t price_microcents;
  int64_t quantity_shares;
  OrderType type;
  int32_t exchange;
};

class Market {
 public:
  static constexpr size_t kSymbolBytes = 8;
  static constexpr int64_t kOpenNs = 1767623400LL * 1'000'000'000LL;  // Monday 2026-01-05, 14:30 UTC: the opening bell in New York.
  static constexpr int64_t kSessionNs = 6LL * 3600LL * 1'000'000'000LL + 1800LL * 1'000'000'000LL;

  // `order_count` orders fill one session from bell to bell.
  Market(uint64_t seed, uint64_t order_count) : random_(seed), order_count_(order_count) {
    for (size_t index = 0; index < kNames.size(); ++index) {
      // Popularity falls as 1 / rank, like real turnover does; prices start between 20 and 420 dollars.
      symbols_.push_back({{}, (2000 + static_cast<int64_t>(random_.below(40000))), 100});
      std::memset(symbols_.back().name.data(), ' ', kSymbolBytes);
      std::memcpy(symbols_.back().name.data(), kNames[index], std::strlen(kNames[index]));
      total_weight_ += static_cast<uint32_t>(100'000 / (index + 1));
      cumulative_weights_.push_back(total_weight_);
    }
  }

  Order next() {
    Symbol& symbol = pick_symbol();
    const uint32_t draw = random_.below(100);
    const OrderType type = draw < 46   ? OrderType::kNew
                           : draw < 58 ? OrderType::kModify
                           : draw < 92 ? OrderType::kCancel
                                       : OrderType::kTrade;
    const bool is_bid = (random_.next() & 1U) != 0;
    const Order order{next_timestamp(),
                      symbol.name.data(),
                      order_id(type),
                      is_bid ? 0 : 1,
                      price(symbol, type, is_bid),
                      quantity(type),
                      type,
                      static_cast<int32_t>(random_.below(4)) + 1};
    ++produced_;
    return order;
  }

 private:
  static constexpr int64_t kMicrocentsPerTick = 1'000'000;  // One tick is one cent.
  static constexpr std::array<const char*, 24> kNames = {"ACME",  "NOVA",   "ORBIT", "HELIX",  "QUARTZ", "EMBER",  "LYRA",  "DELTA",
                                                         "FJORD", "TERRA",  "VEGA",  "ONYX",   "PIXEL",  "RIVET",  "SABLE", "TUNDRA",
                                                         "UMBRA", "WILLOW", "XENON", "YARROW", "ZEPHYR", "COBALT", "BIRCH", "GARNET"};

  struct Symbol {
    std::array<char, kSymbolBytes> name;
    int64_t mid_ticks;
    int64_t momentum;  // 0 … 200: above 100 the price tends upwards. Drifts slowly, so that the picture shows trends.
  };

  Symbol& pick_symbol() {
    const uint32_t draw = random_.below(total_weight_);
    size_t index = 0;
    while (cumulative_weights_[index] <= draw) {
      ++index;
    }
    return symbols_[index];
  }

  // Gaps are shortest at the bells: the session's rate follows 1 + 2·(2x − 1)², x from 0 to 1 over the orders, in integers.
  int64_t next_timestamp() {
    const int64_t mean_gap_ns = kSessionNs / static_cast<int64_t>(order_count_);
    const int64_t position = static_cast<int64_t>(2000 * produced_ / order_count_) - 1000;  // −1000 … 1000
    const int64_t busyness = 600 + 1200 * position * position / 1'000'000;                  // 600 … 1800, mean 1000
    clock_ns_ += 1 + static_cast<int64_t>(random_.below(1776)) * mean_gap_ns / busyness;    // 1776 = 2000 / mean of 1000 / busyness.
    return kOpenNs + clock_ns_;
  }

  int64_t order_id(OrderType type) {
    if (type == OrderType::kNew) {
      return static_cast<int64_t>(++last_order_id_);
    }
    const auto age = static_cast<uint64_t>(random_.below(5000));  // Others refer to a recent order.
    return static_cast<int64_t>(last_order_id_ > age ? last_order_id_ - age : 1);
  }

  int64_t price(Symbol& symbol, OrderType type, bool is_bid) {
    if (type == OrderType::kTrade) {
      symbol.momentum += static_cast<int64_t>(random_.below(3)) - 1;
      symbol.momentum = symbol.momentum < 80 ? 80 : symbol.momentum > 120 ? 120 : symbol.momentum;
      const auto step = static_cast<int64_t>(random_.below(200)) < symbol.momentum ? 1 : -1;
      symbol.mid_ticks += symbol.mid_ticks > 500 || step > 0 ? step : 0;
      return symbol.mid_ticks * kMicrocentsPerTick;
    }
    // Most orders rest within a few ticks of the middle, few far away.
    const uint32_t spread = random_.below(8) == 0 ? 60 : 6;
    const auto distance = static_cast<int64_t>(1 + random_.below(spread));
    return (symbol.mid_ticks + (is_bid ? -distance : distance)) * kMicrocentsPerTick;
  }

  int64_t quantity(OrderType type) {
    if (type == OrderType::kCancel) {
      return 0;
    }
    return random_.below(10) < 7 ? 100 * (1 + static_cast<int64_t>(random_.below(10))) : 1 + static_cast<int64_t>(random_.below(2500));
  }

  Random random_;
  std::vector<Symbol> symbols_;
  std::vector<uint32_t> cumulative_weights_;
  uint64_t order_count_;
  uint64_t produced_ = 0;
  uint64_t last_order_id_ = 0;
  int64_t clock_ns_ = 0;
  uint32_t total_weight_ = 0;
};

}  // namespace demo
