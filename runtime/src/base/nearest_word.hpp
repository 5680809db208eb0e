// "did you mean": the nearest of the known words.
#pragma once

#include <span>
#include <string_view>

namespace pqflow::base {

// One that begins with `word`, or with which it begins, three letters at least; else the one with the fewest differences, a third of the
// letters at most. Empty when nothing is near. Allocates.
std::string_view nearest_word(std::string_view word, std::span<const std::string_view> words);

}  // namespace pqflow::base
