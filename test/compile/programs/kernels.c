/* Writes the same records twice, through the generated unpack kernel and through the runtime's generic ones. Every byte of a record is
 * random: bad values as well. RECORD, DESCRIPTOR and FINGERPRINT name a generated schema; argv[1] and argv[2] are the files. */
#include HEADER

#include <stdio.h>

enum { RECORD_COUNT = 5000 };

static uint64_t state = 88172645463325252u;

static uint8_t random_byte(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (uint8_t)(state >> 24);
}

static int write_file(const pqflow_descriptor* descriptor, const char* path) {
  pqflow_options options = pqflow_options_default(descriptor);
  options.codec = PQFLOW_CODEC_UNCOMPRESSED;
  options.metadata = PQFLOW_METADATA_SCHEMA_ONLY;
  options.row_group_rows = 2048;
  options.page_rows = 701; /* Turns of four records leave a rest. */
  options.ring_slots_count = 8192;
  options.peak_records_per_s = 0;
  options.durability =
      PQFLOW_DURABILITY_FILE; /* Records of 130 KB are among them: a ring in memory would take what the machine may need. */
  pqflow_error error;
  pqflow_sink* sink = NULL;
  if (pqflow_record_sink_open(&sink, descriptor, FINGERPRINT, sizeof(RECORD), NULL, path, &options, &error) != PQFLOW_STATUS_OK) {
    fprintf(stderr, "%s\n", error.message);
    return 1;
  }
  state = 88172645463325252u;
  for (int index = 0; index < RECORD_COUNT; ++index) {
    uint8_t bytes[sizeof(RECORD)];
    for (size_t offset = 0; offset < sizeof bytes; ++offset) {
      bytes[offset] = random_byte();
    }
    if (pqflow_sink_log(sink, bytes, sizeof bytes) != PQFLOW_STATUS_OK) {
      return 1;
    }
  }
  const pqflow_status status = pqflow_sink_close(sink, &error);
  if (status != PQFLOW_STATUS_OK) {
    fprintf(stderr, "%s\n", error.message);
  }
  pqflow_sink_free(sink);
  return status == PQFLOW_STATUS_OK ? 0 : 1;
}

int main(int argument_count, char** arguments) {
  pqflow_descriptor generic = *DESCRIPTOR();
  generic.unpack = NULL;
  return argument_count == 3 && write_file(DESCRIPTOR(), arguments[1]) == 0 ? write_file(&generic, arguments[2]) : 1;
}
