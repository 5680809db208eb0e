#include "base/nearest_word.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace pqflow::base {
namespace {

constexpr size_t kPrefixBytes = 3;
constexpr size_t kLongestBytes = 80;  // Nobody means one of the words with more.

// Levenshtein's: letters to change, add or leave out.
size_t difference_count(std::string_view left, std::string_view right) {
  std::vector<size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 0; i < left.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i + 1;
    for (size_t j = 0; j < right.size(); ++j) {
      const size_t changed = diagonal + static_cast<size_t>(left[i] != right[j]);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

bool is_prefix_of_one(std::string_view left, std::string_view right) noexcept {
  const size_t shared_bytes = std::min(left.size(), right.size());
  return shared_bytes >= kPrefixBytes && left.substr(0, shared_bytes) == right.substr(0, shared_bytes);
}

}  // namespace

std::string_view nearest_word(std::string_view word, std::span<const std::string_view> words) {
  if (word.size() > kLongestBytes) {
    return {};
  }
  std::string_view nearest;
  size_t fewest = kLongestBytes;
  for (const std::string_view candidate : words) {
    const size_t differences = is_prefix_of_one(word, candidate) ? 0 : difference_count(word, candidate);
    if (differences < fewest && differences <= std::max<size_t>(1, std::max(word.size(), candidate.size()) / 3)) {
      nearest = candidate;
      fewest = differences;
    }
  }
  return nearest;
}

}  // namespace pqflow::base
