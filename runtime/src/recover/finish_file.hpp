// Gives a file that its writer left what it lacks: a footer, its final name. Killed at any point and done again, the result is the same:
// at every instant one file, under the name in progress or the final one, has all there is.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/system.hpp"
#include "io/progress_file.hpp"
#include "parquet/footer_writer.hpp"
#include "recover/ring_rows.hpp"
#include "recover/source_file.hpp"
#include "recover/unfinished_file.hpp"

namespace pqflow::recover {

// One thread; blocks.
class FileFinisher {
 public:
  // `path`: under the name in progress. `source`: the file there, which keeps its lock as long as this lives; null: there is none, and
  // `file` is empty. `added`: row groups that follow its own.
  FileFinisher(const base::SystemCalls& system, std::string path, const SourceFile* source, const UnfinishedFile& file,
               const AddedRowGroups& added) noexcept
      : system_(system), path_(std::move(path)), source_(source), file_(file), added_(added), progress_(system) {}

  // Makes the file under its name in progress a complete and synced one: where it is none, a copy with an ordinary footer takes its place.
  // `capture`: further key-values of that footer. Fails without leaving a copy. INVALID_ARGUMENT where nothing names the columns.
  base::Result complete(std::span<const parquet::KeyValue> capture);
  // Afterwards: `final_path`, or that with a suffix where it is taken, which `final_path` then has; synced with its folder. `before_naming`
  // is asked with the name that is tried first, and once more should that be taken meanwhile; the file is not named where it fails.
  using BeforeNaming = std::function<base::Result(const std::string& name)>;
  base::Result take_final_name(std::string& final_path, const BeforeNaming& before_naming = {});

 private:
  base::Result replace_by_copy(std::span<const parquet::KeyValue> capture);
  base::Result fill(std::span<const parquet::KeyValue> capture);
  base::Result copy_data();
  base::Result write_at(uint64_t offset_bytes, Bytes bytes);
  base::Result encode_footer(std::span<const parquet::KeyValue> capture, std::vector<uint8_t>& footer) const;

  const base::SystemCalls& system_;
  const std::string path_;
  const SourceFile* const source_;
  const UnfinishedFile& file_;
  const AddedRowGroups& added_;
  io::ProgressFile progress_;  // The source, or what took its place.
};

// Removes it and syncs the folder.
base::Result remove_file(const base::SystemCalls& system, const std::string& path);

}  // namespace pqflow::recover
