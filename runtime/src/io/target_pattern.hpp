// Which paths a template gave to files at other times and in other processes: what captures of the same target wrote before.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/path_template.hpp"

namespace pqflow::io {

class TargetPattern {
 public:
  // {schema} and {host} stand for those of `values`; {date}, {hour}, {minute}, {time} and {pid} for any, {seq} for every number.
  // `path_template`: one that expand_path() takes.
  TargetPattern(std::string_view path_template, const PathValues& values);

  // In which the files lie, or the folders that placeholders name; with its slash, "./" where the template names none.
  const std::string& folder() const noexcept { return folder_; }
  // How many folders lie between that one and a file.
  size_t depth() const noexcept { return components_.size() - 1; }
  // `level` < depth(), from outside.
  bool names_folder(size_t level, std::string_view name) const;
  // `name`: of a file, without its folders.
  bool names_file(std::string_view name) const;
  // The sequence number of a file, with folder() and the folders below it.
  std::optional<uint64_t> sequence_of(std::string_view path) const;

 private:
  bool matches_file(std::string_view name, uint64_t& sequence) const;

  std::string folder_;
  std::vector<std::string> components_;  // Of the template behind folder_; the last one is the file's.
  std::string schema_name_;
  std::string host_;
  bool has_sequence_;  // Else later files have their number before the extension, see expand_path().
};

}  // namespace pqflow::io
