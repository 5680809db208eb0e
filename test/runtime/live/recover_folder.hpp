// What a killed capture left, laid out in a real folder and recovered there.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "live/recorded_capture.hpp"
#include "recover/recover.hpp"
#include "sink/capture_folder.hpp"
#include "verify/verify.hpp"

namespace pqflow::test {

inline void write_file(const std::string& path, const std::vector<uint8_t>& contents) {
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(contents.data()), static_cast<std::streamsize>(contents.size()));
}

inline std::string read_text(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// The folder's files under their own names.
inline void lay_out(const MemoryFolder& folder, const sink::test::CaptureFolder& to) {
  for (const auto& [path, contents] : folder) {
    write_file(to.path(std::filesystem::path(path).filename().string()), contents);
  }
}

// At the end of a capture's recording.
inline recover::RecoveryReport recover_in(const sink::test::CaptureFolder& folder, bool is_writing,
                                          const base::SystemCalls& system = base::real_system_calls()) {
  sink::test::FakeClock clock;
  clock.utc_ns = kRecordedUtcNs + 1'000'000'000;
  recover::RecoveryReport report;
  const base::Result result =
      recover::recover_folder({folder.root().string(), is_writing, folder.root().string()}, system, clock.clock(), report);
  EXPECT_TRUE(result.is_ok()) << result.message;
  return report;
}

inline std::string problems_of(const recover::RecoveryReport& report) {
  std::string text;
  for (const recover::OrphanReport& orphan : report.orphans) {
    text += orphan.problem.empty() ? "" : orphan.path + ": " + orphan.problem + "\n";
  }
  return text;
}

inline void expect_verified(const std::string& path) {
  verify::Findings findings;
  verify::verify_file(path, findings);
  EXPECT_TRUE(findings.all().empty()) << path << ": " << (findings.all().empty() ? "" : findings.all().front().message);
}

}  // namespace pqflow::test
