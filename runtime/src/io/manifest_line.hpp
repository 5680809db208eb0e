// A line of a manifest: what it says of one file that has its final name, whoever finished it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pqflow::io {

// What is not known is null in the line.
struct ManifestEntry {
  std::string path;
  std::optional<std::string> schema{};
  std::optional<uint64_t> file_sequence{};
  uint64_t rows = 0;
  uint64_t bytes = 0;
  uint64_t row_groups = 0;
  std::optional<uint64_t> first_sequence{};
  std::optional<uint64_t> last_sequence{};
  std::optional<uint64_t> begun_at_utc_ns{};
  uint64_t ended_at_utc_ns = 0;
  std::string_view end;
  bool is_synced = false;
  std::optional<std::string> host{};
  std::optional<uint64_t> process_id{};
};

// {"path":"…","schema":"orders","file_sequence":0,"rows":9,…}: one line, without its line feed. Allocates.
std::string manifest_line(const ManifestEntry& entry);

}  // namespace pqflow::io
