/* Logs three records with everything nested, in the three ways the generated C has, and checks what the calls answer. argv[1]: the file. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "book_sink.h"

#define CHECK(condition)                                                    \
  do {                                                                      \
    if (!(condition)) {                                                     \
      fprintf(stderr, "line %d: %s does not hold\n", __LINE__, #condition); \
      exit(1);                                                              \
    }                                                                       \
  } while (0)

static void* needed(void* place) {
  CHECK(place != NULL);
  return place;
}

static void fill_origin(book_origin* origin) {
  book_origin_set_host(origin, "a host that is cut", 18);
  book_origin_set_port(origin, 80);
  for (int8_t hop = 1; hop <= 4; ++hop) {
    int8_t* const place = book_origin_route_add_hops(&origin->route);
    CHECK((place != NULL) == (hop <= 3));
    if (place != NULL) {
      *place = hop;
    }
  }
  book_origin_add_inner(origin)->ok = 1;
}

/* Everything present. */
static void fill(book_record* record) {
  record->stamp = 1;
  book_level* const bid = needed(book_add_bids(record));
  bid->px = 100;
  book_level_set_side(bid, BOOK_SIDE_BID);
  book_level* const lower = needed(book_add_bids(record));
  lower->px = 99;
  lower->qty = 8;
  book_level_set_last(lower, 98);
  *(book_level*)needed(book_add_asks(record)) = *lower;
  record->best = *bid;
  fill_origin(book_add_origin(record));
  book_tags_element_set_value(needed(book_add_tags(record)), "one", 3);
  book_tags_element_set_value(needed(book_add_tags(record)), "", 0);
  book_counts_element_set_value(needed(book_add_counts(record)), 5);
  CHECK(!book_counts_element_has_value(needed(book_add_counts(record))));
  *(double*)needed(book_add_ratios(record)) = 0.5;
  *(double*)needed(book_add_ratios(record)) = NAN;
  book_attributes_entry* const attribute = needed(book_add_attributes(record));
  book_attributes_entry_set_key(attribute, "k1", 2);
  book_attributes_entry_set_value(attribute, -1);
  book_attributes_entry_set_key(needed(book_add_attributes(record)), "k2", 2);
  CHECK(book_add_attributes(record) == NULL);
  book_named_entry* const named = needed(book_add_named(record));
  named->key = BOOK_SIDE_ASK;
  named->value.px = 1;
  record->venue.lot = 3;
}

static book_record full_record(void) {
  book_record record;
  book_record_init(&record);
  fill(&record);
  return record;
}

static void expect_invalid(const book_record* record, const char* path) {
  const char* field = NULL;
  CHECK(book_validate(record, &field) == PQFLOW_STATUS_INVALID_VALUE);
  if (field == NULL || strcmp(field, path) != 0) {
    fprintf(stderr, "%s was expected, not %s\n", path, field == NULL ? "nothing" : field);
    exit(1);
  }
}

#define EXPECT_INVALID(path, change)    \
  do {                                  \
    book_record record = full_record(); \
    change;                             \
    expect_invalid(&record, path);      \
  } while (0)

static void check_validate(void) {
  book_record record = full_record();
  const char* field = "untouched";
  CHECK(book_validate(&record, &field) == PQFLOW_STATUS_OK && field == NULL);
  EXPECT_INVALID("bids", record.bids_count = 4);
  EXPECT_INVALID("bids[].qty", record.bids[1].qty = 0);
  EXPECT_INVALID("bids[].side", record.bids[0].side = 'X');
  EXPECT_INVALID("asks", record.asks_count = 4);
  EXPECT_INVALID("asks[].qty", record.asks[0].qty = 0);
  EXPECT_INVALID("best.qty", record.best.qty = 0);
  EXPECT_INVALID("origin.host", record.origin.host.length = 8);
  EXPECT_INVALID("origin.route.hops", record.origin.route.hops_count = 4);
  EXPECT_INVALID("origin.route.hops[]", record.origin.route.hops[2] = -1);
  EXPECT_INVALID("origin.inner.ok", record.origin.inner.ok = 2);
  EXPECT_INVALID("tags[]", record.tags[1].value.length = 8);
  EXPECT_INVALID("counts[]", record.counts[0].value = -1);
  EXPECT_INVALID("ratios", record.ratios_count = 301);
  EXPECT_INVALID("ratios[]", record.ratios[0] = 9.5);
  EXPECT_INVALID("attributes[].key", record.attributes[1].key[0] = '\xff');
  EXPECT_INVALID("named[].key", record.named[0].key = 'X');
  EXPECT_INVALID("named[].value.qty", record.named[0].value.qty = 0);
  record.bids[2].qty = 0; /* Not in use. */
  record.counts[1].value = -1;
  book_clear_origin(&record);
  record.origin.inner.ok = 2; /* Absent. */
  CHECK(book_validate(&record, &field) == PQFLOW_STATUS_OK);
}

static void check_accessors(void) {
  book_record record = full_record();
  CHECK(record.bids_count == 2 && record.bids[0].qty == 7 && !book_level_has_last(&record.bids[0]) && book_level_has_side(&record.bids[0]));
  CHECK(book_has_asks(&record) && book_has_origin(&record) && book_has_counts(&record) && book_has_named(&record));
  book_clear_asks(&record);
  CHECK(!book_has_asks(&record) && record.asks_count == 0);
  book_set_asks(&record, NULL, 0);
  CHECK(book_has_asks(&record) && record.asks_count == 0);
  const book_level levels[4] = {{.px = 1}, {.px = 2}, {.px = 3}, {.px = 4}};
  book_set_bids(&record, levels, 4);
  CHECK(record.bids_count == 3 && record.bids[2].px == 3 && book_add_bids(&record) == NULL);
  book_level level;
  memset(&level, 0xff, sizeof level);
  book_level_init(&level);
  CHECK(level.px == 0 && level.qty == 7 && !book_level_has_last(&level) && !book_level_has_side(&level));
  book_origin origin;
  book_origin_init(&origin);
  book_set_origin(&record, &origin);
  CHECK(record.origin.route.hops_count == 0 && !book_origin_has_inner(&record.origin));
}

int main(int argument_count, char** arguments) {
  CHECK(argument_count == 2);
  check_validate();
  check_accessors();
  book_sink* sink = NULL;
  pqflow_error error;
  pqflow_options options = book_options_default();
  options.codec = PQFLOW_CODEC_UNCOMPRESSED;
  if (book_sink_open(&sink, arguments[1], &options, &error) != PQFLOW_STATUS_OK) {
    fprintf(stderr, "%s\n", error.message);
    return 1;
  }
  book_record* const slot = book_sink_reserve(sink);
  CHECK(slot != NULL && slot->bids_count == 0 && slot->ratios_count == 0 && !book_has_asks(slot) && slot->best.qty == 7);
  fill(slot);
  CHECK(book_sink_commit(sink) == PQFLOW_STATUS_OK);
  const book_level best = {.px = 5, .qty = 6, .last = INT64_MAX};
  const book_venue venue = {.lot = 9};
  CHECK(book_sink_log_fields(sink, 2, NULL, 0, NULL, 0, &best, NULL, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0, &venue) ==
        PQFLOW_STATUS_OK);
  book_record record = full_record();
  record.stamp = 3;
  book_set_asks(&record, NULL, 0);
  book_clear_named(&record);
  book_origin_clear_inner(&record.origin);
  record.origin.route.hops_count = 0;
  CHECK(book_sink_log(sink, &record) == PQFLOW_STATUS_OK);
  if (book_sink_close(sink, &error) != PQFLOW_STATUS_OK) {
    fprintf(stderr, "%s\n", error.message);
    return 1;
  }
  book_sink_free(sink);
  return 0;
}
