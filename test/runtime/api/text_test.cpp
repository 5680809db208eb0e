#include <gtest/gtest.h>
#include <pqflow/pqflow.h>

#include <set>
#include <string>

namespace pqflow::api_test {
namespace {

TEST(StatusText, is_another_for_every_status_and_never_null) {
  std::set<std::string> texts;
  for (int status = PQFLOW_STATUS_OK; status <= PQFLOW_STATUS_FORKED; ++status) {
    texts.insert(pqflow_status_text(static_cast<pqflow_status>(status)));
  }
  EXPECT_EQ(texts.size(), size_t{PQFLOW_STATUS_FORKED} + 1);
  EXPECT_EQ(texts.count("unknown status"), 0U);
  EXPECT_STREQ(pqflow_status_text(PQFLOW_STATUS_RING_FULL), "ring full");
  EXPECT_STREQ(pqflow_status_text(static_cast<pqflow_status>(31)), "unknown status");
}

TEST(FileCallText, is_another_for_every_call_and_never_null) {
  std::set<std::string> texts;
  for (int call = PQFLOW_FILE_CALL_NONE; call <= PQFLOW_FILE_CALL_MANIFEST; ++call) {
    texts.insert(pqflow_file_call_text(static_cast<pqflow_file_call>(call)));
  }
  EXPECT_EQ(texts.size(), size_t{PQFLOW_FILE_CALL_MANIFEST} + 1);
  EXPECT_EQ(texts.count("unknown call"), 0U);
  EXPECT_STREQ(pqflow_file_call_text(PQFLOW_FILE_CALL_SYNC_FOLDER), "sync folder");
  EXPECT_STREQ(pqflow_file_call_text(static_cast<pqflow_file_call>(PQFLOW_FILE_CALL_MANIFEST + 1)), "unknown call");
}

TEST(BuildInfo, names_version_compiler_and_codecs_in_one_line) {
  const std::string line = pqflow_build_info();
  EXPECT_EQ(line.find("pqflow 0."), 0U) << line;
  EXPECT_TRUE(line.find("gcc") != std::string::npos || line.find("clang") != std::string::npos) << line;
  EXPECT_NE(line.find("UNCOMPRESSED"), std::string::npos) << line;
  EXPECT_EQ(line.find('\n'), std::string::npos);
}

}  // namespace
}  // namespace pqflow::api_test
