// The same four records as mixed.c through the generated class. argv[1]: the file to write.
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>

#include "mixed_sink.h"

int main(int, char** arguments) {
  const uint8_t session[16] = {0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf0, 1, 2, 3, 4, 5, 6, 7, 8};
  const uint8_t turnover[13] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x30, 0x39};
  const uint8_t active = 1;
  const int32_t trade_date = 20000;
  const int32_t at = 86399999;
  pqflow_options options = md::test::MixedSink::default_options();
  options.codec = PQFLOW_CODEC_UNCOMPRESSED;
  md::test::MixedSink sink(std::string(arguments[1]), options);
  sink.log_fields(1, "AB", 2, "a note", 6, mixed_side::bid, 1, 15000, 0.25, &active, MIXED_FLAGS_LAST, session, turnover, &trade_date, &at,
                  "x", 1);
  sink.log_fields(2, "ABCDEFG", 7, nullptr, 0, mixed_side::ask, 2, std::numeric_limits<int64_t>::max(), NAN, nullptr, 0, nullptr, turnover,
                  nullptr, nullptr, nullptr, 0);
  mixed_record* const slot = sink.reserve();
  slot->stamp = 3;
  mixed_set_symbol(slot, "", 0);
  slot->side = mixed_side::bid;
  slot->quantity = 3;
  slot->flags = 0;
  std::memcpy(slot->turnover, turnover, sizeof turnover);
  sink.commit();
  mixed_record record{};
  record.stamp = 4;
  mixed_set_symbol(&record, "D", 1);
  record.side = mixed_side::ask;
  record.quantity = 4;
  mixed_set_price(&record, -1);
  mixed_set_imbalance(&record, 0.5);
  std::memcpy(record.turnover, turnover, sizeof turnover);
  const std::array<mixed_record, 1> batch = {{record}};
  if (sink.log_many(batch) != 1) {
    return 1;
  }
  sink.close();
  return sink.stats().accepted_records == 4 ? 0 : 1;
}
