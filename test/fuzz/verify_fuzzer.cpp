// libFuzzer target: whatever the bytes are, the verifier ends with findings. Neither checksums nor magic stand in the fuzzer's way: a wrong
// CRC is a finding, and the page behind it is decoded all the same.
#include <cstddef>
#include <cstdint>

#include "verify/verify.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size_bytes) {
  pqflow::verify::Findings findings;
  pqflow::verify::verify_file(pqflow::verify::FileReader({data, size_bytes}), findings);
  return 0;
}
