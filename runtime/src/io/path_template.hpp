// What a path template says of one file: "dt={date}/{schema}-{host}-{pid}-{seq}.parquet".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace pqflow::io {

// What stands for the placeholders.
struct PathValues {
  std::string_view schema_name;
  uint64_t sequence = 0;
  uint64_t begun_at_utc_ns = 0;  // Of the file, since 1970-01-01.
  std::string_view host = {};    // As safe_host_name() has it.
  uint64_t process_id = 0;
};

struct ExpandedPath {
  std::string path;
  // Folders that begin here or behind are made where they are missing: the first one named by a placeholder, and all below it.
  size_t made_folders_start = 0;
};

// Replaces, in UTC and of the moment at which the file began: {date} or {utc_date} (2026-01-05), {hour} (00 … 23), {minute} (00 … 59),
// {time} (hhmmss); {schema}, {host}, {pid}; {seq} (six digits or more), {seq:01} … {seq:020} (so many or more). Without {seq}, sequence 0
// keeps the path and later ones take -000001 … before the extension: no two files of a capture have the same name. What it cannot replace,
// an empty path and names that are too long are PQFLOW_STATUS_INVALID_ARGUMENT, with a message that says what to write instead.
base::Result expand_path(std::string_view path_template, const PathValues& values, ExpandedPath& expanded);

// The template has {seq}.
bool has_sequence(std::string_view path_template) noexcept;

// The template gives this name, without folders, to the file of some sequence; of the values the sequence does not count.
bool has_name(std::string_view path_template, const PathValues& values, std::string_view file_name);

// Letters, digits, - and _ of a host's name, - for every other byte; "localhost" for a host without a name.
std::string safe_host_name(std::string_view host);

}  // namespace pqflow::io
