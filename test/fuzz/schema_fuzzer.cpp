// libFuzzer target: whatever the text is, the JSON reader and the comparison of a file with a resolved schema end with an error or
// findings. The file is the sample of the verifier's tests; its columns are those of the seed sample.json.
#include <cstddef>
#include <cstdint>
#include <optional>

#include "fuzz/schema_input.hpp"
#include "verify/file_footer.hpp"
#include "verify/file_reader.hpp"

namespace {

const pqflow::verify::FileFooter& sample_footer() {
  static const std::optional<pqflow::verify::FileFooter> footer = [] {
    pqflow::verify::Findings findings;
    return read_file_footer(pqflow::verify::FileReader(PQFLOW_FUZZ_SAMPLE), pqflow::verify::Reporter(findings, ""));
  }();
  return footer.value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size_bytes) {
  pqflow::verify::Findings findings;
  pqflow::fuzz::compare_with_schema({reinterpret_cast<const char*>(data), size_bytes}, sample_footer().metadata, findings);
  return 0;
}
