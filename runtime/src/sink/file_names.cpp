#include "sink/file_names.hpp"

#include <utility>

#include "io/folder_maker.hpp"
#include "io/path_template.hpp"

namespace pqflow::sink {

namespace {

base::Result of_manifest(base::Result result) {
  if (!result.is_ok()) {
    result.message = "manifest: " + result.message;
  }
  return result;
}

base::Result expand_manifest(const std::string& path_template, const io::PathValues& values, io::ExpandedPath& expanded) {
  if (io::has_sequence(path_template)) {
    return base::Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT,
                                 "path \"" + path_template + "\" has {seq}, the number of a file; the manifest lists all of them");
  }
  return io::expand_path(path_template, values, expanded);
}

}  // namespace

base::Result name_files(const OpenPlan& plan, const base::SystemCalls& system, const base::Clock& clock, FileNames& names) {
  names.host = io::safe_host_name(base::host_name());
  names.process_id = base::process_id();
  if (!plan.manifest_template.has_value()) {
    return base::Result::ok();
  }
  const io::PathValues values{plan.schema.name, 0, clock.utc_ns(clock.context), names.host, names.process_id};
  io::ExpandedPath expanded;
  if (auto result = expand_manifest(*plan.manifest_template, values, expanded); !result.is_ok()) {
    return of_manifest(std::move(result));
  }
  if (auto result = io::FolderMaker(system).make(expanded.path, expanded.made_folders_start); !result.is_ok()) {
    return of_manifest(std::move(result));
  }
  names.manifest_path = std::move(expanded.path);
  return base::Result::ok();
}

}  // namespace pqflow::sink
