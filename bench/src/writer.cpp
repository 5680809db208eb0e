// The contender pqflow of the writer's rows: every mode, to nowhere (cpu), into memory and onto a disk.
#include <iostream>

#include "null_files.hpp"
#include "schemas.hpp"
#include "slots.hpp"
#include "writer_run.hpp"

namespace {

std::vector<bench::Variant> variants_of(const pqflow_descriptor& descriptor, const std::vector<uint8_t>& slots, const std::string& memory,
                                        const std::string& disk) {
  std::vector<bench::Variant> variants;
  for (const bench::WriterMode& mode : bench::writer_modes(descriptor)) {
    const auto add = [&](const std::string& target, const std::string& folder, const pqflow::base::SystemCalls& system) {
      auto writer = std::make_shared<bench::WriterRun>(mode, folder + "/pqflow-" + mode.name + ".parquet", slots, system);
      variants.push_back({mode.name + "_" + target, [writer] { return writer->run(); }});
    };
    add("cpu", memory, bench::null_system_calls());
    add("tmpfs", memory, pqflow::base::real_system_calls());
    add("disk", disk, pqflow::base::real_system_calls());
  }
  return variants;
}

}  // namespace

// Usage: writer SCHEMA SLOTS MEMORY_FOLDER DISK_FOLDER
int main(int argc, char** argv) {
  if (argc != 5) {
    std::cerr << "usage: writer SCHEMA SLOTS MEMORY_FOLDER DISK_FOLDER\n";
    return 2;
  }
  try {
    const pqflow_descriptor& descriptor = bench::descriptor_named(argv[1]);
    const std::vector<uint8_t> slots = bench::read_slots(argv[2], descriptor.slot_size_bytes);
    bench::serve(pqflow_build_info(), variants_of(descriptor, slots, argv[3], argv[4]));
  } catch (const std::exception& error) {
    std::cerr << "writer: " << error.what() << "\n";
    return 2;
  }
  return 0;
}
