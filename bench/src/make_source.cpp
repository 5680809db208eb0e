// The records of a slot file as one Parquet file: what contenders begin with that take columns and not structs.
#include <iostream>

#include "schemas.hpp"
#include "slots.hpp"

namespace {

void require(pqflow_status status, const pqflow_error& error) {
  if (status != PQFLOW_STATUS_OK) {
    throw std::runtime_error(error.message);
  }
}

void write(const pqflow_descriptor& descriptor, const std::vector<uint8_t>& slots, const char* path) {
  pqflow_options options = pqflow_options_default(&descriptor);
  options.if_exists = PQFLOW_IF_EXISTS_REPLACE;
  pqflow_open_request request{};
  request.abi_version = PQFLOW_ABI_VERSION;
  request.struct_size_bytes = sizeof request;
  request.descriptor = &descriptor;
  request.options = &options;
  request.path = path;
  request.layout_fingerprint = descriptor.layout_fingerprint;
  request.record_size_bytes = descriptor.record_size_bytes;
  pqflow_sink* sink = nullptr;
  pqflow_error error{};
  require(pqflow_sink_open(&sink, &request, &error), error);
  for (size_t offset_bytes = 0; offset_bytes < slots.size(); offset_bytes += descriptor.slot_size_bytes) {
    while (pqflow_sink_log(sink, slots.data() + offset_bytes, descriptor.record_size_bytes) != PQFLOW_STATUS_OK) {
      sched_yield();
    }
  }
  require(pqflow_sink_close(sink, &error), error);
  pqflow_sink_free(sink);
}

}  // namespace

// Usage: make_source SCHEMA SLOTS FILE
int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: make_source SCHEMA SLOTS FILE\n";
    return 2;
  }
  try {
    const pqflow_descriptor& descriptor = bench::descriptor_named(argv[1]);
    write(descriptor, bench::read_slots(argv[2], descriptor.slot_size_bytes), argv[3]);
  } catch (const std::exception& error) {
    std::cerr << "make_source: " << error.what() << "\n";
    return 2;
  }
  return 0;
}
