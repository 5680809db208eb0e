// Thrown where decoding cannot go on: the rule that is broken, and how.
#pragma once

#include <stdexcept>
#include <string>

#include "verify/rules.hpp"

namespace pqflow::verify {

struct Damage : std::runtime_error {
  Damage(Rule broken_rule, const std::string& why) : std::runtime_error(why), rule(broken_rule) {}
  Rule rule;
};

}  // namespace pqflow::verify
