/* Replays CAN frames in C, through the generated functions. Usage: can_replay T.npy ADDRESS.npy SRC.npy DATA.npy OUTPUT.parquet */
#include <can_frame_sink.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

enum { ARRAY_COUNT = 4, ITEM_BYTES = 8, HEADER_LENGTH_OFFSET = 8, HEADER_OFFSET = 10 };

/* The numbers of a .npy file, eight bytes each. */
typedef struct array {
  uint8_t* file;
  const uint8_t* items;
  size_t count;
} array;

static int read_array(const char* path, array* result) {
  FILE* file = fopen(path, "rb");
  if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
    return 0;
  }
  const long size_bytes = ftell(file);
  rewind(file);
  result->file = malloc((size_t)size_bytes);
  const int is_read = result->file != NULL && fread(result->file, 1, (size_t)size_bytes, file) == (size_t)size_bytes;
  fclose(file);
  if (is_read) {
    const size_t start = (size_t)HEADER_OFFSET + result->file[HEADER_LENGTH_OFFSET] + 256U * result->file[HEADER_LENGTH_OFFSET + 1];
    result->items = result->file + start;
    result->count = ((size_t)size_bytes - start) / ITEM_BYTES;
  }
  return is_read;
}

static int64_t integer_at(const array* values, size_t index) {
  int64_t value;
  memcpy(&value, values->items + index * ITEM_BYTES, sizeof value);
  return value;
}

static double double_at(const array* values, size_t index) {
  double value;
  memcpy(&value, values->items + index * ITEM_BYTES, sizeof value);
  return value;
}

/* A replay can wait where a feed cannot. */
static void log_frame(can_frame_sink* sink, const array* arrays, size_t index) {
  while (can_frame_sink_log_fields(sink, double_at(&arrays[0], index), (uint32_t)integer_at(&arrays[1], index),
                                   (uint8_t)integer_at(&arrays[2], index),
                                   arrays[3].items + index * ITEM_BYTES) == PQFLOW_STATUS_RING_FULL) {
    sched_yield();
  }
}

static int failed(const char* what) {
  fprintf(stderr, "can_replay: %s\n", what);
  return 1;
}

int main(int argc, char** argv) {
  if (argc != ARRAY_COUNT + 2) {
    return failed("usage: can_replay T.npy ADDRESS.npy SRC.npy DATA.npy OUTPUT.parquet");
  }
  array arrays[ARRAY_COUNT];
  for (int index = 0; index < ARRAY_COUNT; ++index) {
    if (!read_array(argv[index + 1], &arrays[index])) {
      return failed(argv[index + 1]);
    }
  }
  pqflow_options options = pqflow_options_default(can_frame_descriptor());
  options.metadata = PQFLOW_METADATA_SCHEMA_ONLY;
  can_frame_sink* sink = NULL;
  pqflow_error error;
  if (can_frame_sink_open(&sink, argv[ARRAY_COUNT + 1], &options, &error) != PQFLOW_STATUS_OK) {
    return failed(error.message);
  }
  for (size_t index = 0; index < arrays[0].count; ++index) {
    log_frame(sink, arrays, index);
  }
  const pqflow_status status = can_frame_sink_close(sink, &error);
  can_frame_sink_free(sink);
  for (int index = 0; index < ARRAY_COUNT; ++index) {
    free(arrays[index].file);
  }
  return status == PQFLOW_STATUS_OK ? 0 : failed(error.message);
}
