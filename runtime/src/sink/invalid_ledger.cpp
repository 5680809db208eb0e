#include "sink/invalid_ledger.hpp"

#include "base/json.hpp"

namespace pqflow::sink {

InvalidLedger::InvalidLedger(const columns::RecordSchema& schema, Counters& counters)
    : schema_(schema), counters_(counters), before_file_(schema.leaf_indices.size()) {
  counters_.column_invalid_values = std::vector<base::Shared<uint64_t>>(schema.leaf_indices.size());
}

void InvalidLedger::follow(const RowGroupEncoders& encoders) noexcept {
  uint64_t total = 0;
  for (size_t index = 0; index < before_file_.size(); ++index) {
    const uint64_t count = encoders.invalid_values(index);
    counters_.column_invalid_values[index].store(count);
    total += count;
  }
  counters_.invalid_values.store(total);
}

uint64_t InvalidLedger::file_count(size_t column_index) const noexcept {
  return counters_.column_invalid_values[column_index].load() - before_file_[column_index];
}

bool InvalidLedger::is_empty() const noexcept {
  for (size_t index = 0; index < before_file_.size(); ++index) {
    if (file_count(index) != 0) {
      return false;
    }
  }
  return true;
}

std::string InvalidLedger::json() const {
  std::string json = "{";
  for (size_t index = 0; index < before_file_.size(); ++index) {
    if (file_count(index) == 0) {
      continue;
    }
    json += json.size() == 1 ? "" : ",";
    base::append_json_string(json, columns::dotted(schema_.leaf_paths[index]));
    json += ":" + std::to_string(file_count(index));
  }
  return json + "}";
}

void InvalidLedger::start_over() noexcept {
  for (size_t index = 0; index < before_file_.size(); ++index) {
    before_file_[index] = counters_.column_invalid_values[index].load();
  }
}

}  // namespace pqflow::sink
