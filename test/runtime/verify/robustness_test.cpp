// Whatever stands in a file, the verifier ends with findings, never with a crash, and takes no more memory than the file may ask for.
#include <gtest/gtest.h>

#include <system_error>

#include "verify/sample_file.hpp"
#include "verify/temporary_file.hpp"
#include "verify/verify.hpp"

namespace pqflow::verify_test {
namespace {

using verify::Findings;

size_t count_findings(const TemporaryFile& temporary) {
  Findings findings;
  verify::verify_file(temporary.path(), findings);
  return findings.total_count();
}

TEST(Robustness, finds_something_in_a_file_cut_at_any_byte) {
  const ByteVector whole = build_file(sample_file()).bytes;
  const TemporaryFile temporary({});
  for (size_t size_bytes = 0; size_bytes < whole.size(); ++size_bytes) {
    temporary.write(ByteVector(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size_bytes)));
    EXPECT_GT(count_findings(temporary), 0U) << "cut after " << size_bytes << " bytes";
  }
}

// Names, key-values and the like may change without a finding; pages may not: each has a checksum.
TEST(Robustness, survives_each_byte_of_a_file_being_another_and_finds_all_that_are_in_pages) {
  const BuiltFile file = build_file(sample_file());
  const uint64_t pages_end = file.columns[kId].column_index_offset;
  const TemporaryFile temporary({});
  for (const uint8_t flip : {0x01, 0x80, 0xff}) {
    for (size_t position = 0; position < file.bytes.size(); ++position) {
      ByteVector damaged = file.bytes;
      damaged[position] ^= flip;
      temporary.write(damaged);
      const size_t count = count_findings(temporary);
      if (position < pages_end) {
        EXPECT_GT(count, 0U) << "byte " << position << " flipped by " << int{flip};
      }
    }
  }
}

TEST(Robustness, survives_any_two_neighbouring_bytes_of_the_footer_being_large) {
  const BuiltFile file = build_file(sample_file());
  const TemporaryFile temporary({});
  for (size_t position = file.footer_offset; position + 2 < file.bytes.size(); ++position) {
    ByteVector damaged = file.bytes;
    damaged[position] = 0xff;
    damaged[position + 1] = 0x7f;
    temporary.write(damaged);
    count_findings(temporary);
  }
}

TEST(Robustness, keeps_the_first_thousand_findings_and_counts_the_rest) {
  Findings findings;
  for (int index = 0; index < 1500; ++index) {
    findings.add(verify::Rule::kPageCrc, 0, "", "");
  }
  EXPECT_EQ(findings.all().size(), Findings::kMaxCount);
  EXPECT_EQ(findings.total_count(), 1500U);
}

TEST(Robustness, throws_for_what_cannot_be_read) {
  Findings findings;
  EXPECT_THROW(verify::verify_file("/nonexistent/file.parquet", findings), std::system_error);
  EXPECT_THROW(verify::verify_file("/", findings), std::system_error);
}

TEST(Robustness, takes_a_created_by_of_a_megabyte) {
  FileSpec spec = sample_file();
  spec.on_footer = [](Node& footer) { footer.set(6, text(std::string(1 << 20, 'v') + " version 1")); };
  EXPECT_EQ(count_findings(TemporaryFile(build_file(spec).bytes)), 0U);
}

}  // namespace
}  // namespace pqflow::verify_test
