// One data or dictionary page: stored bytes → levels and values.
#pragma once

#include <cstdint>
#include <vector>

#include "verify/metadata.hpp"
#include "verify/schema_tree.hpp"
#include "verify/value_decoder.hpp"

namespace pqflow::verify {

struct DecodedPage {
  std::vector<uint32_t> definition_levels;  // Empty where the maximum is 0.
  std::vector<uint32_t> repetition_levels;
  Values values;  // Present ones.
  // Memory that values may refer to.
  std::vector<uint8_t> body;
};

// Throws Damage. `stored`: the page without its header. `dictionary` null: none was read.
DecodedPage decode_data_page(const Leaf& leaf, int64_t codec, const PageHeader& header, Bytes stored, const Values* dictionary);
// Entries of a dictionary page.
DecodedPage decode_dictionary_page(const Leaf& leaf, int64_t codec, const PageHeader& header, Bytes stored);

}  // namespace pqflow::verify
