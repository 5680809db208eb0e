/* Records of Databento's binary encoding (DBN) as their publisher lays them out, versions 1 to 3; each file holds them back to back. Times
 * are nanoseconds since 1970-01-01 UTC, prices 0.000000001; "undefined" is the largest value of the type. */
#ifndef DBN_RECORDS_H
#define DBN_RECORDS_H

#include <stdint.h>

typedef struct dbn_header {
  uint8_t length; /* Of the record, in words of four bytes. */
  uint8_t rtype;
  uint16_t publisher_id;
  uint32_t instrument_id;
  uint64_t ts_event;
} dbn_header;

typedef struct dbn_mbo_msg {
  dbn_header hd;
  uint64_t order_id;
  int64_t price;
  uint32_t size;
  uint8_t flags;
  uint8_t channel_id;
  char action;
  char side;
  uint64_t ts_recv;
  int32_t ts_in_delta;
  uint32_t sequence;
} dbn_mbo_msg;

typedef struct dbn_trade_msg {
  dbn_header hd;
  int64_t price;
  uint32_t size;
  char action;
  char side;
  uint8_t flags;
  uint8_t depth;
  uint64_t ts_recv;
  int32_t ts_in_delta;
  uint32_t sequence;
} dbn_trade_msg;

typedef struct dbn_bid_ask_pair {
  int64_t bid_px;
  int64_t ask_px;
  uint32_t bid_sz;
  uint32_t ask_sz;
  uint32_t bid_ct;
  uint32_t ask_ct;
} dbn_bid_ask_pair;

/* mbp-1 and tbbo. */
typedef struct dbn_mbp1_msg {
  dbn_header hd;
  int64_t price;
  uint32_t size;
  char action;
  char side;
  uint8_t flags;
  uint8_t depth;
  uint64_t ts_recv;
  int32_t ts_in_delta;
  uint32_t sequence;
  dbn_bid_ask_pair levels[1];
} dbn_mbp1_msg;

typedef struct dbn_ohlcv_msg {
  dbn_header hd;
  int64_t open;
  int64_t high;
  int64_t low;
  int64_t close;
  uint64_t volume;
} dbn_ohlcv_msg;

/* Versions 1 and 2. */
typedef struct dbn_stat_msg_v1 {
  dbn_header hd;
  uint64_t ts_recv;
  uint64_t ts_ref;
  int64_t price;
  int32_t quantity;
  uint32_t sequence;
  int32_t ts_in_delta;
  uint16_t stat_type;
  uint16_t channel_id;
  uint8_t update_action;
  uint8_t stat_flags;
  char reserved[6];
} dbn_stat_msg_v1;

/* Version 3: a wider quantity moved everything behind it. */
typedef struct dbn_stat_msg_v3 {
  dbn_header hd;
  uint64_t ts_recv;
  uint64_t ts_ref;
  int64_t price;
  int64_t quantity;
  uint32_t sequence;
  int32_t ts_in_delta;
  uint16_t stat_type;
  uint16_t channel_id;
  uint8_t update_action;
  uint8_t stat_flags;
  char reserved[18];
} dbn_stat_msg_v3;

#endif
