// A schema of three columns, written by hand as the generator would: ticks numbered by their `sequence`.
#pragma once

#include <pqflow/pqflow.h>

#include <cstring>

namespace pqflow::sink::test {

struct Tick {
  int64_t sequence;
  double price;
  char symbol[8];
};

constexpr uint64_t kTickFingerprint = 0x1234;

inline pqflow_field make_field(const char* name, uint32_t offset_bytes, uint32_t width_bytes, pqflow_storage storage,
                               pqflow_physical_type type) {
  pqflow_field field{};
  field.name = name;
  field.member = name;
  field.field_id = PQFLOW_FIELD_ID_NONE;
  field.offset_bytes = offset_bytes;
  field.width_bytes = width_bytes;
  field.storage = static_cast<uint8_t>(storage);
  field.physical_type = static_cast<uint8_t>(type);
  field.codec = PQFLOW_CODEC_FROM_FILE;
  field.statistics = PQFLOW_COLUMN_STATISTICS_PAGE;
  return field;
}

inline const pqflow_field* tick_fields() {
  static const struct Fields {
    Fields() {
      fields[2].logical_type = PQFLOW_LOGICAL_STRING;
      fields[2].pad_byte = ' ';
    }
    pqflow_field fields[3] = {
        make_field("sequence", offsetof(Tick, sequence), 8, PQFLOW_STORAGE_INT64, PQFLOW_PHYSICAL_INT64),
        make_field("price", offsetof(Tick, price), 8, PQFLOW_STORAGE_DOUBLE, PQFLOW_PHYSICAL_DOUBLE),
        make_field("symbol", offsetof(Tick, symbol), 8, PQFLOW_STORAGE_PADDED_TEXT, PQFLOW_PHYSICAL_BYTE_ARRAY),
    };
  } all;
  return all.fields;
}

inline pqflow_descriptor tick_descriptor() {
  pqflow_descriptor descriptor{};
  descriptor.abi_version = PQFLOW_ABI_VERSION;
  descriptor.struct_size_bytes = sizeof descriptor;
  descriptor.field_size_bytes = sizeof(pqflow_field);
  descriptor.field_count = 3;
  descriptor.name = "ticks";
  descriptor.fields = tick_fields();
  descriptor.defaults.codec = PQFLOW_CODEC_UNCOMPRESSED;
  descriptor.layout_fingerprint = kTickFingerprint;
  descriptor.schema_fingerprint = 0x5678;
  descriptor.schema_version = 1;
  descriptor.record_size_bytes = sizeof(Tick);
  descriptor.record_align_bytes = alignof(Tick);
  descriptor.slot_size_bytes = pqflow_slot_size_bytes(sizeof(Tick), alignof(Tick));
  return descriptor;
}

// What opens a sink of ticks at `path`. Everything it is given must outlive it.
inline pqflow_open_request tick_request(const pqflow_descriptor& descriptor, const pqflow_options& options, const char* path) {
  pqflow_open_request request{};
  request.abi_version = PQFLOW_ABI_VERSION;
  request.struct_size_bytes = sizeof request;
  request.descriptor = &descriptor;
  request.options = &options;
  request.path = path;
  request.layout_fingerprint = kTickFingerprint;
  request.record_size_bytes = descriptor.record_size_bytes;
  return request;
}

inline Tick make_tick(int64_t sequence) {
  Tick tick{sequence, static_cast<double>(sequence) / 2, {}};
  std::memcpy(tick.symbol, "MSFT    ", sizeof tick.symbol);
  return tick;
}

}  // namespace pqflow::sink::test
