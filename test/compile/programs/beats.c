/* Logs five records in the four forms. argv[1]: the file to write. With HELD_NS the clock stands still at that time. */
#if defined(HELD_NS)
#define PQFLOW_CLOCK_NOW_NS() HELD_NS
#endif
#include <string.h>

#include "beats_sink.h"

int main(int argc, char** arguments) {
  beats_sink* sink = NULL;
  pqflow_options options = beats_options_default();
  beats_record record;
  beats_record batch[2];
  beats_record* slot;
  int refused = 0;
  (void)argc;
  options.codec = PQFLOW_CODEC_UNCOMPRESSED;
  options.metadata = PQFLOW_METADATA_SCHEMA_ONLY;
  if (beats_sink_open(&sink, arguments[1], &options, NULL) != PQFLOW_STATUS_OK) {
    return 2;
  }
  refused += beats_sink_log_fields(sink, 1, "fields", 6) != PQFLOW_STATUS_OK;
  slot = beats_sink_reserve(sink);
  slot->pulse = 2;
  refused += beats_sink_commit(sink) != PQFLOW_STATUS_OK;
  memset(&record, 0xff, sizeof record);
  beats_record_init(&record);
  record.pulse = 3;
  beats_set_note(&record, "record", 6);
  refused += beats_sink_log(sink, &record) != PQFLOW_STATUS_OK;
  refused += record.at_ns != 0; /* The caller's record stays as it was. */
  record.at_us = -1;            /* What a caller stores there does not matter, nor is it validated. */
  record.of_day_ms = -1;
  record.pulse = 4;
  refused += beats_validate(&record, NULL) != PQFLOW_STATUS_OK;
  batch[0] = record;
  record.pulse = 5;
  batch[1] = record;
  refused += beats_sink_log_many(sink, batch, 2) != 2;
  refused += batch[0].at_us != -1;
  refused += beats_sink_close(sink, NULL) != PQFLOW_STATUS_OK;
  beats_sink_free(sink);
  return refused;
}
