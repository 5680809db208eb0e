/* Telemetry from C with a struct of your own: the compiler tells pqflow where each member lies, and pqflow_sink_log() takes the struct as
 * it is. A member that is missing, of another size or of another kind is refused when the sink opens. */
#include <math.h>
#include <pqflow/register.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <telemetry_sink.h>

enum { READING_COUNT = 20000 };

/* The order is this program's; the file's columns keep the order of the schema. */
typedef struct reading {
  uint8_t device[6];
  uint16_t alarms;
  float temperature; /* NaN: no reading. */
  float vibration_rms;
  double pressure;
  int64_t time; /* Milliseconds since 1970-01-01 UTC. */
  uint32_t sequence;
  uint8_t state;
  uint8_t battery;
  uint8_t valid[1];    /* Null bits of the optional fields without null_value: bit 0 is pressure, 1 = present. */
  int local_use_count; /* Not in the schema: not written. */
} reading;

static const pqflow_member members[] = {
    PQFLOW_FIELD(reading, time),     PQFLOW_FIELD(reading, device),  PQFLOW_FIELD(reading, sequence),
    PQFLOW_FIELD(reading, state),    PQFLOW_FIELD(reading, alarms),  PQFLOW_FIELD(reading, temperature),
    PQFLOW_FIELD(reading, pressure), PQFLOW_FIELD(reading, battery), PQFLOW_FIELD(reading, vibration_rms),
    PQFLOW_FIELD(reading, valid),
};
static const pqflow_record_layout layout = PQFLOW_RECORD_LAYOUT(reading, members);

static int fail(const char* what, const pqflow_error* error) {
  fprintf(stderr, "telemetry: %s: %s\n", what, error->message);
  return EXIT_FAILURE;
}

static reading reading_at(uint32_t sequence) {
  reading result;
  memset(&result, 0, sizeof result);
  memcpy(result.device, "\x02\x42\xac\x11\x00\x02", sizeof result.device);
  result.time = 1767623400000 + (int64_t)sequence * 100;
  result.sequence = sequence;
  result.state = TELEMETRY_STATE_RUNNING;
  result.alarms = sequence % 1000 == 0 ? TELEMETRY_ALARMS_VIBRATION : 0;
  result.temperature = sequence % 50 == 0 ? NAN : 20.0F + (float)(sequence % 300) / 10.0F;
  result.vibration_rms = (float)(sequence % 17) / 4.0F;
  result.battery = (uint8_t)(100 - sequence * 100 / READING_COUNT);
  if (sequence % 7 != 0) {
    result.pressure = 1013.25 + (double)(sequence % 100) / 8.0;
    result.valid[0] = 1;
  }
  return result;
}

int main(int argc, char** argv) {
  pqflow_sink* sink;
  pqflow_error error;
  pqflow_options options = telemetry_options_default();
  options.if_exists = PQFLOW_IF_EXISTS_REPLACE;
  const char* const path = argc > 1 ? argv[1] : "telemetry.parquet";
  if (telemetry_sink_open_registered(&sink, &layout, path, &options, &error) != PQFLOW_STATUS_OK) {
    return fail("open", &error);
  }
  for (uint32_t sequence = 0; sequence < READING_COUNT; ++sequence) {
    const reading next = reading_at(sequence);
    pqflow_sink_log(sink, &next, sizeof next);
  }
  int result = EXIT_SUCCESS;
  if (pqflow_sink_close(sink, &error) != PQFLOW_STATUS_OK) {
    result = fail("close", &error);
  }
  pqflow_stats stats = {.struct_size_bytes = sizeof stats};
  pqflow_sink_stats(sink, &stats);
  printf("%llu readings, %llu dropped\n", (unsigned long long)stats.visible_records, (unsigned long long)stats.dropped_records);
  pqflow_sink_free(sink);
  return result;
}
