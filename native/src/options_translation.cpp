#include "options_translation.hpp"

namespace pqflow::node {

namespace {

template <typename Enumeration>
void read_enumeration(const ObjectReader& source, const char* name, Enumeration& target) {
  if (source.has(name)) {
    target = static_cast<Enumeration>(source.integer<uint8_t>(name));
  }
}

template <typename Number>
void write(Napi::Object& object, const char* name, Number value) {
  object.Set(name, Napi::Number::New(object.Env(), static_cast<double>(value)));
}

void write_text(Napi::Object& object, const char* name, const char* text) {
  object.Set(name, text == nullptr ? object.Env().Null() : Napi::String::New(object.Env(), text));
}

// Null: none, whatever the schema says.
void read_manifest(const ObjectReader& source, pqflow_options& options, std::string& manifest) {
  if (source.value("manifest").IsUndefined()) {
    return;
  }
  options.manifest = nullptr;
  if (source.has("manifest")) {
    manifest = source.c_text("manifest");
    options.manifest = manifest.c_str();
  }
}

// The schema's level belongs to the schema's codec: another codec without a level takes its own.
void read_codec(const ObjectReader& source, pqflow_options& options) {
  const pqflow_codec schema_codec = options.codec;
  read_enumeration(source, "codec", options.codec);
  if (options.codec != schema_codec) {
    options.codec_level = PQFLOW_CODEC_LEVEL_DEFAULT;
  }
  source.read("codecLevel", options.codec_level);
}

}  // namespace

pqflow_options read_options(const ObjectReader& source, const pqflow_descriptor& descriptor, OptionTexts& texts) {
  // The default sleep depends on the ring, that on row groups, encoders and durability, the default codec on the profile: asked for with
  // those that will be used.
  pqflow_descriptor chosen = descriptor;
  source.read("ringSlotsCount", chosen.defaults.ring_slots_count);
  source.read("rowGroupRows", chosen.defaults.row_group_rows);
  source.read("encoderThreads", chosen.defaults.encoder_threads);
  source.read("durability", chosen.defaults.durability);
  source.read("profile", chosen.defaults.profile);
  pqflow_options options = pqflow_options_default(&chosen);
  read_manifest(source, options, texts.manifest);
  source.read("rowGroupBytes", options.row_group_bytes);
  source.read("peakRecordsPerS", options.peak_records_per_s);
  source.read("idleSleepMaxNs", options.idle_sleep_max_ns);
  source.read("flushIntervalNs", options.flush_interval_ns);
  source.read("rotateBytes", options.rotate_bytes);
  source.read("rotateRows", options.rotate_rows);
  source.read("rotateIntervalNs", options.rotate_interval_ns);
  source.read("rotateClockNs", options.rotate_clock_ns);
  source.read("journalIntervalNs", options.journal_interval_ns);
  source.read("pageRows", options.page_rows);
  source.read("pageBytes", options.page_bytes);
  source.read("dataPageVersion", options.data_page_version);
  read_enumeration(source, "floatOrder", options.float_order);
  read_enumeration(source, "layout", options.layout);
  read_codec(source, options);
  read_enumeration(source, "ifExists", options.if_exists);
  read_enumeration(source, "idleStrategy", options.idle_strategy);
  read_enumeration(source, "slotRelease", options.slot_release);
  read_enumeration(source, "metadata", options.metadata);
  read_enumeration(source, "fullPolicy", options.full_policy);
  source.read("fullTimeoutNs", options.full_timeout_ns);
  source.read("maxLanes", options.max_lanes);
  read_enumeration(source, "ringMemory", options.ring_memory);
  read_enumeration(source, "durability", options.durability);
  read_enumeration(source, "orphans", options.orphans);
  if (source.has("ringDir")) {
    texts.ring_dir = source.c_text("ringDir");
    options.ring_dir = texts.ring_dir.c_str();
  }
  return options;
}

Napi::Object write_options(Napi::Env env, const pqflow_options& options) {
  Napi::Object object = Napi::Object::New(env);
  write_text(object, "path", options.path);
  write_text(object, "manifest", options.manifest);
  write(object, "ringSlotsCount", options.ring_slots_count);
  write(object, "rowGroupRows", options.row_group_rows);
  write(object, "rowGroupBytes", options.row_group_bytes);
  write(object, "peakRecordsPerS", options.peak_records_per_s);
  write(object, "idleSleepMaxNs", options.idle_sleep_max_ns);
  write(object, "flushIntervalNs", options.flush_interval_ns);
  write(object, "rotateBytes", options.rotate_bytes);
  write(object, "rotateRows", options.rotate_rows);
  write(object, "rotateIntervalNs", options.rotate_interval_ns);
  write(object, "rotateClockNs", options.rotate_clock_ns);
  write(object, "journalIntervalNs", options.journal_interval_ns);
  write(object, "encoderThreads", options.encoder_threads);
  write(object, "pageRows", options.page_rows);
  write(object, "pageBytes", options.page_bytes);
  write(object, "dataPageVersion", options.data_page_version);
  write(object, "floatOrder", options.float_order);
  write(object, "layout", options.layout);
  write(object, "codecLevel", options.codec_level);
  write(object, "codec", options.codec);
  write(object, "ifExists", options.if_exists);
  write(object, "idleStrategy", options.idle_strategy);
  write(object, "slotRelease", options.slot_release);
  write(object, "metadata", options.metadata);
  write(object, "fullPolicy", options.full_policy);
  write(object, "fullTimeoutNs", options.full_timeout_ns);
  write(object, "maxLanes", options.max_lanes);
  write(object, "ringMemory", options.ring_memory);
  write(object, "durability", options.durability);
  write(object, "orphans", options.orphans);
  object.Set("ringDir", options.ring_dir);
  write(object, "profile", options.profile);
  return object;
}

}  // namespace pqflow::node
