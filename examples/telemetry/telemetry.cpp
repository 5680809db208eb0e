// Telemetry from C++: a sampling thread owns the sink's lane, the main thread watches the watermarks.
#include <telemetry_sink.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <exception>
#include <limits>
#include <thread>

namespace {

constexpr uint32_t kReadingCount = 20'000;
constexpr std::chrono::milliseconds kWatchInterval{20};

// reserve() gives the next slot of the ring with every optional field null; commit() publishes it.
void sample(TelemetrySink& sink, uint32_t sequence) {
  telemetry_record* const reading = sink.reserve();
  if (reading == nullptr) {
    return;  // Full: dropped and counted. The sampling thread is never held up.
  }
  const uint8_t device[6] = {0x02, 0x42, 0xac, 0x11, 0x00, 0x02};
  reading->time = 1'767'623'400'000 + int64_t{sequence} * 100;
  telemetry_set_device(reading, device);
  reading->sequence = sequence;
  reading->state = telemetry_state::running;
  reading->alarms = sequence % 1'000 == 0 ? TELEMETRY_ALARMS_VIBRATION : 0;
  reading->temperature = sequence % 50 == 0 ? std::numeric_limits<float>::quiet_NaN() : 20.0F + static_cast<float>(sequence % 300) / 10.0F;
  reading->vibration_rms = static_cast<float>(sequence % 17) / 4.0F;
  reading->battery = static_cast<uint8_t>(100 - sequence * 100 / kReadingCount);
  if (sequence % 7 != 0) {
    telemetry_set_pressure(reading, 1013.25 + static_cast<double>(sequence % 100) / 8.0);
  }
  sink.commit();
}

void watch(const TelemetrySink& sink, const std::atomic<bool>& is_sampling) {
  while (is_sampling.load(std::memory_order_relaxed)) {
    const pqflow_stats stats = sink.stats();
    std::fprintf(stderr, "accepted %llu, in the file %llu, dropped %llu\n", static_cast<unsigned long long>(stats.accepted_records),
                 static_cast<unsigned long long>(stats.persisted_records), static_cast<unsigned long long>(stats.dropped_records));
    std::this_thread::sleep_for(kWatchInterval);
  }
}

void capture(const char* path) {
  pqflow_options options = TelemetrySink::default_options();
  options.if_exists = PQFLOW_IF_EXISTS_REPLACE;
  TelemetrySink sink(path, options);
  std::atomic<bool> is_sampling{true};
  std::thread sampler([&] {
    for (uint32_t sequence = 0; sequence < kReadingCount; ++sequence) {
      sample(sink, sequence);
    }
    is_sampling.store(false, std::memory_order_relaxed);
  });
  watch(sink, is_sampling);
  sampler.join();
  sink.close();
  std::printf("%llu readings\n", static_cast<unsigned long long>(sink.stats().visible_records));
}

}  // namespace

int main(int argc, char** argv) {
  try {
    capture(argc > 1 ? argv[1] : "telemetry.parquet");
  } catch (const std::exception& error) {
    std::fprintf(stderr, "telemetry: %s\n", error.what());
    return 1;
  }
}
