// The same five records as beats.c through the generated class. argv[1]: the file to write.
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
  beats_record batch[2] = {record, record};
  batch[0].pulse = 4;
  batch[1].pulse = 5;
  sink.log_many(batch, 2);
  sink.close();
  return sink.stats().accepted_records == 5 ? 0 : 1;
}
