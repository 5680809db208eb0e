// write_damaged_files FOLDER: the verifier's sample file, and for each rule about pages, values and indexes one file that breaks it alone.
// Part of the seeds of test/fuzz/verify_fuzzer.cpp.
#include <cstdio>
#include <fstream>
#include <set>

#include "verify/mutation.hpp"

namespace pqflow::verify_test {
namespace {

bool write(const std::string& path, const FileSpec& spec) {
  const BuiltFile file = build_file(spec);
  std::ofstream stream(path, std::ios::binary);
  stream.write(reinterpret_cast<const char*>(file.bytes.data()), static_cast<std::streamsize>(file.bytes.size()));
  return stream.good();
}

bool write_all(const std::string& folder) {
  bool is_written = write(folder + "/sample.parquet", sample_file());
  std::set<verify::Rule> written;
  for (const auto part : {page_mutations, value_mutations, index_mutations}) {
    for (const Mutation& mutation : part()) {
      if (written.insert(mutation.rule).second) {
        FileSpec spec = sample_file();
        mutation.apply(spec);
        is_written = write(folder + "/" + verify::text_of(mutation.rule).id + ".parquet", spec) && is_written;
      }
    }
  }
  return is_written;
}

}  // namespace
}  // namespace pqflow::verify_test

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: write_damaged_files FOLDER\n");
    return 2;
  }
  return pqflow::verify_test::write_all(argv[1]) ? 0 : 1;
}
