/* Logs four records in the four ways the generated C has, and checks what the calls answer. argv[1]: the file to write. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "mixed_sink.h"

#define CHECK(condition)                                                    \
  do {                                                                      \
    if (!(condition)) {                                                     \
      fprintf(stderr, "line %d: %s does not hold\n", __LINE__, #condition); \
      exit(1);                                                              \
    }                                                                       \
  } while (0)

static const uint8_t session[16] = {0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf0, 1, 2, 3, 4, 5, 6, 7, 8};
static const uint8_t turnover[13] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x30, 0x39}; /* 123.45 */

static mixed_record valid_record(void) {
  mixed_record record;
  memset(&record, 0, sizeof record);
  record.stamp = 4;
  mixed_set_symbol(&record, "D", 1);
  record.side = MIXED_SIDE_ASK;
  record.quantity = 4;
  mixed_set_price(&record, -1);
  mixed_set_imbalance(&record, 0.5);
  memcpy(record.turnover, turnover, sizeof turnover);
  return record;
}

static void expect_invalid(const mixed_record* record, const char* name) {
  const char* field = NULL;
  CHECK(mixed_validate(record, &field) == PQFLOW_STATUS_INVALID_VALUE);
  if (field == NULL || strcmp(field, name) != 0) {
    fprintf(stderr, "%s was expected, not %s\n", name, field == NULL ? "nothing" : field);
    exit(1);
  }
  CHECK(mixed_validate(record, NULL) == PQFLOW_STATUS_INVALID_VALUE);
}

#define EXPECT_INVALID(name, change)      \
  do {                                    \
    mixed_record record = valid_record(); \
    change;                               \
    expect_invalid(&record, name);        \
  } while (0)

static void check_validate(void) {
  const mixed_record good = valid_record();
  const char* field = "untouched";
  CHECK(mixed_validate(&good, &field) == PQFLOW_STATUS_OK && field == NULL);
  CHECK(mixed_validate(NULL, &field) == PQFLOW_STATUS_INVALID_ARGUMENT);
  EXPECT_INVALID("symbol", record.symbol.length = 6);
  EXPECT_INVALID("symbol", mixed_set_symbol(&record, "\xc3(", 2));
  EXPECT_INVALID("note", mixed_set_note(&record, "\xed\xa0\x80", 3));
  EXPECT_INVALID("note", (mixed_set_note(&record, "", 0), record.note.length = 302));
  EXPECT_INVALID("side", record.side = 'X');
  EXPECT_INVALID("quantity", record.quantity = 0);
  EXPECT_INVALID("quantity", record.quantity = 1001);
  EXPECT_INVALID("price", record.price = INT64_C(1000000000000000000));
  EXPECT_INVALID("active", mixed_set_active(&record, 2));
  EXPECT_INVALID("flags", record.flags = 1);
  EXPECT_INVALID("turnover", memset(record.turnover, 0x7f, sizeof record.turnover));
  EXPECT_INVALID("turnover", record.turnover[0] = 0x80);
  EXPECT_INVALID("at", mixed_set_at(&record, 86400000));
  EXPECT_INVALID("at", mixed_set_at(&record, -1));
  EXPECT_INVALID("class", mixed_set_class(&record, "\xff   ", 4));
  mixed_record record = valid_record();
  mixed_clear_price(&record);
  record.active = 9; /* Absent: not looked at. */
  CHECK(mixed_validate(&record, &field) == PQFLOW_STATUS_OK);
}

static void check_accessors(void) {
  mixed_record record = valid_record();
  CHECK(mixed_has_price(&record) && mixed_has_imbalance(&record) && !mixed_has_note(&record) && !mixed_has_class(&record));
  mixed_set_class(&record, "abcdef", 6);
  CHECK(mixed_has_class(&record) && !mixed_has_at(&record) && memcmp(record.class_, "abcd", 4) == 0);
  mixed_clear_class(&record);
  mixed_clear_price(&record);
  mixed_clear_imbalance(&record);
  CHECK(!mixed_has_class(&record) && !mixed_has_price(&record) && !mixed_has_imbalance(&record));
  const mixed_flags both = MIXED_FLAGS_LAST | MIXED_FLAGS_SNAPSHOT;
  CHECK(mixed_flags_set(MIXED_FLAGS_LAST, MIXED_FLAGS_SNAPSHOT) == both &&
        mixed_flags_clear(both, MIXED_FLAGS_LAST) == MIXED_FLAGS_SNAPSHOT);
  CHECK(mixed_flags_has(both, MIXED_FLAGS_LAST) && !mixed_flags_has(MIXED_FLAGS_LAST, both));
}

static void check_misuse(void) {
  const mixed_record record = valid_record();
  CHECK(mixed_sink_log(NULL, &record) == PQFLOW_STATUS_INVALID_HANDLE);
  CHECK(mixed_sink_log_many(NULL, &record, 1) == 0);
  CHECK(mixed_sink_reserve(NULL) == NULL);
  CHECK(mixed_sink_commit(NULL) == PQFLOW_STATUS_INVALID_HANDLE);
  CHECK(mixed_sink_lane(NULL) == NULL);
  CHECK(mixed_sink_flush(NULL, NULL) == PQFLOW_STATUS_INVALID_HANDLE);
  CHECK(mixed_sink_close(NULL, NULL) == PQFLOW_STATUS_INVALID_HANDLE);
  CHECK(mixed_sink_open(NULL, NULL, NULL, NULL) == PQFLOW_STATUS_INVALID_ARGUMENT);
  pqflow_error error;
  pqflow_sink* sink = NULL;
  CHECK(mixed_sink_open_registered(&sink, NULL, NULL, NULL, &error) == PQFLOW_STATUS_INVALID_ARGUMENT);
  CHECK(sink == NULL && error.status == PQFLOW_STATUS_INVALID_ARGUMENT);
  mixed_sink_free(NULL);
}

static void log_in_every_way(mixed_sink* sink) {
  const uint8_t active = 1;
  const int32_t trade_date = 20000;
  const int32_t at = 86399999;
  mixed_lane* const lane = mixed_sink_lane(sink);
  CHECK(mixed_sink_log_fields(sink, 1, "AB", 2, "a note", 6, MIXED_SIDE_BID, 1, 15000, 0.25, &active, MIXED_FLAGS_LAST, session, turnover,
                              &trade_date, &at, "x", 1) == PQFLOW_STATUS_OK);
  CHECK(mixed_log_fields(lane, 2, "ABCDEFG", 7, NULL, 0, MIXED_SIDE_ASK, 2, INT64_MAX, NAN, NULL, 0, NULL, turnover, NULL, NULL, NULL, 0) ==
        PQFLOW_STATUS_OK);
  mixed_record* const slot = mixed_reserve(lane);
  CHECK(slot != NULL && !mixed_has_note(slot) && !mixed_has_price(slot) && !mixed_has_imbalance(slot) && !mixed_has_class(slot));
  slot->stamp = 3;
  mixed_set_symbol(slot, "", 0);
  slot->side = MIXED_SIDE_BID;
  slot->quantity = 3;
  slot->flags = 0;
  memcpy(slot->turnover, turnover, sizeof turnover);
  mixed_commit(lane);
  const mixed_record record = valid_record();
  CHECK(mixed_sink_log(sink, &record) == PQFLOW_STATUS_OK);
  CHECK(mixed_sink_log_many(sink, NULL, 3) == 0);
  CHECK(mixed_sink_log_many(sink, &record, 0) == 0);
}

int main(int argument_count, char** arguments) {
  CHECK(argument_count == 2);
  check_validate();
  check_accessors();
  check_misuse();
  pqflow_error error;
  mixed_sink* sink = NULL;
  pqflow_options options = mixed_options_default();
  options.codec = PQFLOW_CODEC_UNCOMPRESSED;
  if (mixed_sink_open(&sink, arguments[1], &options, &error) != PQFLOW_STATUS_OK) {
    fprintf(stderr, "%s\n", error.message);
    return 1;
  }
  log_in_every_way(sink);
  CHECK(mixed_sink_close(sink, &error) == PQFLOW_STATUS_OK);
  pqflow_stats stats;
  CHECK(mixed_sink_stats(sink, &stats) == PQFLOW_STATUS_OK && stats.accepted_records == 4 && stats.visible_records == 4);
  const mixed_record record = valid_record();
  CHECK(mixed_sink_log(sink, &record) == PQFLOW_STATUS_CLOSED);
  CHECK(mixed_sink_log_many(sink, &record, 1) == 0);
  CHECK(mixed_sink_reserve(sink) == NULL && pqflow_lane_refusal(&mixed_sink_lane(sink)->lane) == PQFLOW_STATUS_CLOSED);
  mixed_sink_free(sink);
  return 0;
}
