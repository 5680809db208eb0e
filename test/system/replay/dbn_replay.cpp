// Replays Databento files: each record goes to the sink as it lies in the file, its struct registered, no field copied by hand.
// Usage: dbn_replay TABLE OUTPUT.parquet INPUT.dbn...
#include <dbn_mbo_sink.h>
#include <dbn_mbp1_sink.h>
#include <dbn_ohlcv_sink.h>
#include <dbn_statistic_sink.h>
#include <dbn_statistic_v3_sink.h>
#include <dbn_trade_sink.h>
#include <pqflow/register.h>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "dbn_records.h"

namespace {

#define HEADER_MEMBERS(type)                                                                                              \
  PQFLOW_FIELD_NAMED(type, hd.publisher_id, "publisher_id"), PQFLOW_FIELD_NAMED(type, hd.instrument_id, "instrument_id"), \
      PQFLOW_FIELD_AS_SIGNED(type, hd.ts_event, "ts_event")

const pqflow_member kMboMembers[] = {
    HEADER_MEMBERS(dbn_mbo_msg),
    PQFLOW_FIELD(dbn_mbo_msg, order_id),
    PQFLOW_FIELD(dbn_mbo_msg, price),
    PQFLOW_FIELD(dbn_mbo_msg, size),
    PQFLOW_FIELD(dbn_mbo_msg, flags),
    PQFLOW_FIELD(dbn_mbo_msg, channel_id),
    PQFLOW_FIELD(dbn_mbo_msg, action),
    PQFLOW_FIELD(dbn_mbo_msg, side),
    PQFLOW_FIELD_AS_SIGNED(dbn_mbo_msg, ts_recv, "ts_recv"),
    PQFLOW_FIELD(dbn_mbo_msg, ts_in_delta),
    PQFLOW_FIELD(dbn_mbo_msg, sequence),
};

#define TRADE_MEMBERS(type)                                                                                                        \
  HEADER_MEMBERS(type), PQFLOW_FIELD(type, price), PQFLOW_FIELD(type, size), PQFLOW_FIELD(type, action), PQFLOW_FIELD(type, side), \
      PQFLOW_FIELD(type, flags), PQFLOW_FIELD(type, depth), PQFLOW_FIELD_AS_SIGNED(type, ts_recv, "ts_recv"),                      \
      PQFLOW_FIELD(type, ts_in_delta), PQFLOW_FIELD(type, sequence)

const pqflow_member kTradeMembers[] = {TRADE_MEMBERS(dbn_trade_msg)};

const pqflow_member kMbp1Members[] = {
    TRADE_MEMBERS(dbn_mbp1_msg),
    PQFLOW_FIELD_NAMED(dbn_mbp1_msg, levels[0].bid_px, "bid_price"),
    PQFLOW_FIELD_NAMED(dbn_mbp1_msg, levels[0].ask_px, "ask_price"),
    PQFLOW_FIELD_NAMED(dbn_mbp1_msg, levels[0].bid_sz, "bid_size"),
    PQFLOW_FIELD_NAMED(dbn_mbp1_msg, levels[0].ask_sz, "ask_size"),
    PQFLOW_FIELD_NAMED(dbn_mbp1_msg, levels[0].bid_ct, "bid_count"),
    PQFLOW_FIELD_NAMED(dbn_mbp1_msg, levels[0].ask_ct, "ask_count"),
};

const pqflow_member kOhlcvMembers[] = {
    PQFLOW_FIELD_NAMED(dbn_ohlcv_msg, hd.rtype, "rtype"),
    HEADER_MEMBERS(dbn_ohlcv_msg),
    PQFLOW_FIELD(dbn_ohlcv_msg, open),
    PQFLOW_FIELD(dbn_ohlcv_msg, high),
    PQFLOW_FIELD(dbn_ohlcv_msg, low),
    PQFLOW_FIELD(dbn_ohlcv_msg, close),
    PQFLOW_FIELD(dbn_ohlcv_msg, volume),
};

#define STATISTIC_MEMBERS(type)                                                                                               \
  HEADER_MEMBERS(type), PQFLOW_FIELD_AS_SIGNED(type, ts_recv, "ts_recv"), PQFLOW_FIELD_AS_SIGNED(type, ts_ref, "ts_ref"),     \
      PQFLOW_FIELD(type, price), PQFLOW_FIELD(type, quantity), PQFLOW_FIELD(type, sequence), PQFLOW_FIELD(type, ts_in_delta), \
      PQFLOW_FIELD(type, stat_type), PQFLOW_FIELD(type, channel_id), PQFLOW_FIELD(type, update_action), PQFLOW_FIELD(type, stat_flags)

const pqflow_member kStatisticMembers[] = {STATISTIC_MEMBERS(dbn_stat_msg_v1)};
const pqflow_member kStatisticV3Members[] = {STATISTIC_MEMBERS(dbn_stat_msg_v3)};

// The generated traits with the publisher's struct in place of the generated record.
template <typename Generated, typename Message, const auto& kMembers>
struct Registered : Generated {
  using Record = Message;
  static const pqflow_record_layout* registered() noexcept {
    static const pqflow_record_layout layout = PQFLOW_RECORD_LAYOUT(Message, kMembers);
    return &layout;
  }
};

// The records of a file, behind "DBN", the version, and the length of metadata that the columns do not need.
std::vector<char> records_of(const char* path) {
  std::ifstream file(path, std::ios::binary);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
  uint32_t metadata_bytes = 0;
  if (bytes.size() < 8 || std::memcmp(bytes.data(), "DBN", 3) != 0) {
    throw std::runtime_error(std::string(path) + " is not a DBN file");
  }
  std::memcpy(&metadata_bytes, bytes.data() + 4, sizeof metadata_bytes);
  return {bytes.begin() + 8 + metadata_bytes, bytes.end()};
}

template <typename Traits>
void replay(const char* output, const std::vector<const char*>& inputs) {
  using Message = typename Traits::Record;
  pqflow::BasicSink<Traits> sink(output);
  for (const char* input : inputs) {
    const std::vector<char> bytes = records_of(input);
    if (bytes.size() % sizeof(Message) != 0) {
      throw std::runtime_error(std::string(input) + " holds records of another size");
    }
    for (size_t offset = 0; offset < bytes.size(); offset += sizeof(Message)) {
      if (pqflow_sink_log(sink.handle(), bytes.data() + offset, sizeof(Message)) != PQFLOW_STATUS_OK) {
        throw std::runtime_error("a record was refused");
      }
    }
  }
  sink.close();
}

using Replay = void (*)(const char*, const std::vector<const char*>&);

const std::map<std::string, Replay> kReplays = {
    {"dbn_mbo", replay<Registered<DbnMboTraits, dbn_mbo_msg, kMboMembers>>},
    {"dbn_trade", replay<Registered<DbnTradeTraits, dbn_trade_msg, kTradeMembers>>},
    {"dbn_mbp1", replay<Registered<DbnMbp1Traits, dbn_mbp1_msg, kMbp1Members>>},
    {"dbn_ohlcv", replay<Registered<DbnOhlcvTraits, dbn_ohlcv_msg, kOhlcvMembers>>},
    {"dbn_statistic", replay<Registered<DbnStatisticTraits, dbn_stat_msg_v1, kStatisticMembers>>},
    {"dbn_statistic_v3", replay<Registered<DbnStatisticV3Traits, dbn_stat_msg_v3, kStatisticV3Members>>},
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3 || kReplays.count(argv[1]) == 0) {
    std::fprintf(stderr, "usage: dbn_replay TABLE OUTPUT.parquet INPUT.dbn...\n");
    return 2;
  }
  try {
    kReplays.at(argv[1])(argv[2], {argv + 3, argv + argc});
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "dbn_replay: %s\n", error.what());
    return 1;
  }
}
