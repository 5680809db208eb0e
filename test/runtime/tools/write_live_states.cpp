// Writes what a live capture's file was after some of its system calls, as files of their own: pqflow_write_live_states FOLDER. Prints a
// line of each: its name and how many rows it should show. test/system/live-readers.test.ts reads them with independent readers.
#include <cstdio>
#include <fstream>

#include "live/recorded_capture.hpp"

namespace {

using namespace pqflow::test;

constexpr uint64_t kRecordCount = 3000;

void write_state(const std::string& path, const std::vector<uint8_t>& contents, uint64_t row_count) {
  std::ofstream stream(path, std::ios::binary);
  stream.write(reinterpret_cast<const char*>(contents.data()), static_cast<std::streamsize>(contents.size()));
  std::printf("%s %llu\n", path.c_str(), static_cast<unsigned long long>(row_count));
}

void write_states(const std::vector<RecordedCall>& calls, const std::string& folder, size_t& state_count) {
  MemoryFolder files;
  bool is_cut = false;  // From then on every row is there, and said to be visible when the file has its name.
  for (size_t index = 0; index < calls.size(); ++index) {
    const RecordedCall& call = calls[index];
    repeat(call, files);
    is_cut = is_cut || (call.action == Action::kLength && is_for_readers(call.path));
    const bool is_publication = call.action == Action::kWrite && call.bytes.size() == 4;
    const bool is_last = index + 1 == calls.size();
    if (!is_last && !is_publication && index % 7 != 0) {
      continue;
    }
    for (const auto& [path, contents] : files) {
      if (is_for_readers(path)) {
        const uint64_t row_count = is_cut ? kRecordCount : calls[index + 1].visible_before;
        write_state(folder + "/" + std::to_string(state_count++) + ".parquet", contents, row_count);
      }
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: pqflow_write_live_states FOLDER\n");
    return 2;
  }
  size_t state_count = 0;
  for (const bool has_interims : {false, true}) {
    RecordingSystem system;
    run_recorded_capture({.record_count = kRecordCount, .rotate_bytes = uint64_t{1} << 20, .has_interims = has_interims}, system);
    write_states(system.recorded(), argv[1], state_count);
  }
  return 0;
}
