// One run of pqflow_capture_faults under the shim that makes its system calls fail.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pqflow::test {

struct Fault {
  int64_t first_call = -1;  // -1: none.
  int64_t call_count = 1;   // From there on.
  int os_error = 0;         // 0: writes are short.
  int64_t delay_us = 0;     // Of every call.
};

// What the capture said after a call.
struct ToldCall {
  std::string call;
  int status = 0;
  int os_error = 0;
  uint64_t accepted = 0;
  uint64_t persisted = 0;
  uint64_t visible = 0;
  uint64_t durable = 0;
  uint64_t lost = 0;
  uint64_t dropped = 0;
};

struct FaultyRun {
  bool is_hanging = false;       // It was killed after 20 s.
  bool has_ring_folder = false;  // Its ring was in a file.
  bool has_left_ring = false;
  int signal = 0;  // That ended it; 0 = none.
  int exit_code = -1;
  std::vector<ToldCall> told;
  std::string errors;  // Messages, a line each.
  // Of the shim.
  int64_t call_count = 0;
  int64_t failed_count = 0;
  std::string failed_kind;
};

// In an empty folder. Blocks until it ends.
FaultyRun run_with_fault(const std::string& folder, const std::string& layout, const Fault& fault);

}  // namespace pqflow::test
