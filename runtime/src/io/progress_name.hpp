// How files are called before they are finished, and what such a name says of the file:
//
//   .NAME.inprogress                 a classic file of the final name NAME
//   .NAME.MARK.inprogress            a live one; MARK makes the name one that no file had before
//   ….inprogress.starting            is made, and no Parquet file yet
//   ….inprogress.copy                will take the place of a live file that cannot be cut
//   ….inprogress.recover             will take the place of a file whose writer ended
//   ….inprogress.line                what the manifest is to say of a file that recovery gives its final name
//
// Each with .1, .2 … behind it where that name was taken.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pqflow::io {

inline constexpr std::string_view kInProgressEnding = ".inprogress";
inline constexpr std::string_view kStartingEnding = ".starting";
inline constexpr std::string_view kCopyEnding = ".copy";
inline constexpr std::string_view kRecoverEnding = ".recover";
inline constexpr std::string_view kLineEnding = ".line";

// Hidden, in the same folder, so that the final rename stays within one file system.
std::string classic_progress_path(const std::string& final_path);
// `utc_ns`: now. Readers that keep what they know of a file by its name take another one of the same name and size for it.
std::string live_progress_path(const std::string& final_path, uint64_t utc_ns);

struct ProgressName {
  std::string final_name;
  bool is_aside = false;                      // Beside a file in progress: starting, copy, recover, line.
  bool is_line = false;                       // The last of these.
  std::optional<uint64_t> begun_at_utc_ns{};  // As the mark says it; in whole microseconds.
};

// `file_name`: without folders. `utc_ns`: now; a mark is no later than that. Nothing: not the name of a file in progress.
std::optional<ProgressName> parse_progress_name(std::string_view file_name, uint64_t utc_ns);

}  // namespace pqflow::io
