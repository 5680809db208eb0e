// Who learns of finished files: the manifest, and whoever the caller has named.
#pragma once

#include <pqflow/pqflow.h>

#include "base/result.hpp"
#include "sink/counters.hpp"
#include "sink/manifest.hpp"
#include "sink/write_health.hpp"

namespace pqflow::sink {

// Called on the writer thread.
struct FileListener {
  pqflow_file_callback* callback = nullptr;  // Null: nobody.
  void* context = nullptr;
};

// Writer thread, but for the constructor and begin().
class FileReports {
 public:
  // All that is referred to outlives this.
  FileReports(Manifest manifest, FileListener listener, Counters& counters, WriteHealth& health)
      : manifest_(std::move(manifest)), listener_(listener), counters_(counters), health_(health) {}

  // The manifest is there, and can be written.
  base::Result begin() { return manifest_.begin(); }
  // Blocks for the manifest's write, and for as long as the listener does.
  void tell(const pqflow_finished_file& file);
  // What the manifest still lacks.
  void catch_up();

 private:
  void show_manifest();

  Manifest manifest_;
  const FileListener listener_;
  Counters& counters_;
  WriteHealth& health_;
};

}  // namespace pqflow::sink
