// What is wrong with a file, and where.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "verify/rules.hpp"

namespace pqflow::verify {

struct Finding {
  Rule rule;
  uint64_t offset_bytes;  // From the file's start: the page, structure or frame that is wrong.
  std::string column;     // Path with dots; empty where no column is meant.
  std::string message;    // What was found and what was expected.
};

// Collects, up to a limit: a file damaged everywhere is described well enough by its first thousand findings.
class Findings {
 public:
  static constexpr size_t kMaxCount = 1000;

  void add(Rule rule, uint64_t offset_bytes, std::string column, std::string message) {
    ++total_count_;
    if (all_.size() < kMaxCount) {
      all_.push_back({rule, offset_bytes, std::move(column), std::move(message)});
    }
  }
  const std::vector<Finding>& all() const noexcept { return all_; }
  size_t total_count() const noexcept { return total_count_; }

 private:
  std::vector<Finding> all_;
  size_t total_count_ = 0;
};

// Findings of one place: a column, or the file itself.
class Reporter {
 public:
  Reporter(Findings& findings, std::string column) : findings_(&findings), column_(std::move(column)) {}
  void add(Rule rule, uint64_t offset_bytes, std::string message) const { findings_->add(rule, offset_bytes, column_, std::move(message)); }
  // Reports unless `holds`; answers `holds`.
  bool require(bool holds, Rule rule, uint64_t offset_bytes, std::string message) const {
    if (!holds) {
      add(rule, offset_bytes, std::move(message));
    }
    return holds;
  }
  // For the commonest kind: a number that should be another.
  bool require_equal(uint64_t found, uint64_t expected, Rule rule, uint64_t offset_bytes, const std::string& what) const {
    return require(found == expected, rule, offset_bytes, what + " is " + std::to_string(found) + ", not " + std::to_string(expected));
  }
  // For another column.
  Reporter at(std::string column) const { return {*findings_, std::move(column)}; }
  const std::string& column() const noexcept { return column_; }

 private:
  Findings* findings_;
  std::string column_;
};

}  // namespace pqflow::verify
