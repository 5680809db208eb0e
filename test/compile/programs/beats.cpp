// The same four records as beats.c through the generated class. argv[1]: the file to write.
#if defined(HELD_NS)
#define PQFLOW_CLOCK_NOW_NS() HELD_NS
#endif
#include <string>

#include "beats_sink.h"

int main(int, char** arguments) {
  pqflow_options options = BeatsSink::default_options();
  options.codec = PQFLOW_CODEC_UNCOMPRESSED;
  options.metadata = PQFLOW_METADATA_SCHEMA_ONLY;
  BeatsSink sink(std::string(arguments[1]), options);
  sink.log_fields(1, "fields", 6);
  sink.reserve()->pulse = 2;
  sink.commit();
  beats_record record;
  beats_record_init(&record);
  record.pulse = 3;
  beats_set_note(&record, "record", 6);
  sink.log(record);
  record.pulse = 4;
  sink.log(record);
  sink.close();
  return sink.stats().accepted_records == 4 ? 0 : 1;
}
