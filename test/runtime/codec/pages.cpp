#include "codec/pages.hpp"

#include <algorithm>
#include <random>

namespace pqflow::codec::test {
namespace {

uint8_t rising_time_byte(size_t index) {
  const uint64_t time_ns = 1'700'000'000'000'000'000U + index / 8 * 1000 + index / 8 * 2'654'435'761U % 1000;
  return static_cast<uint8_t>(time_ns >> (8 * (index % 8)));
}

uint8_t byte_of(Content content, size_t index, uint32_t noise) {
  constexpr size_t kNoiseStretchBytes = 4096;
  switch (content) {
    case Content::kConstant:
      return 7;
    case Content::kHalfRandom:
      return static_cast<uint8_t>(index % 3 == 0 ? noise : index / 64);
    case Content::kFourLetters:
      return static_cast<uint8_t>(noise % 4);
    case Content::kRisingTimes:
      return rising_time_byte(index);
    case Content::kTextAndNoise:
      return static_cast<uint8_t>(index / kNoiseStretchBytes % 2 == 0 ? 'a' + noise % 26 : noise);
    case Content::kRandom:
    case Content::kSelfSimilar:
      break;
  }
  return static_cast<uint8_t>(noise);
}

// Short copies from before, as many as there are, between literals: much for an encoder to note down.
void add_copies(std::vector<uint8_t>& bytes, std::mt19937& random) {
  constexpr size_t kReachBytes = 60'000;
  for (size_t index = 100; index < bytes.size(); ++index) {
    if (random() % 8 == 0) {
      const size_t distance_bytes = 1 + random() % std::min(index, kReachBytes);
      const size_t end = std::min(bytes.size(), index + 3 + random() % 6);
      for (; index < end; ++index) {
        bytes[index] = bytes[index - distance_bytes];
      }
    }
  }
}

}  // namespace

std::vector<uint8_t> page_of(Content content, size_t size_bytes) {
  std::mt19937 random(7);
  std::vector<uint8_t> bytes(size_bytes);
  for (size_t index = 0; index < size_bytes; ++index) {
    bytes[index] = byte_of(content, index, static_cast<uint32_t>(random()));
  }
  if (content == Content::kSelfSimilar) {
    add_copies(bytes, random);
  }
  return bytes;
}

}  // namespace pqflow::codec::test
