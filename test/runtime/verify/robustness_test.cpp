// Whatever stands in a file, the verifier ends with findings, never with a crash, and takes no more memory than the file may ask for.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

#include "fuzz/schema_input.hpp"
#include "verify/damage.hpp"
#include "verify/file_footer.hpp"
#include "verify/file_reader.hpp"
#include "verify/sample_file.hpp"
#include "verify/temporary_file.hpp"
#include "verify/value_decoder.hpp"
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

void append(ByteVector& target, std::initializer_list<uint64_t> varints) {
  for (const uint64_t value : varints) {
    append_varint(target, value);
  }
}

// DELTA_BINARY_PACKED of `count` numbers, each `step` above the one before it: no bits a number.
ByteVector arithmetic(uint64_t count, int64_t first, int64_t step) {
  ByteVector bytes;
  append(bytes, {128, 4, count, zigzag(first)});
  for (uint64_t done = 1; done < count; done += 128) {
    append(bytes, {zigzag(step), 0, 0, 0, 0});
  }
  return bytes;
}

TEST(Robustness, does_not_decode_values_that_repeat_each_other_beyond_all_proportion) {
  constexpr uint64_t kCount = 600;
  constexpr int64_t kSuffixBytes = 1000;
  ByteVector page = arithmetic(kCount, 0, kSuffixBytes);
  const ByteVector lengths = arithmetic(kCount, kSuffixBytes, 0);
  page.insert(page.end(), lengths.begin(), lengths.end());
  page.resize(page.size() + kCount * kSuffixBytes);
  verify::Leaf leaf;
  leaf.type = verify::PhysicalType::kByteArray;
  try {
    verify::decode_values(leaf, verify::kDeltaByteArray, page, kCount, nullptr);
    FAIL() << "180 MB were decoded from 600 kB";
  } catch (const verify::Damage& damage) {
    EXPECT_EQ(damage.rule, verify::Rule::kSizeLimit);
  }
}

TEST(Robustness, decodes_values_that_share_all_but_their_last_bytes) {
  ByteVector page = arithmetic(3, 0, 2);
  const ByteVector lengths = arithmetic(3, 2, 0);
  page.insert(page.end(), lengths.begin(), lengths.end());
  for (const char character : std::string("abcdef")) {
    page.push_back(static_cast<uint8_t>(character));
  }
  verify::Leaf leaf;
  leaf.type = verify::PhysicalType::kByteArray;
  const verify::Values values = verify::decode_values(leaf, verify::kDeltaByteArray, page, 3, nullptr);
  ASSERT_EQ(values.all.size(), 3U);
  EXPECT_EQ(std::string(values.all[2].begin(), values.all[2].end()), "abcdef");
  EXPECT_EQ(std::string(values.all[0].begin(), values.all[0].end()), "ab");
}

TEST(Robustness, takes_no_memory_for_columns_whose_paths_repeat_a_long_name) {
  FileSpec spec = sample_file();
  spec.on_footer = [](Node& footer) {
    std::vector<Node>& schema = footer.at(2).items;
    const int64_t kLeaves = 1000;
    schema = {structure({{4, text("root")}, {5, i32(1)}}),
              structure({{3, i32(1)}, {4, text(std::string(100'000, 'n'))}, {5, i32(kLeaves)}})};
    for (int64_t leaf = 0; leaf < kLeaves; ++leaf) {
      schema.push_back(structure({{1, i32(1)}, {3, i32(1)}, {4, text(std::to_string(leaf))}}));
    }
  };
  Findings findings;
  const ByteVector file = build_file(spec).bytes;
  verify::verify_file(verify::FileReader(file), findings);
  ASSERT_EQ(findings.total_count(), 1U);
  EXPECT_EQ(findings.all()[0].rule, verify::Rule::kSizeLimit);
}

// The fuzzer's seeds and what it once found, under every compiler and sanitizer that the other tests run with.
TEST(Robustness, survives_the_corpus_of_the_fuzz_target) {
  size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(PQFLOW_FUZZ_CORPUS "/verify")) {
    Findings findings;
    verify::verify_file(entry.path().string(), findings);
    const std::string name = entry.path().filename().string();
    const bool is_right = name.starts_with("ours-") || name == "sample.parquet";
    EXPECT_TRUE(!is_right || findings.total_count() == 0) << name;
    ++count;
  }
  EXPECT_GT(count, 20U);
}

TEST(Robustness, survives_the_corpus_of_the_schema_fuzz_target) {
  Findings none;
  const auto footer = verify::read_file_footer(verify::FileReader(PQFLOW_FUZZ_CORPUS "/verify/sample.parquet"), verify::Reporter(none, ""));
  ASSERT_TRUE(footer.has_value());
  size_t compared_count = 0;
  size_t refused_count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(PQFLOW_FUZZ_CORPUS "/schema")) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    Findings findings;
    const bool is_compared = fuzz::compare_with_schema(text, footer->metadata, findings);
    ++(is_compared ? compared_count : refused_count);
    const std::string name = entry.path().filename().string();
    EXPECT_TRUE(name != "sample.json" || (is_compared && findings.total_count() == 0)) << name;
    EXPECT_TRUE(name != "sample-and-file.bin" || findings.total_count() == 1) << name;
  }
  EXPECT_GE(compared_count, 4U);
  EXPECT_GE(refused_count, 8U);
}

TEST(Robustness, takes_a_created_by_of_a_megabyte) {
  FileSpec spec = sample_file();
  spec.on_footer = [](Node& footer) { footer.set(6, text(std::string(1 << 20, 'v') + " version 1")); };
  EXPECT_EQ(count_findings(TemporaryFile(build_file(spec).bytes)), 0U);
}

}  // namespace
}  // namespace pqflow::verify_test
