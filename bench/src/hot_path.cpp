// The producer's cost per record, beside two limits in the same run and over the same memory: storing the eight fields and nothing else,
// and a memcpy with a release store. Every variant fills the same ring in bursts of half its slots while the sink's writer thread drains it
// on the other processor; before a burst the ring is empty, so that no variant ever meets a full ring.
#include <orders_sink.h>

#include <cstdlib>
#include <cstring>

#include "measure.hpp"

namespace {

constexpr uint64_t kBurstRecords = 131'072;
constexpr uint32_t kSlotMask = 131'071;
constexpr const char* kSymbol = "ACME    ";

struct Ring {
  orders_sink* sink;
  orders_lane* lane;
  uint8_t* limit_memory;  // Slots of the same size for the two limits, touched.
};

void wait_until_drained(const Ring& ring) {
  const pqflow_lane& lane = ring.lane->lane;
  while (PQFLOW_ATOMIC_LOAD_ACQUIRE(&lane.consumer.tail_index) != lane.producer.head_index) {
    sched_yield();
  }
}

// Each record gets other values, made from its index in one or two instructions, so that nothing is loop-invariant but the symbol.
void log_fields(const Ring& ring) {
  for (uint64_t index = 0; index < kBurstRecords; ++index) {
    const auto value = static_cast<int64_t>(index);
    orders_log_fields(ring.lane, value, kSymbol, 8, value + 1, orders_side::bid, value + 2, 100, orders_order_type::trade, 4);
  }
}

void log_prebuilt_struct(const Ring& ring) {
  orders_record record{};
  std::memcpy(record.symbol, kSymbol, 8);
  for (uint64_t index = 0; index < kBurstRecords; ++index) {
    orders_log(ring.lane, &record);
  }
}

void log_filled_struct(const Ring& ring) {
  for (uint64_t index = 0; index < kBurstRecords; ++index) {
    const auto value = static_cast<int64_t>(index);
    orders_record record{};
    record.timestamp_ns = value;
    std::memcpy(record.symbol, kSymbol, 8);
    record.order_id = value + 1;
    record.side = orders_side::bid;
    record.price = value + 2;
    record.quantity = 100;
    record.order_type = orders_order_type::trade;
    record.exchange = 4;
    orders_log(ring.lane, &record);
  }
}

// The same eight stores into a slot of the same size, a compiler barrier per record, no commit word.
void field_stores(const Ring& ring) {
  for (uint64_t index = 0; index < kBurstRecords; ++index) {
    const auto value = static_cast<int64_t>(index);
    void* const slot = ring.limit_memory + (index & kSlotMask) * ORDERS_SLOT_SIZE_BYTES;
    auto* const record = static_cast<orders_record*>(slot);
    record->timestamp_ns = value;
    std::memcpy(record->symbol, kSymbol, 8);
    record->order_id = value + 1;
    record->side = orders_side::bid;
    record->price = value + 2;
    record->quantity = 100;
    record->order_type = orders_order_type::trade;
    record->exchange = 4;
    bench::compiler_barrier();
  }
}

void memcpy_release(const Ring& ring) {
  orders_record record{};
  std::memcpy(record.symbol, kSymbol, 8);
  for (uint64_t index = 0; index < kBurstRecords; ++index) {
    uint8_t* const slot = ring.limit_memory + (index & kSlotMask) * ORDERS_SLOT_SIZE_BYTES;
    std::memcpy(slot, &record, sizeof record);
    void* const commit_word = slot + ORDERS_COMMIT_OFFSET_BYTES;
    __atomic_store_n(static_cast<uint32_t*>(commit_word), static_cast<uint32_t>(index + 1), __ATOMIC_RELEASE);
  }
}

struct Variant {
  const char* name;
  void (*run)(const Ring&);
};

constexpr Variant kVariants[] = {{"field_stores_ns", field_stores},
                                 {"memcpy_release_ns", memcpy_release},
                                 {"log_fields_ns", log_fields},
                                 {"log_prebuilt_struct_ns", log_prebuilt_struct},
                                 {"log_filled_struct_ns", log_filled_struct}};

double ns_per_record(const Variant& variant, const Ring& ring, unsigned bursts) {
  uint64_t elapsed_ns = 0;
  for (unsigned burst = 0; burst < bursts; ++burst) {
    wait_until_drained(ring);
    const uint64_t start_ns = bench::now_ns();
    variant.run(ring);
    elapsed_ns += bench::now_ns() - start_ns;
  }
  return static_cast<double>(elapsed_ns) / static_cast<double>(bursts * kBurstRecords);
}

[[noreturn]] void fail(const pqflow_error& error) {
  std::fprintf(stderr, "hot_path: %s\n", error.message);
  std::exit(2);
}

}  // namespace

// Usage: hot_path DIRECTORY RUNS BURSTS
int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: hot_path DIRECTORY RUNS BURSTS\n");
    return 2;
  }
  const std::string path = std::string(argv[1]) + "/hot-path-{seq}.parquet";
  const auto runs = static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10));
  const auto bursts = static_cast<unsigned>(std::strtoul(argv[3], nullptr, 10));

  bench::pin_to_cpu(1);  // The writer thread inherits it; the producer moves away afterwards.
  pqflow_options options = orders_options_default();
  options.codec = PQFLOW_CODEC_UNCOMPRESSED;
  options.if_exists = PQFLOW_IF_EXISTS_REPLACE;
  pqflow_error error{};
  Ring ring{};
  if (orders_sink_open(&ring.sink, path.c_str(), &options, &error) != PQFLOW_STATUS_OK) {
    fail(error);
  }
  bench::pin_to_cpu(0);
  ring.lane = orders_sink_lane(ring.sink);
  std::vector<uint8_t> limit_memory((kSlotMask + 1ULL) * ORDERS_SLOT_SIZE_BYTES + 64);
  ring.limit_memory = limit_memory.data() + (64 - reinterpret_cast<uintptr_t>(limit_memory.data()) % 64);

  std::vector<bench::Row> rows;
  for (const Variant& variant : kVariants) {
    rows.push_back({variant.name, "ns/record", {}});
    ns_per_record(variant, ring, 2);
  }
  for (unsigned run = 0; run < runs; ++run) {  // Interleaved: a slow moment of the machine hits all variants alike.
    for (size_t index = 0; index < rows.size(); ++index) {
      rows[index].runs.push_back(ns_per_record(kVariants[index], ring, bursts));
    }
  }
  if (orders_sink_close(ring.sink, &error) != PQFLOW_STATUS_OK) {
    fail(error);
  }
  orders_sink_free(ring.sink);
  bench::print_rows(rows);
  return 0;
}
