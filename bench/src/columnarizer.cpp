// Records to columns, ns per record: the naive loop, the runtime's generic kernels and the schema's generated kernel, over the same slots
// in blocks as the writer takes them.
#include <cstdlib>
#include <iostream>

#include "../rivals/naive_columnarizer.hpp"
#include "columns/staging.hpp"
#include "columns/unpack.hpp"
#include "market_records.hpp"
#include "round_robin.hpp"

namespace {

constexpr size_t kRecords = 131'072;  // Eight megabytes: half of the default ring.

std::vector<uint8_t> slots_of(const std::vector<orders_record>& records) {
  std::vector<uint8_t> slots(records.size() * ORDERS_SLOT_SIZE_BYTES);
  for (size_t index = 0; index < records.size(); ++index) {
    std::memcpy(slots.data() + index * ORDERS_SLOT_SIZE_BYTES, &records[index], sizeof(orders_record));
  }
  return slots;
}

pqflow::columns::RecordSchema schema_of(pqflow_unpack_function* unpack) {
  pqflow_descriptor descriptor = *orders_descriptor();
  descriptor.unpack = unpack;
  pqflow::columns::RecordSchema schema;
  if (const auto result = pqflow::columns::RecordSchema::build(descriptor, nullptr, schema); !result.is_ok()) {
    std::cerr << "columnarizer: " << result.message << "\n";
    std::exit(2);
  }
  return schema;
}

// Calls unpack(first_record, record_count) block by block over all slots.
template <typename Unpack>
double measure(const std::vector<uint8_t>& slots, size_t block_rows, size_t repetitions, const Unpack& unpack) {
  return bench::ns_per_item(kRecords, repetitions, [&] {
    for (size_t index = 0; index < kRecords; index += block_rows) {
      unpack(slots.data() + index * ORDERS_SLOT_SIZE_BYTES, std::min(block_rows, kRecords - index));
      bench::compiler_barrier();
    }
  });
}

}  // namespace

// Usage: columnarizer RUNS REPETITIONS
int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: columnarizer RUNS REPETITIONS\n";
    return 2;
  }
  bench::pin_to_last_cpu();
  const size_t repetitions = std::strtoull(argv[2], nullptr, 10);
  const std::vector<uint8_t> slots = slots_of(bench::market_records(kRecords));
  const auto generic_schema = schema_of(nullptr);
  const auto generated_schema = schema_of(orders_descriptor()->unpack);
  const pqflow::columns::Unpacker generic(generic_schema);
  const pqflow::columns::Unpacker generated(generated_schema);
  const size_t block_rows = pqflow::columns::staging_rows(generated_schema);
  const pqflow::columns::Staging staging(generated_schema, block_rows);
  const auto naive = rivals::naive_columns(*orders_descriptor());

  const auto with = [&](const auto& unpack) { return measure(slots, block_rows, repetitions, unpack); };
  bench::print_rows(bench::round_robin(
      {{"columnarizer_naive_ns",
        [&] {
          return with([&](const uint8_t* first, size_t count) {
            rivals::naive_unpack(naive, first, count, ORDERS_SLOT_SIZE_BYTES, staging.columns());
          });
        }},
       {"columnarizer_generic_ns",
        [&] { return with([&](const uint8_t* first, size_t count) { generic.unpack(first, count, staging.columns()); }); }},
       {"columnarizer_generated_ns",
        [&] { return with([&](const uint8_t* first, size_t count) { generated.unpack(first, count, staging.columns()); }); }}},
      static_cast<unsigned>(std::strtoul(argv[1], nullptr, 10)), "ns/record"));
  return 0;
}
