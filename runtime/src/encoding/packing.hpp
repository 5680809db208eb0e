// How tightly bits are packed where the format leaves a choice: in DELTA_BINARY_PACKED and in the indices of RLE_DICTIONARY.
#pragma once

#include <cstdint>

namespace pqflow::encoding {

enum class Packing : uint8_t {
  kTight,   // As few bits as the values need.
  kAligned  // Whole bytes: more of them, but a codec sees in them what repeats.
};

}  // namespace pqflow::encoding
