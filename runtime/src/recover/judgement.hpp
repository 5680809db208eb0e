// What a file under its name in progress is, and what is to be done with it.
#pragma once

#include "base/result.hpp"
#include "recover/report.hpp"
#include "recover/source_file.hpp"
#include "recover/unfinished_file.hpp"

namespace pqflow::recover {

// State, action, problem and what is in it.
void judge_file(const UnfinishedFile& file, OrphanReport& orphan);
// Of one that was made beside a file. Other programs may use the name: IO_ERROR where it cannot be looked into.
base::Result judge_aside(const SourceFile& source, OrphanReport& orphan);
// Of one that somebody has, or may have.
void judge_owned(Ownership ownership, OrphanReport& orphan);

}  // namespace pqflow::recover
