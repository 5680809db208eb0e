// A table for terminals: columns as wide as their widest cell, numbers at the right.
#pragma once

#include <string>
#include <vector>

namespace pqflow::cli {

class TextTable {
 public:
  struct Heading {
    std::string text;
    bool is_number;
  };

  explicit TextTable(std::vector<Heading> headings) : headings_(std::move(headings)) {}
  // As many cells as there are headings, in UTF-8; a character counts as one place.
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  // Lines with their ends. `is_styled`: the headings in bold.
  std::string text(bool is_styled) const;

 private:
  std::vector<Heading> headings_;
  std::vector<std::vector<std::string>> rows_;
};

// Whether escape sequences may be written: standard output is a terminal, and NO_COLOR is not set (no-color.org).
bool is_styled_output();

}  // namespace pqflow::cli
