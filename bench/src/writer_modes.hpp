// The ways in which the writer's rows write the same records: descriptor and options.
#pragma once

#include <pqflow/pqflow.h>

#include <bit>
#include <string>
#include <vector>

#include "order_encodings.hpp"

namespace bench {

struct WriterMode {
  std::string name;
  std::vector<pqflow_field> fields;  // Owned: the descriptor refers to them.
  pqflow_descriptor descriptor;
  pqflow_options options;
};

inline WriterMode default_mode(const pqflow_descriptor& source, const std::string& name = "default") {
  WriterMode mode{name, {source.fields, source.fields + source.field_count}, source, pqflow_options_default(&source)};
  mode.options.if_exists = PQFLOW_IF_EXISTS_REPLACE;
  return mode;
}

// Padded text as FIXED_LEN_BYTE_ARRAY: the same bytes on both sides of a comparison of PLAIN.
inline void fix_texts(WriterMode& mode) {
  for (pqflow_field& field : mode.fields) {
    if (field.storage == PQFLOW_STORAGE_PADDED_TEXT) {
      field.storage = PQFLOW_STORAGE_FIXED_BYTES;
      field.physical_type = PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY;
      field.logical_type = PQFLOW_LOGICAL_NONE;
      field.type_length_bytes = field.width_bytes;
      field.pad_byte = 0;
    }
  }
}

inline WriterMode plain_mode(const pqflow_descriptor& source, const std::string& name, bool has_fixed_texts) {
  WriterMode mode = default_mode(source, name);
  for (pqflow_field& field : mode.fields) {
    field.encoding = PQFLOW_ENCODING_PLAIN;
  }
  if (has_fixed_texts) {
    fix_texts(mode);
  }
  mode.options.codec = PQFLOW_CODEC_UNCOMPRESSED;
  return mode;
}

inline WriterMode same_encodings_mode(const pqflow_descriptor& source, const std::string& name, pqflow_codec codec) {
  WriterMode mode = default_mode(source, name);
  for (pqflow_field& field : mode.fields) {
    const bool is_delta = order_encoding(field.name) == OrderEncoding::kDelta;
    field.encoding = is_delta ? PQFLOW_ENCODING_DELTA_BINARY_PACKED : PQFLOW_ENCODING_RLE_DICTIONARY;
  }
  mode.options.codec = codec;
  return mode;
}

// Default settings, but for the threads. The ring holds two row groups for each: open asks for one more than there are threads.
inline WriterMode encoder_threads_mode(const pqflow_descriptor& source, uint32_t encoder_threads) {
  WriterMode mode = default_mode(source, "default_" + std::to_string(encoder_threads) + "_threads");
  mode.options.encoder_threads = encoder_threads;
  mode.options.ring_slots_count = std::bit_ceil(2 * encoder_threads * mode.options.row_group_rows);
  return mode;
}

// Of orders all, of another schema the default only.
inline std::vector<WriterMode> writer_modes(const pqflow_descriptor& source) {
  std::vector<WriterMode> modes = {default_mode(source)};
  if (std::string_view(source.name) == "orders") {
    modes.push_back(encoder_threads_mode(source, 2));
    modes.push_back(plain_mode(source, "plain", true));
    modes.push_back(plain_mode(source, "plain_string", false));
    modes.push_back(same_encodings_mode(source, "same_encodings", PQFLOW_CODEC_UNCOMPRESSED));
    modes.push_back(same_encodings_mode(source, "same_encodings_zstd1", PQFLOW_CODEC_ZSTD));
  }
  return modes;
}

}  // namespace bench
