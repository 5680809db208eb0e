// Every member of a descriptor, once: what is written is what is read. Private to descriptor_bytes.cpp.
#pragma once

#include <pqflow/descriptor.h>

namespace pqflow::columns {

// A Stream has numbers(), name() for texts that end with NUL and may be null, text(), constant() and items(). A member that is added to one
// of these structures changes its size here: transfer it, and raise the version in the first eight bytes.
#define PQFLOW_IS_TRANSFERRED(type, size_bytes) \
  static_assert(sizeof(void*) != 8 || sizeof(type) == (size_bytes), "a member is not transferred")

template <typename Stream>
void transfer(Stream& stream, pqflow_enum_value& value) {
  PQFLOW_IS_TRANSFERRED(pqflow_enum_value, 24);
  stream.numbers(value.code);
  stream.text(value.name);
}

template <typename Stream>
void transfer(Stream& stream, pqflow_key_value& entry) {
  PQFLOW_IS_TRANSFERRED(pqflow_key_value, 32);
  stream.text(entry.key);
  stream.text(entry.value);
}

template <typename Stream>
void transfer(Stream& stream, pqflow_sorting_column& column) {
  PQFLOW_IS_TRANSFERRED(pqflow_sorting_column, 8);
  stream.numbers(column.column_index, column.is_descending, column.is_nulls_first, column.reserved);
}

template <typename Stream>
void transfer(Stream& stream, pqflow_field& field) {
  PQFLOW_IS_TRANSFERRED(pqflow_field, 120);
  stream.name(field.name);
  stream.name(field.member);
  stream.items(field.enum_values, field.enum_value_count);
  stream.constant(field.constant_value, field.constant_length_bytes);
  stream.numbers(field.null_value_bits, field.bloom_filter_fpp, field.bloom_filter_ndv, field.field_id, field.child_count);
  stream.numbers(field.offset_bytes, field.width_bytes, field.type_length_bytes, field.null_byte_offset_bytes, field.max_element_count,
                 field.element_stride_bytes, field.codec_level);
  stream.numbers(field.null_bit_index, field.null_bit_when_present, field.null_kind, field.storage, field.physical_type, field.logical_type,
                 field.repetition, field.max_definition_level, field.max_repetition_level);
  stream.numbers(field.time_unit, field.is_adjusted_to_utc, field.integer_bit_width, field.integer_is_signed, field.decimal_precision,
                 field.decimal_scale, field.pad_byte, field.codec, field.statistics, field.encoding, field.unknown_code);
}

template <typename Stream>
void transfer(Stream& stream, pqflow_defaults& defaults) {
  PQFLOW_IS_TRANSFERRED(pqflow_defaults, 120);
  stream.name(defaults.path);
  stream.name(defaults.manifest);
  stream.name(defaults.ring_dir);
  stream.numbers(defaults.row_group_bytes, defaults.row_group_rows, defaults.ring_slots_count, defaults.flush_interval_ns,
                 defaults.rotate_bytes, defaults.rotate_rows, defaults.rotate_interval_ns, defaults.rotate_clock_ns,
                 defaults.journal_interval_ns);
  stream.numbers(defaults.page_rows, defaults.page_bytes, defaults.codec_level, defaults.codec, defaults.profile,
                 defaults.data_page_version, defaults.float_order, defaults.encoder_threads, defaults.layout, defaults.durability,
                 defaults.orphans, defaults.reserved);
}

template <typename Stream>
void transfer(Stream& stream, pqflow_descriptor& descriptor) {
  PQFLOW_IS_TRANSFERRED(pqflow_descriptor, 232);
  stream.numbers(descriptor.abi_version);
  stream.name(descriptor.name);
  stream.items(descriptor.fields, descriptor.field_count);
  stream.items(descriptor.key_values, descriptor.key_value_count);
  stream.items(descriptor.sorting_columns, descriptor.sorting_column_count);
  stream.text(descriptor.schema_json);
  transfer(stream, descriptor.defaults);
  stream.numbers(descriptor.layout_fingerprint, descriptor.schema_fingerprint, descriptor.schema_version, descriptor.record_size_bytes,
                 descriptor.record_align_bytes, descriptor.slot_size_bytes);
}

#undef PQFLOW_IS_TRANSFERRED

}  // namespace pqflow::columns
