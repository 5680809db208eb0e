// Interim row groups (ADR 0037) that hold what nothing else has any more: the ring is gone with the machine's memory. They become row
// groups of the recovered file, behind its own, where they lie apart from them in the file in progress.
#pragma once

#include "base/result.hpp"
#include "recover/ring_rows.hpp"
#include "recover/source_file.hpp"
#include "recover/unfinished_file.hpp"

namespace pqflow::recover {

// Moves those of `file` behind its row groups, into `added`, which is empty; their bytes are read from `source`. A Result for a file that
// cannot be read, INTERNAL_ERROR for one that is not what it was when it was scanned.
base::Result add_interims(const SourceFile& source, const UnfinishedFile& file, AddedRowGroups& added);

}  // namespace pqflow::recover
