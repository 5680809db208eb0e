#include "descriptor_storage.hpp"

#include <utility>

namespace pqflow::node {

namespace {

void read_integers(const ObjectReader& source, pqflow_field& field) {
  field.field_id = PQFLOW_FIELD_ID_NONE;
  source.read("fieldId", field.field_id);
  source.read("childCount", field.child_count);
  source.read("offsetBytes", field.offset_bytes);
  source.read("widthBytes", field.width_bytes);
  source.read("typeLengthBytes", field.type_length_bytes);
  source.read("nullByteOffsetBytes", field.null_byte_offset_bytes);
  source.read("maxElementCount", field.max_element_count);
  source.read("elementStrideBytes", field.element_stride_bytes);
  source.read("codecLevel", field.codec_level);
  source.read("nullBitIndex", field.null_bit_index);
  source.read("nullBitWhenPresent", field.null_bit_when_present);
  source.read("nullKind", field.null_kind);
  source.read("storage", field.storage);
  source.read("physicalType", field.physical_type);
  source.read("logicalType", field.logical_type);
  source.read("repetition", field.repetition);
  source.read("maxDefinitionLevel", field.max_definition_level);
  source.read("maxRepetitionLevel", field.max_repetition_level);
  source.read("timeUnit", field.time_unit);
  source.read("isAdjustedToUtc", field.is_adjusted_to_utc);
  source.read("integerBitWidth", field.integer_bit_width);
  source.read("integerIsSigned", field.integer_is_signed);
  source.read("decimalPrecision", field.decimal_precision);
  source.read("decimalScale", field.decimal_scale);
  source.read("padByte", field.pad_byte);
  source.read("codec", field.codec);
  source.read("statistics", field.statistics);
  source.read("encoding", field.encoding);
  source.read("unknownCode", field.unknown_code);
  if (source.has("bloomFilterFpp")) {
    field.bloom_filter_fpp = source.number("bloomFilterFpp");
  }
  source.read("bloomFilterNdv", field.bloom_filter_ndv);
}

}  // namespace

DescriptorStorage::DescriptorStorage(const ObjectReader& source) {
  descriptor_.abi_version = source.integer<uint32_t>("abiVersion");
  descriptor_.struct_size_bytes = sizeof(pqflow_descriptor);
  descriptor_.field_size_bytes = sizeof(pqflow_field);
  descriptor_.name = texts_.emplace_back(source.c_text("name")).c_str();
  descriptor_.unpack = nullptr;  // The runtime's generic kernels: a new schema needs no compiler.
  descriptor_.schema_json = keep(source.text("schemaJson"));
  descriptor_.layout_fingerprint = source.unsigned_bigint("layoutFingerprint");
  descriptor_.schema_fingerprint = source.unsigned_bigint("schemaFingerprint");
  descriptor_.schema_version = source.integer<uint32_t>("schemaVersion");
  descriptor_.record_size_bytes = source.integer<uint32_t>("recordSizeBytes");
  descriptor_.record_align_bytes = source.integer<uint32_t>("recordAlignBytes");
  descriptor_.slot_size_bytes = source.integer<uint32_t>("slotSizeBytes");
  read_fields(source);
  read_key_values(source);
  read_sorting_columns(source);
  read_defaults(source.object("defaults"));
}

pqflow_text DescriptorStorage::keep(std::string text) {
  const std::string& kept = texts_.emplace_back(std::move(text));
  return {kept.data(), kept.size()};
}

void DescriptorStorage::read_fields(const ObjectReader& source) {
  const Napi::Array items = source.array("fields");
  fields_.reserve(items.Length());
  for (uint32_t index = 0; index < items.Length(); ++index) {
    fields_.push_back(read_field(source.element(items, index, "fields")));
  }
  descriptor_.fields = fields_.data();
  descriptor_.field_count = static_cast<uint32_t>(fields_.size());
}

pqflow_field DescriptorStorage::read_field(const ObjectReader& source) {
  pqflow_field field{};
  read_integers(source, field);
  read_field_text(source, field);
  if (source.has("nullValueBits")) {
    field.null_value_bits = source.unsigned_bigint("nullValueBits");
  }
  if (source.has("enumValues")) {
    read_enum_values(source, field);
  }
  return field;
}

void DescriptorStorage::read_field_text(const ObjectReader& source, pqflow_field& field) {
  field.name = texts_.emplace_back(source.c_text("name")).c_str();
  if (source.has("member")) {
    field.member = texts_.emplace_back(source.c_text("member")).c_str();
  }
  if (source.has("constantValue")) {
    const Napi::Value bytes = source.value("constantValue");
    if (!bytes.IsTypedArray() || bytes.As<Napi::TypedArray>().TypedArrayType() != napi_uint8_array) {
      source.fail("constantValue", "must be a Uint8Array");
    }
    const auto array = bytes.As<Napi::Uint8Array>();
    const std::string& kept = texts_.emplace_back(array.Data(), array.Data() + array.ByteLength());
    field.constant_value = reinterpret_cast<const uint8_t*>(kept.data());
    field.constant_length_bytes = static_cast<uint32_t>(kept.size());
  }
}

void DescriptorStorage::read_enum_values(const ObjectReader& source, pqflow_field& field) {
  const Napi::Array items = source.array("enumValues");
  std::vector<pqflow_enum_value>& values = enum_values_.emplace_back();
  values.reserve(items.Length());
  for (uint32_t index = 0; index < items.Length(); ++index) {
    const ObjectReader item = source.element(items, index, "enumValues");
    values.push_back({item.signed_bigint("code"), keep(item.text("name"))});
  }
  field.enum_values = values.data();
  field.enum_value_count = static_cast<uint32_t>(values.size());
}

void DescriptorStorage::read_key_values(const ObjectReader& source) {
  const Napi::Array items = source.array("keyValues");
  key_values_.reserve(items.Length());
  for (uint32_t index = 0; index < items.Length(); ++index) {
    const ObjectReader item = source.element(items, index, "keyValues");
    pqflow_text key = keep(item.text("key"));
    key_values_.push_back({key, keep(item.text("value"))});
  }
  descriptor_.key_values = key_values_.data();
  descriptor_.key_value_count = static_cast<uint32_t>(key_values_.size());
}

void DescriptorStorage::read_sorting_columns(const ObjectReader& source) {
  const Napi::Array items = source.array("sortingColumns");
  sorting_columns_.resize(items.Length());
  for (uint32_t index = 0; index < items.Length(); ++index) {
    const ObjectReader item = source.element(items, index, "sortingColumns");
    pqflow_sorting_column& column = sorting_columns_[index];
    item.read("columnIndex", column.column_index);
    item.read("isDescending", column.is_descending);
    item.read("isNullsFirst", column.is_nulls_first);
  }
  descriptor_.sorting_columns = sorting_columns_.data();
  descriptor_.sorting_column_count = static_cast<uint32_t>(sorting_columns_.size());
}

void DescriptorStorage::read_defaults(const ObjectReader& source) {
  pqflow_defaults& defaults = descriptor_.defaults;
  if (source.has("path")) {
    defaults.path = texts_.emplace_back(source.c_text("path")).c_str();
  }
  if (source.has("manifest")) {
    defaults.manifest = texts_.emplace_back(source.c_text("manifest")).c_str();
  }
  source.read("rowGroupBytes", defaults.row_group_bytes);
  source.read("rowGroupRows", defaults.row_group_rows);
  source.read("ringSlotsCount", defaults.ring_slots_count);
  source.read("flushIntervalNs", defaults.flush_interval_ns);
  source.read("rotateBytes", defaults.rotate_bytes);
  source.read("rotateRows", defaults.rotate_rows);
  source.read("rotateIntervalNs", defaults.rotate_interval_ns);
  source.read("rotateClockNs", defaults.rotate_clock_ns);
  source.read("journalIntervalNs", defaults.journal_interval_ns);
  source.read("encoderThreads", defaults.encoder_threads);
  source.read("pageRows", defaults.page_rows);
  source.read("pageBytes", defaults.page_bytes);
  source.read("dataPageVersion", defaults.data_page_version);
  source.read("floatOrder", defaults.float_order);
  source.read("layout", defaults.layout);
  source.read("durability", defaults.durability);
  source.read("orphans", defaults.orphans);
  if (source.has("ringDir")) {
    defaults.ring_dir = texts_.emplace_back(source.c_text("ringDir")).c_str();
  }
  source.read("codecLevel", defaults.codec_level);
  source.read("codec", defaults.codec);
  source.read("profile", defaults.profile);
}

}  // namespace pqflow::node
