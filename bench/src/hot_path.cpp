// The producer's cost per record, beside two limits in the same run and over the same memory: storing the eight fields and nothing else,
// and a memcpy with a release store. Bursts of half the ring into an empty one: with the writer asleep, and while it takes and encodes the
// records on the other processor.
#include <cstdlib>
#include <cstring>

#include "orders_capture.hpp"
#include "ring/lane_memory.hpp"
#include "round_robin.hpp"

namespace {

constexpr uint64_t kBurstRecords = 131'072;
constexpr uint32_t kSlotMask = 131'071;
constexpr const char* kSymbol = "ACME    ";

struct Ring {
  const bench::OrdersCapture& capture;
  orders_lane* lane;
  uint8_t* limit_memory;  // Slots of the same size for the two limits, touched.
};

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

// The records of a burst of 64, in memory of their own.
void log_many(const Ring& ring) {
  constexpr size_t kBatchRecords = 64;
  orders_record batch[kBatchRecords] = {};
  for (orders_record& record : batch) {
    std::memcpy(record.symbol, kSymbol, 8);
  }
  for (uint64_t index = 0; index < kBurstRecords; index += kBatchRecords) {
    orders_log_many(ring.lane, batch, kBatchRecords);
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

constexpr Variant kVariants[] = {{"field_stores", field_stores},
                                 {"memcpy_release", memcpy_release},
                                 {"log_fields", log_fields},
                                 {"log_prebuilt_struct", log_prebuilt_struct},
                                 {"log_filled_struct", log_filled_struct},
                                 {"log_many", log_many}};

struct Figure {
  std::string name;
  const Variant& variant;
  bool is_quiet;  // The writer sleeps; else it takes and encodes what is logged while it is logged.
  unsigned bursts;
};

double ns_per_record(const Figure& figure, const Ring& ring) {
  uint64_t elapsed_ns = 0;
  for (unsigned burst = 0; burst < figure.bursts; ++burst) {
    figure.is_quiet ? ring.capture.wait_until_quiet() : ring.capture.wait_until_drained();
    const uint64_t start_ns = bench::now_ns();
    figure.variant.run(ring);
    elapsed_ns += bench::now_ns() - start_ns;
  }
  return static_cast<double>(elapsed_ns) / static_cast<double>(figure.bursts * kBurstRecords);
}

// Quiet bursts have long pauses before them: a quarter of them will do.
std::vector<Figure> figures(unsigned bursts) {
  std::vector<Figure> list;
  for (const Variant& variant : kVariants) {
    list.push_back({std::string(variant.name) + "_ns", variant, true, std::max(bursts / 4, 1U)});
  }
  for (const Variant& variant : kVariants) {
    list.push_back({std::string(variant.name) + "_while_encoding_ns", variant, false, bursts});
  }
  return list;
}

}  // namespace

// Usage: hot_path DIRECTORY RUNS BURSTS
int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: hot_path DIRECTORY RUNS BURSTS\n");
    return 2;
  }
  const auto runs = static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10));
  bench::OrdersCapture capture(std::string(argv[1]) + "/hot-path-{seq}.parquet", bench::bench_options());
  pqflow::ring::LaneMemory limit_memory;  // Huge pages, as the ring has.
  if (!limit_memory.allocate((kSlotMask + 1ULL) * ORDERS_SLOT_SIZE_BYTES).is_ok()) {
    std::fprintf(stderr, "hot_path: no memory for the limits\n");
    return 2;
  }
  const Ring ring{capture, capture.lane(), static_cast<uint8_t*>(limit_memory.data())};

  std::vector<bench::Contestant> contestants;
  for (const Figure& figure : figures(static_cast<unsigned>(std::strtoul(argv[3], nullptr, 10)))) {
    contestants.push_back({figure.name, [figure, &ring] { return ns_per_record(figure, ring); }});
  }
  const std::vector<bench::Row> rows = bench::round_robin(contestants, runs, "ns/record");
  capture.close();
  bench::print_rows(rows);
  return 0;
}
