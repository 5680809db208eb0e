// Each encoder kernel by itself, ns per value, on the columns of the orders: one page of values that lie in the cache.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <random>

#include "columns/statistics.hpp"
#include "encoding/byte_stream_split.hpp"
#include "encoding/crc32.hpp"
#include "encoding/delta_binary_packed.hpp"
#include "encoding/dictionary.hpp"
#include "encoding/dictionary_indices.hpp"
#include "encoding/hybrid.hpp"
#include "encoding/plain.hpp"
#include "market_records.hpp"
#include "round_robin.hpp"

namespace {

using namespace pqflow;

constexpr size_t kValues = 16'384;  // One page.
constexpr size_t kSlackBytes = 64;  // Kernels may read and write a little beyond.
constexpr size_t kMaxEntries = 65'536;

template <typename T>
using Member = T orders_record::*;

// PLAIN bytes of one column.
template <typename T>
std::vector<uint8_t> values_of(const std::vector<orders_record>& records, Member<T> member) {
  std::vector<uint8_t> values(records.size() * sizeof(T) + kSlackBytes);
  for (size_t index = 0; index < records.size(); ++index) {
    std::memcpy(values.data() + index * sizeof(T), &(records[index].*member), sizeof(T));
  }
  return values;
}

std::vector<uint8_t> levels_of(const std::vector<orders_record>& records) {
  std::vector<uint8_t> levels(records.size() + kSlackBytes);
  for (size_t index = 0; index < records.size(); ++index) {
    levels[index] = records[index].quantity != 0;
  }
  return levels;
}

class Kernels {
 public:
  explicit Kernels(size_t repetitions) : repetitions_(repetitions), target_(kValues * 16 + 4096) {}

  template <typename Work>
  void add(const std::string& name, const Work& work) {
    contestants_.push_back({"encoder_" + name + "_ns", [this, work] { return bench::ns_per_item(kValues, repetitions_, work); }});
  }
  void add_dictionary(const std::string& name, size_t width_bytes, const std::vector<uint8_t>& values) {
    const std::shared_ptr<encoding::Dictionary> dictionary =
        encoding::make_fixed_dictionary(width_bytes, {kMaxEntries, kMaxEntries * width_bytes});
    const auto indices = std::make_shared<std::vector<uint32_t>>(kValues);
    add("dictionary_" + name, [=, &values] {
      dictionary->reset();
      dictionary->index_values(values.data(), kValues, indices->data());
    });
  }
  // Indices as a dictionary of so many entries gives them, in no order: next to no runs.
  void add_indices(const std::string& name, uint32_t entry_count) {
    const auto indices = std::make_shared<std::vector<uint32_t>>(kValues + kSlackBytes);
    std::mt19937 random(entry_count);
    std::generate(indices->begin(), indices->end(), [&] { return static_cast<uint32_t>(random() % entry_count); });
    const unsigned bit_width = encoding::dictionary_index_bits(entry_count);
    add("dictionary_indices_" + name,
        [this, indices, bit_width] { encoding::encode_dictionary_indices(target_.data(), indices->data(), kValues, bit_width); });
  }
  void add_range(const std::string& name, const pqflow_field& field, const std::vector<uint8_t>& values) {
    const std::shared_ptr<columns::RangeTracker> range = columns::make_range_tracker(field, PQFLOW_FLOAT_ORDER_TYPE_ORDER);
    add("min_max_" + name, [=, &values] {
      range->reset();
      range->update(values.data(), kValues);
    });
  }
  uint8_t* target() { return target_.data(); }
  const std::vector<bench::Contestant>& contestants() const { return contestants_; }

 private:
  size_t repetitions_;
  std::vector<uint8_t> target_;
  std::vector<bench::Contestant> contestants_;
};

}  // namespace

// Usage: encoders RUNS REPETITIONS
int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: encoders RUNS REPETITIONS\n";
    return 2;
  }
  bench::pin_to_last_cpu();
  const auto records = bench::market_records(kValues);
  const auto times = values_of(records, &orders_record::timestamp_ns);
  const auto ids = values_of(records, &orders_record::order_id);
  const auto prices = values_of(records, &orders_record::price);
  const auto exchanges = values_of(records, &orders_record::exchange);
  const auto levels = levels_of(records);

  Kernels kernels(std::strtoull(argv[2], nullptr, 10));
  uint8_t* const target = kernels.target();
  volatile uint32_t crc = 0;  // Volatile: the checksum is used.
  kernels.add("plain_int64", [&] { encoding::encode_plain_fixed(target, prices.data(), kValues, sizeof(int64_t)); });
  kernels.add("delta_int64_timestamp", [&] { encoding::encode_delta_int64(target, times.data(), kValues); });
  kernels.add("delta_int64_order_id", [&] { encoding::encode_delta_int64(target, ids.data(), kValues); });
  kernels.add("delta_int32_exchange", [&] { encoding::encode_delta_int32(target, exchanges.data(), kValues); });
  kernels.add_dictionary("int64_price", sizeof(int64_t), prices);
  kernels.add_dictionary("int32_exchange", sizeof(int32_t), exchanges);
  kernels.add_indices("3_bits", 8);
  kernels.add_indices("12_bits", 4'000);
  kernels.add("byte_stream_split_int64", [&] { encoding::encode_byte_stream_split(target, prices.data(), kValues, sizeof(int64_t)); });
  kernels.add("levels", [&] { encoding::encode_hybrid(target, levels.data(), kValues, 1); });
  kernels.add_range("int64", orders_descriptor()->fields[0], prices);
  kernels.add_range("int32", orders_descriptor()->fields[7], exchanges);
  kernels.add("crc32_int64", [&] { crc = encoding::crc32(crc, prices.data(), kValues * sizeof(int64_t)); });

  const auto rows = bench::round_robin(kernels.contestants(), static_cast<unsigned>(std::strtoul(argv[1], nullptr, 10)), "ns/value");
  bench::print_rows(rows);
  return 0;
}
