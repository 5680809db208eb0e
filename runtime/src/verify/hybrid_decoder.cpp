#include "verify/hybrid_decoder.hpp"

namespace pqflow::verify {
namespace {

constexpr size_t kGroupCount = 8;

uint32_t read_run_value(ByteReader& reader, unsigned bit_width) {
  uint32_t value = 0;
  for (unsigned byte = 0; byte < (bit_width + 7) / 8; ++byte) {
    value |= static_cast<uint32_t>(reader.byte()) << (byte * 8);
  }
  if (bit_width < 32 && (value >> bit_width) != 0) {
    reader.fail("a run's value " + std::to_string(value) + " takes more than " + std::to_string(bit_width) + " bits");
  }
  return value;
}

void read_packed_run(ByteReader& reader, uint64_t group_count, size_t count, unsigned bit_width, std::vector<uint32_t>& values) {
  if (group_count > UINT32_MAX) {
    reader.fail("a bit-packed run of " + std::to_string(group_count) + " groups");
  }
  const Bytes packed = reader.take(group_count * bit_width);
  for (size_t index = 0; index < group_count * kGroupCount && values.size() < count; ++index) {
    values.push_back(static_cast<uint32_t>(unpack(packed, index, bit_width)));
  }
}

}  // namespace

std::vector<uint32_t> decode_hybrid(ByteReader& reader, size_t count, unsigned bit_width) {
  if (bit_width > 32) {
    reader.fail("a bit width of " + std::to_string(bit_width));
  }
  std::vector<uint32_t> values;
  while (values.size() < count) {
    const uint64_t header = reader.varint();
    const uint64_t run = header >> 1;
    if (run == 0) {
      reader.fail("a run of no values");
    }
    if ((header & 1) != 0) {
      read_packed_run(reader, run, count, bit_width, values);
    } else if (run > count - values.size()) {
      reader.fail("a run of " + std::to_string(run) + ", but " + std::to_string(count - values.size()) + " values are left");
    } else {
      values.insert(values.end(), run, read_run_value(reader, bit_width));
    }
  }
  return values;
}

}  // namespace pqflow::verify
