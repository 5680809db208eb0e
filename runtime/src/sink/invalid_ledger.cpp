#include "sink/invalid_ledger.hpp"

#include "base/json.hpp"

namespace pqflow::sink {

InvalidLedger::InvalidLedger(const columns::RecordSchema& schema, Counters& counters)
    : schema_(schema), counters_(counters), in_files_(schema.leaf_indices.size()), before_file_(schema.leaf_indices.size()) {
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

void InvalidLedger::row_group_written(const RowGroupEncoders& encoders) noexcept {
  follow(encoders);
  for (size_t index = 0; index < in_files_.size(); ++index) {
    in_files_[index] = counters_.column_invalid_values[index].load();
  }
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

void InvalidLedger::start_over() noexcept { before_file_ = in_files_; }

}  // namespace pqflow::sink
