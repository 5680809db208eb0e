#include "cli/text_table.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace pqflow::cli {
namespace {

constexpr const char* kBold = "\x1b[1m";
constexpr const char* kPlain = "\x1b[0m";
constexpr size_t kGap = 2;

size_t width_of(const std::string& text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0) != 0x80; }));
}

std::string line_of(const std::vector<std::string>& cells, const std::vector<size_t>& widths,
                    const std::vector<TextTable::Heading>& headings) {
  std::string line;
  for (size_t column = 0; column < cells.size(); ++column) {
    const std::string padding(widths[column] - width_of(cells[column]), ' ');
    line += headings[column].is_number ? padding + cells[column] : cells[column] + padding;
    line += std::string(kGap, ' ');
  }
  return line.substr(0, line.find_last_not_of(' ') + 1);
}

}  // namespace

std::string TextTable::text(bool is_styled) const {
  std::vector<std::string> titles;
  std::vector<size_t> widths;
  for (size_t column = 0; column < headings_.size(); ++column) {
    titles.push_back(headings_[column].text);
    size_t width = width_of(titles.back());
    for (const std::vector<std::string>& row : rows_) {
      width = std::max(width, width_of(row[column]));
    }
    widths.push_back(width);
  }
  const std::string title_line = line_of(titles, widths, headings_);
  std::string text = is_styled ? kBold + title_line + kPlain + "\n" : title_line + "\n";
  for (const std::vector<std::string>& row : rows_) {
    text += line_of(row, widths, headings_) + "\n";
  }
  return text;
}

bool is_styled_output() {
  const char* const no_color = std::getenv("NO_COLOR");  // NOLINT(concurrency-mt-unsafe): the program has one thread.
  return isatty(STDOUT_FILENO) == 1 && (no_color == nullptr || *no_color == '\0');
}

}  // namespace pqflow::cli
