#include "recover/found_rings.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "recover/orphan_reason.hpp"
#include "ring/ring_file.hpp"

namespace pqflow::recover {

std::string path_below(const std::string& folder, const std::filesystem::path& path) {
  std::error_code error;
  const std::filesystem::path start = std::filesystem::canonical(folder, error);
  const std::filesystem::path parent = error ? start : std::filesystem::weakly_canonical(path.parent_path(), error);
  if (error) {
    return "";
  }
  const std::filesystem::path way = parent.lexically_relative(start);
  if (way.empty() || *way.begin() == "..") {
    return "";
  }
  return (way == "." ? std::filesystem::path(folder) : std::filesystem::path(folder) / way) / path.filename();
}

namespace {

// Nothing: not of the folder or those below it, or of another user.
std::optional<FoundRing> look_at(const std::string& path, const RingSearch& search) {
  FoundRing found;
  found.path = path;
  const base::Result read = ring::read_orphan_ring(path, found.ring);
  if (!read.is_ok() && read.status != PQFLOW_STATUS_INVALID_ARGUMENT) {
    return std::nullopt;
  }
  found.file_path = found.ring.file_in_progress ? path_below(search.folder, *found.ring.file_in_progress) : "";
  if (read.is_ok() && found.file_path.empty()) {
    return std::nullopt;
  }
  if (search.is_wanted && (!read.is_ok() || !search.is_wanted(found.file_path))) {
    return std::nullopt;
  }
  if (!found.ring.is_live) {
    found.source = std::make_unique<SourceFile>();
    const bool is_open = found.source->open(path, search.is_alone).is_ok();
    if (!is_open || found.source->ownership() != Ownership::kNobody) {
      found.source.reset();
    }
  }
  if (!read.is_ok()) {
    found.problem = read.message;
    return found.source != nullptr ? std::optional(std::move(found)) : std::nullopt;  // One that is being made is not whole yet.
  }
  found.reason = reason_of_ring(found.ring.identity.owner, found.ring.is_left);
  return found;
}

}  // namespace

std::vector<FoundRing> find_rings(const RingSearch& search) {
  std::vector<FoundRing> rings;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(search.ring_folder, error); !error && entry != std::filesystem::directory_iterator();
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with(ring::kRingNameBeginning) && name.ends_with(ring::kRingNameEnding)) {
      if (std::optional<FoundRing> ring = look_at(entry->path().string(), search)) {
        rings.push_back(std::move(*ring));
      }
    }
  }
  std::ranges::sort(rings, {}, &FoundRing::path);
  return rings;
}

}  // namespace pqflow::recover
