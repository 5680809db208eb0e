// The encodings of the rows named same_encodings, for every writer that takes part: what pqflow chooses for these orders by itself.
#pragma once

#include <string_view>

namespace bench {

enum class OrderEncoding { kDelta, kDictionary };

inline OrderEncoding order_encoding(std::string_view column) {
  return column == "timestamp_ns" || column == "order_id" ? OrderEncoding::kDelta : OrderEncoding::kDictionary;
}

}  // namespace bench
