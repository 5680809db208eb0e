/* Logs four records: a whole one by log_fields, the same without what may be null, one that reserve made, one that record_init made. Checks
 * accessors and validate. argv[1]: the file to write. */
#include <stdio.h>
#include <stdlib.h>

#include "values_sink.h"

#define CHECK(condition)                                                    \
  do {                                                                      \
    if (!(condition)) {                                                     \
      fprintf(stderr, "line %d: %s does not hold\n", __LINE__, #condition); \
      exit(1);                                                              \
    }                                                                       \
  } while (0)

static const uint8_t document[9] = {9, 0, 0, 0, 8, 'a', 0, 1, 0};
static const pqflow_interval term = {14, UINT32_MAX, 5};

static void fill_required(values_record* record, int32_t number) {
  record->number = number;
  values_set_half(record, 0.1f);
  record->legacy = -1;
  record->term = term;
  values_set_document(record, document, sizeof document);
  record->amount = -129;
  values_set_code(record, "AB", 2);
  record->listed = VALUES_LISTED_ONE;
  record->kept = 5;
}

static void expect_invalid(const values_record* record, const char* name) {
  const char* field = NULL;
  CHECK(values_validate(record, &field) == PQFLOW_STATUS_INVALID_VALUE);
  CHECK(field != NULL && strcmp(field, name) == 0);
}

#define EXPECT_INVALID(name, change) \
  do {                               \
    values_record record;            \
    values_record_init(&record);     \
    fill_required(&record, 0);       \
    change;                          \
    expect_invalid(&record, name);   \
  } while (0)

static void check_validate(void) {
  values_record good;
  values_record_init(&good);
  fill_required(&good, 0);
  values_set_known(&good, 9);
  CHECK(values_validate(&good, NULL) == PQFLOW_STATUS_OK);
  EXPECT_INVALID("half", values_set_half(&record, 101.0f));
  EXPECT_INVALID("document", values_set_document(&record, document, 8));
  EXPECT_INVALID("document", record.document.data[8] = 1);
  EXPECT_INVALID("document", record.document.length = 17);
  EXPECT_INVALID("blob", (values_set_blob(&record, document, 1), record.blob.length = 5));
  EXPECT_INVALID("code", values_set_code(&record, "\xc3\xa9", 2));
  EXPECT_INVALID("tag", values_set_tag(&record, "\xc3\xa9", 2));
  EXPECT_INVALID("listed", record.listed = 2);
}

static void check_accessors(void) {
  values_record record;
  values_record_init(&record);
  CHECK(!values_has_nan_half(&record) && !values_has_sentinel_half(&record) && !values_has_bit_half(&record));
  CHECK(!values_has_maybe_term(&record) && !values_has_blob(&record) && record.number == 0);
  values_set_nan_half(&record, 65519.0f);
  values_set_sentinel_half(&record, 0.3333f);
  CHECK(values_has_nan_half(&record) && values_get_nan_half(&record) == 65504.0f);
  CHECK(values_has_sentinel_half(&record) && values_get_sentinel_half(&record) == 0.333251953125f);
  values_set_sentinel_half(&record, -0.5f);
  CHECK(!values_has_sentinel_half(&record));
}

static void log_records(values_sink* sink) {
  const uint8_t wide[13] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5};
  const uint8_t fixed[3] = {1, 2, 3};
  const float half = 2.5f;
  const values_known known = 9;
  const int32_t given_bit = 3;
  CHECK(values_sink_log_fields(sink, 1, 0.1f, 0.25f, 0.5f, &half, 1000, term, &term, document, sizeof document, document, sizeof document,
                               "\xff", 1, 5, "ABCD", 4, "t", 1, VALUES_LISTED_ONE, 5, &known, 1, &given_bit, 2, 0.5f, 0.5f, 0.5, NULL, "x",
                               1, "y", 1, "z", 1, fixed, &term, wide, VALUES_GIVEN_KNOWN_BID, 0, 1) == PQFLOW_STATUS_OK);
  CHECK(values_sink_log_fields(sink, 2, 0.1f, pqflow_float16_to_float(0x7e00), -0.5f, NULL, 1000, term, NULL, document, sizeof document,
                               NULL, 0, NULL, 0, 5, "ABCD", 4, NULL, 0, VALUES_LISTED_ONE, 5, NULL, 1, NULL, -1, 0.5f, 0.5f, 0.5, NULL,
                               NULL, 0, "y", 1, "z", 1, NULL, NULL, wide, VALUES_GIVEN_KNOWN_BID, 0, 1) == PQFLOW_STATUS_OK);
  values_record* const slot = values_sink_reserve(sink);
  CHECK(slot != NULL);
  fill_required(slot, 3);
  CHECK(values_sink_commit(sink) == PQFLOW_STATUS_OK);
  values_record record;
  values_record_init(&record);
  fill_required(&record, 4);
  CHECK(values_sink_log(sink, &record) == PQFLOW_STATUS_OK);
}

int main(int argument_count, char** arguments) {
  CHECK(argument_count == 2);
  check_validate();
  check_accessors();
  pqflow_error error;
  values_sink* sink = NULL;
  pqflow_options options = values_options_default();
  options.codec = PQFLOW_CODEC_UNCOMPRESSED;
  options.metadata = PQFLOW_METADATA_SCHEMA_ONLY;
  if (values_sink_open(&sink, arguments[1], &options, &error) != PQFLOW_STATUS_OK) {
    fprintf(stderr, "%s\n", error.message);
    return 1;
  }
  log_records(sink);
  CHECK(values_sink_close(sink, &error) == PQFLOW_STATUS_OK);
  pqflow_stats stats;
  CHECK(values_sink_stats(sink, &stats) == PQFLOW_STATUS_OK && stats.visible_records == 4 && stats.invalid_values == 0);
  values_sink_free(sink);
  return 0;
}
