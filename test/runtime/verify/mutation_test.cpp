// Each rule is broken at least once by a damage that no other rule notices.
#include "verify/mutation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <ostream>
#include <set>

#include "verify/temporary_file.hpp"
#include "verify/verify.hpp"

namespace pqflow::verify_test {

void PrintTo(const Mutation& mutation, std::ostream* out) { *out << mutation.damage; }

namespace {

using verify::Finding;
using verify::Findings;

Findings findings_of(const BuiltFile& file, const std::string& expected_schema = {}) {
  const TemporaryFile temporary(file.bytes);
  Findings findings;
  const verify::JsonValue schema = verify::read_json(expected_schema.empty() ? "null" : expected_schema);
  verify::verify_file(temporary.path(), findings, expected_schema.empty() ? nullptr : &schema);
  return findings;
}

std::string list_of(const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings.all()) {
    text += "\n  " + std::to_string(finding.offset_bytes) + " " + finding.column + ": " + finding.message + " [" +
            verify::text_of(finding.rule).id + "]";
  }
  return text;
}

class Mutations : public testing::TestWithParam<Mutation> {};

// "page-crc" → "page_crc"
std::string test_name(const testing::TestParamInfo<Mutation>& parameter) {
  std::string name = verify::text_of(parameter.param.rule).id + std::string("_") + parameter.param.damage;
  std::string clean;
  for (const char character : name) {
    clean += std::isalnum(static_cast<unsigned char>(character)) != 0 ? character : '_';
  }
  return clean;
}

TEST_P(Mutations, is_found_by_its_rule_alone_with_offset_column_and_message) {
  const Mutation& mutation = GetParam();
  FileSpec spec = sample_file();
  mutation.apply(spec);
  const BuiltFile file = build_file(spec);
  const Findings findings = findings_of(file, mutation.expected_schema);
  ASSERT_FALSE(findings.all().empty()) << "nothing was found";
  for (const Finding& finding : findings.all()) {
    EXPECT_EQ(finding.rule, mutation.rule) << verify::text_of(finding.rule).id << " also found it:" << list_of(findings);
  }
  const Finding& first = findings.all()[0];
  EXPECT_EQ(first.column, mutation.column);
  EXPECT_EQ(first.offset_bytes, mutation.place(file)) << list_of(findings);
  EXPECT_NE(first.message.find(mutation.message), std::string::npos) << list_of(findings);
}

INSTANTIATE_TEST_SUITE_P(Damages, Mutations, testing::ValuesIn(all_mutations()), test_name);

TEST(Verify, finds_nothing_in_the_undamaged_file) {
  const Findings findings = findings_of(build_file(sample_file()));
  EXPECT_EQ(findings.total_count(), 0U) << list_of(findings);
}

TEST(Verify, finds_nothing_in_prices_in_total_order) {
  const double nan = std::nan("");
  const std::pair<std::vector<double>, std::pair<double, double>> cases[] = {
      {{0.0, nan, 2.5}, {0.0, 2.5}}, {{-0.0, 0.0, 0.0}, {-0.0, 0.0}}, {{nan, nan, nan}, {nan, nan}}, {{-nan, nan, -nan}, {-nan, nan}}};
  for (const auto& [prices, bounds] : cases) {
    FileSpec file = sample_file();
    put_in_total_order(file, prices, bounds.first, bounds.second);
    const Findings findings = findings_of(build_file(file));
    EXPECT_EQ(findings.total_count(), 0U) << list_of(findings);
  }
}

TEST(Verify, finds_nothing_in_an_Arrow_schema_with_and_without_prefix_and_padding) {
  const std::string framed = kSampleArrowSchema;
  for (const std::string& text : {framed, framed.substr(0, framed.find('=')), std::string(kUnframedArrowSchema)}) {
    FileSpec file = sample_file();
    put_arrow_schema(file, text);
    const Findings findings = findings_of(build_file(file));
    EXPECT_EQ(findings.total_count(), 0U) << list_of(findings);
  }
}

TEST(Verify, finds_nothing_in_a_file_of_the_expected_schema) {
  const Findings findings = findings_of(build_file(sample_file()), sample_resolved_schema());
  EXPECT_EQ(findings.total_count(), 0U) << list_of(findings);
}

TEST(Verify, has_a_damage_for_every_rule) {
  std::set<verify::Rule> damaged;
  for (const Mutation& mutation : all_mutations()) {
    damaged.insert(mutation.rule);
  }
  for (size_t rule = 0; rule < verify::all_rules().size(); ++rule) {
    EXPECT_TRUE(damaged.contains(static_cast<verify::Rule>(rule))) << verify::all_rules()[rule].id;
  }
}

TEST(Verify, has_an_id_and_a_law_for_every_rule_each_id_once) {
  std::set<std::string> ids;
  for (const verify::RuleText& rule : verify::all_rules()) {
    EXPECT_TRUE(ids.insert(rule.id).second) << rule.id;
    EXPECT_STRNE(rule.law, "");
  }
}

TEST(Verify, tells_what_the_file_holds) {
  const TemporaryFile temporary(build_file(sample_file()).bytes);
  Findings findings;
  const verify::Summary summary = verify::verify_file(temporary.path(), findings);
  EXPECT_EQ(summary.row_count, 4U);
  EXPECT_EQ(summary.column_count, 8U);
  EXPECT_EQ(summary.row_group_count, 1U);
  EXPECT_EQ(summary.created_by, "builder version 1.0.0 (build abc)");
}

}  // namespace
}  // namespace pqflow::verify_test
