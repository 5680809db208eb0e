// Replays one topic of a PX4 flight log (ULog): the autopilot's struct with its padding is registered and logged as it was recorded.
// Usage: px4_replay INPUT.ulg OUTPUT.parquet
#include <pqflow/register.h>
#include <px4_sensor_combined_sink.h>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

// As the autopilot declares it; the log leaves out the padding at the end.
struct SensorCombined {
  uint64_t timestamp;
  float gyro_rad[3];
  uint32_t gyro_integral_dt;
  int32_t accelerometer_timestamp_relative;
  float accelerometer_m_s2[3];
  uint32_t accelerometer_integral_dt;
  uint8_t accelerometer_clipping;
  uint8_t padding0[3];
};
static_assert(sizeof(SensorCombined) == 48);

constexpr std::string_view kTopic = "sensor_combined";
constexpr std::string_view kFormat =
    "sensor_combined:uint64_t timestamp;float[3] gyro_rad;uint32_t gyro_integral_dt;int32_t accelerometer_timestamp_relative;"
    "float[3] accelerometer_m_s2;uint32_t accelerometer_integral_dt;uint8_t accelerometer_clipping;uint8_t[3] _padding0;";

const pqflow_member kMembers[] = {
    PQFLOW_FIELD(SensorCombined, timestamp),
    PQFLOW_FIELD_NAMED(SensorCombined, gyro_rad[0], "gyro_x"),
    PQFLOW_FIELD_NAMED(SensorCombined, gyro_rad[1], "gyro_y"),
    PQFLOW_FIELD_NAMED(SensorCombined, gyro_rad[2], "gyro_z"),
    PQFLOW_FIELD(SensorCombined, gyro_integral_dt),
    PQFLOW_FIELD(SensorCombined, accelerometer_timestamp_relative),
    PQFLOW_FIELD_NAMED(SensorCombined, accelerometer_m_s2[0], "accelerometer_x"),
    PQFLOW_FIELD_NAMED(SensorCombined, accelerometer_m_s2[1], "accelerometer_y"),
    PQFLOW_FIELD_NAMED(SensorCombined, accelerometer_m_s2[2], "accelerometer_z"),
    PQFLOW_FIELD(SensorCombined, accelerometer_integral_dt),
    PQFLOW_FIELD(SensorCombined, accelerometer_clipping),
};

const pqflow_record_layout kLayout = PQFLOW_RECORD_LAYOUT(SensorCombined, kMembers);
using Traits = pqflow::Registered<Px4SensorCombinedTraits, SensorCombined, &kLayout>;

constexpr size_t kFileHeaderBytes = 16;
constexpr size_t kMessageHeaderBytes = 3;  // Size of what follows (u16), type (a character).

class Replay {
 public:
  explicit Replay(const char* output) : sink_(output) {}

  void message(char type, std::string_view body) {
    if (type == 'F' && body.substr(0, body.find(':')) == kTopic && body != kFormat) {
      throw std::runtime_error("the log declares another struct: " + std::string(body));
    }
    if (type == 'A' && body.substr(3) == kTopic) {
      message_id_ = number(body.substr(1));
      is_subscribed_ = true;
    }
    if (type == 'D' && is_subscribed_ && number(body) == message_id_) {
      log(body.substr(sizeof message_id_));
    }
  }

  void close() { sink_.close(); }

 private:
  static uint16_t number(std::string_view bytes) {
    uint16_t value = 0;
    std::memcpy(&value, bytes.data(), sizeof value);
    return value;
  }

  void log(std::string_view data) {
    if (data.size() != offsetof(SensorCombined, padding0)) {
      throw std::runtime_error("a record of " + std::to_string(data.size()) + " bytes");
    }
    SensorCombined sample;
    std::memset(&sample, 0xee, sizeof sample);  // What the padding holds must not matter.
    std::memcpy(&sample, data.data(), data.size());
    if (sink_.log(sample) != PQFLOW_STATUS_OK) {
      throw std::runtime_error("a record was refused");
    }
  }

  pqflow::BasicSink<Traits> sink_;
  uint16_t message_id_ = 0;
  bool is_subscribed_ = false;
};

void replay(const char* input, const char* output) {
  std::ifstream file(input, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  Replay replay(output);
  size_t offset = kFileHeaderBytes;
  while (offset + kMessageHeaderBytes <= bytes.size()) {
    uint16_t size_bytes = 0;
    std::memcpy(&size_bytes, bytes.data() + offset, sizeof size_bytes);
    replay.message(bytes[offset + 2], std::string_view(bytes).substr(offset + kMessageHeaderBytes, size_bytes));
    offset += kMessageHeaderBytes + size_bytes;
  }
  replay.close();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: px4_replay INPUT.ulg OUTPUT.parquet\n");
    return 2;
  }
  try {
    replay(argv[1], argv[2]);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "px4_replay: %s\n", error.what());
    return 1;
  }
}
