#include "verify/sorting_rules.hpp"

#include <algorithm>

namespace pqflow::verify {
namespace {

Bytes bytes_of(const std::string& text) { return {reinterpret_cast<const uint8_t*>(text.data()), text.size()}; }

struct SortKey {
  const std::vector<const std::string*>* rows;
  ValueOrder order;
  bool is_descending;
  bool is_nulls_first;

  // < 0 when row comes before the next one, 0 when the key says nothing.
  int compare(size_t row) const {
    const std::string* const left = (*rows)[row];
    const std::string* const right = (*rows)[row + 1];
    if (left == nullptr || right == nullptr) {
      const int nulls = static_cast<int>(left != nullptr) - static_cast<int>(right != nullptr);
      return is_nulls_first ? nulls : -nulls;
    }
    if (order.is_nan(bytes_of(*left)) || order.is_nan(bytes_of(*right))) {
      return 0;
    }
    const int values = order.compare(bytes_of(*left), bytes_of(*right));
    return is_descending ? -values : values;
  }
};

}  // namespace

void check_sorting(const RowGroup& group, const std::vector<Leaf>& leaves, const std::vector<ChunkFacts>& facts, uint64_t place,
                   const Reporter& reporter) {
  std::vector<SortKey> keys;
  for (const SortingColumn& sorting : group.sorting) {
    const auto column = static_cast<size_t>(sorting.column_index);
    const bool is_column = sorting.column_index >= 0 && column < leaves.size();
    if (!reporter.require(is_column, Rule::kSorting, place, "sorting_columns names column " + std::to_string(sorting.column_index))) {
      return;
    }
    const ValueOrder order(leaves[column]);
    if (!facts[column].is_complete || leaves[column].max_repetition_level != 0 || !order.is_defined()) {
      break;  // What comes after a key that cannot be compared says nothing.
    }
    keys.push_back({&facts[column].rows, order, sorting.is_descending, sorting.is_nulls_first});
  }
  if (keys.empty()) {
    return;
  }
  size_t row_count = keys[0].rows->size();
  for (const SortKey& key : keys) {
    row_count = std::min(row_count, key.rows->size());  // Columns of unequal length are found elsewhere.
  }
  for (size_t row = 0; row + 1 < row_count; ++row) {
    const auto deciding = std::find_if(keys.begin(), keys.end(), [&](const SortKey& key) { return key.compare(row) != 0; });
    if (deciding != keys.end() && deciding->compare(row) > 0) {
      reporter.add(Rule::kSorting, place, "row " + std::to_string(row + 1) + " of the row group comes before row " + std::to_string(row));
      return;
    }
  }
}

}  // namespace pqflow::verify
