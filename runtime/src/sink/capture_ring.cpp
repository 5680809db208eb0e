#include "sink/capture_ring.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "columns/descriptor_bytes.hpp"
#include "sink/options.hpp"

namespace pqflow::sink {

namespace {

pqflow_defaults defaults_of(const OpenPlan& plan) {
  const pqflow_options& options = plan.options;
  pqflow_defaults defaults{};
  defaults.path = plan.path_template.c_str();
  defaults.ring_dir = plan.ring_dir.c_str();
  defaults.row_group_bytes = options.row_group_bytes;
  defaults.row_group_rows = options.row_group_rows;
  defaults.ring_slots_count = options.ring_slots_count;
  defaults.flush_interval_ns = options.flush_interval_ns;
  defaults.rotate_bytes = options.rotate_bytes;
  defaults.rotate_rows = options.rotate_rows;
  defaults.rotate_interval_ns = options.rotate_interval_ns;
  defaults.page_rows = options.page_rows;
  defaults.page_bytes = options.page_bytes;
  defaults.codec_level = options.codec_level;
  defaults.codec = static_cast<uint8_t>(options.codec);
  defaults.profile = static_cast<uint8_t>(options.profile);
  defaults.data_page_version = static_cast<uint8_t>(options.data_page_version);
  defaults.float_order = static_cast<uint8_t>(options.float_order);
  defaults.encoder_threads = options.encoder_threads;
  defaults.layout = static_cast<uint8_t>(options.layout);
  defaults.journal_interval_ns = options.journal_interval_ns;
  defaults.durability = static_cast<uint8_t>(options.durability);
  defaults.orphans = static_cast<uint8_t>(options.orphans);
  return defaults;
}

std::vector<pqflow_key_value> key_values_of(const columns::RecordSchema& schema) {
  std::vector<pqflow_key_value> entries;
  for (const auto& [key, value] : schema.key_values) {
    entries.push_back({{key.data(), key.size()}, {value.data(), value.size()}});
  }
  return entries;
}

base::Result check_directory(const std::string& directory, const base::SystemCalls& system) {
  const int fd = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) {
    const int os_error = errno;
    return base::Result::failure(PQFLOW_STATUS_IO_ERROR,
                                 "cannot reach ring_dir " + directory + ": " + std::generic_category().message(os_error) + " (errno " +
                                     std::to_string(os_error) + ")",
                                 os_error);
  }
  const bool is_in_memory = system.is_in_memory(system.context, fd) == 1;
  ::close(fd);
  return is_in_memory ? base::Result::ok()
                      : base::Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT,
                                              "ring_dir " + directory +
                                                  " is not on a file system in memory, and producers would wait for a disk; choose one on "
                                                  "tmpfs such as /dev/shm, or set durability to FILE");
}

}  // namespace

std::vector<uint8_t> describe_capture(const OpenPlan& plan) {
  const columns::RecordSchema& schema = plan.schema;
  const std::vector<pqflow_key_value> key_values = key_values_of(schema);
  pqflow_descriptor descriptor{};
  descriptor.abi_version = PQFLOW_ABI_VERSION;
  descriptor.struct_size_bytes = sizeof(pqflow_descriptor);
  descriptor.field_size_bytes = sizeof(pqflow_field);
  descriptor.field_count = static_cast<uint32_t>(schema.fields.size());
  descriptor.name = schema.name.c_str();
  descriptor.fields = schema.fields.data();
  descriptor.key_values = key_values.data();
  descriptor.key_value_count = static_cast<uint32_t>(key_values.size());
  descriptor.sorting_columns = schema.sorting_columns.data();
  descriptor.sorting_column_count = static_cast<uint32_t>(schema.sorting_columns.size());
  descriptor.schema_json = {schema.schema_json.data(), schema.schema_json.size()};
  descriptor.defaults = defaults_of(plan);
  descriptor.layout_fingerprint = schema.layout_fingerprint;
  descriptor.schema_fingerprint = schema.schema_fingerprint;
  descriptor.schema_version = schema.schema_version;
  descriptor.record_size_bytes = schema.record_size_bytes;
  descriptor.record_align_bytes = schema.record_align_bytes;
  descriptor.slot_size_bytes = schema.slot_size_bytes;
  return columns::encode_descriptor(descriptor);
}

JournalOptions journal_options(const OpenPlan& plan) {
  JournalOptions journal;
  if (plan.options.durability != PQFLOW_DURABILITY_JOURNAL) {
    return journal;
  }
  journal.is_on = true;
  journal.interval_ns = plan.options.journal_interval_ns;
  journal.identity = journal::make_journal_identity();
  const size_t slash = plan.path_template.rfind('/', plan.path_template.find('{'));
  journal.identity.folder = slash == std::string::npos ? "" : plan.path_template.substr(0, slash + 1);
  journal.identity.layout_fingerprint = plan.schema.layout_fingerprint;
  journal.identity.schema_fingerprint = plan.schema.schema_fingerprint;
  journal.identity.slot_size_bytes = plan.schema.slot_size_bytes;
  journal.identity.record_size_bytes = plan.schema.record_size_bytes;
  journal.identity.descriptor = describe_capture(plan);
  return journal;
}

base::Result create_ring(const OpenPlan& plan, const base::SystemCalls& system, ring::RingFile& ring) {
  if (auto result = check_directory(plan.ring_dir, system); !result.is_ok()) {
    return result;
  }
  const columns::RecordSchema& schema = plan.schema;
  const std::vector<uint8_t> descriptor = describe_capture(plan);
  ring::RingParams params;
  params.geometry = ring::make_geometry(plan.options.ring_slots_count, schema.slot_size_bytes, schema.record_size_bytes);
  params.layout_fingerprint = schema.layout_fingerprint;
  params.schema_fingerprint = schema.schema_fingerprint;
  params.max_lanes = plan.options.max_lanes;
  params.keeps_unsynced = is_synced_level(plan.options.durability);
  return ring.create(plan.ring_dir, ring::make_ring_name(), params, descriptor.data(), descriptor.size());
}

}  // namespace pqflow::sink
