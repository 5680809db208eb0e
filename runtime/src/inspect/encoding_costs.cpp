#include "inspect/encoding_costs.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string_view>
#include <unordered_set>

#include "verify/value_decoder.hpp"

namespace pqflow::inspect {
namespace {

using verify::Bytes;
using verify::Leaf;
using verify::PhysicalType;

// The shape that nearly all writers use (Encodings.md, "Delta Encoding").
constexpr size_t kBlockCount = 128;
constexpr size_t kMiniblockCount = 32;
constexpr size_t kLengthPrefixBytes = 4;

uint64_t varint_bytes(uint64_t value) { return (static_cast<uint64_t>(std::bit_width(value | 1)) + 6) / 7; }
uint64_t zigzag_bytes(int64_t value) { return varint_bytes((static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63)); }

// Differences wrap around at the width of the type; below 64 bits they are sign-extended.
int64_t difference(int64_t left, int64_t right, unsigned type_bits) {
  const uint64_t wrapped = static_cast<uint64_t>(left) - static_cast<uint64_t>(right);
  return type_bits == 32 ? static_cast<int32_t>(wrapped) : static_cast<int64_t>(wrapped);
}

uint64_t delta_block_bytes(const std::vector<int64_t>& deltas) {
  const int64_t least = *std::min_element(deltas.begin(), deltas.end());
  uint64_t bytes = zigzag_bytes(least) + kBlockCount / kMiniblockCount;
  for (size_t start = 0; start < deltas.size(); start += kMiniblockCount) {
    uint64_t bits = 0;
    for (size_t index = start; index < std::min(deltas.size(), start + kMiniblockCount); ++index) {
      bits |= static_cast<uint64_t>(deltas[index]) - static_cast<uint64_t>(least);
    }
    bytes += static_cast<uint64_t>(std::bit_width(bits)) * kMiniblockCount / 8;
  }
  return bytes;
}

uint64_t delta_bytes(const std::vector<int64_t>& values, unsigned type_bits) {
  uint64_t bytes = 2 + 1 + varint_bytes(values.size()) + (values.empty() ? 1 : zigzag_bytes(values[0]));
  std::vector<int64_t> deltas;
  for (size_t index = 1; index < values.size(); ++index) {
    deltas.push_back(difference(values[index], values[index - 1], type_bits));
    if (deltas.size() == kBlockCount || index + 1 == values.size()) {
      bytes += delta_block_bytes(deltas);
      deltas.clear();
    }
  }
  return bytes;
}

uint64_t sum_of_sizes(const std::vector<Bytes>& values) {
  uint64_t bytes = 0;
  for (const Bytes value : values) {
    bytes += value.size();
  }
  return bytes;
}

uint64_t plain_bytes(const Leaf& leaf, const std::vector<Bytes>& values) {
  if (leaf.type == PhysicalType::kBoolean) {
    return (values.size() + 7) / 8;
  }
  return sum_of_sizes(values) + (leaf.type == PhysicalType::kByteArray ? values.size() * kLengthPrefixBytes : 0);
}

uint64_t dictionary_bytes(const Leaf& leaf, const std::vector<Bytes>& values) {
  std::unordered_set<std::string_view> distinct;
  uint64_t entry_bytes = 0;
  for (const Bytes value : values) {
    const bool is_new = distinct.emplace(reinterpret_cast<const char*>(value.data()), value.size()).second;
    entry_bytes += is_new ? value.size() + (leaf.type == PhysicalType::kByteArray ? kLengthPrefixBytes : 0) : 0;
  }
  const auto index_bits = static_cast<uint64_t>(std::bit_width(distinct.size() - 1));
  return entry_bytes + 1 + (values.size() * index_bits + 7) / 8;
}

std::vector<int64_t> integers_of(const Leaf& leaf, const std::vector<Bytes>& values) {
  std::vector<int64_t> integers;
  integers.reserve(values.size());
  for (const Bytes value : values) {
    int64_t number = 0;
    std::memcpy(&number, value.data(), leaf.width_bytes());
    integers.push_back(leaf.type == PhysicalType::kInt32 ? static_cast<int32_t>(number) : number);
  }
  return integers;
}

// Of lengths in DELTA_BINARY_PACKED.
uint64_t lengths_bytes(const std::vector<int64_t>& lengths) { return delta_bytes(lengths, 32); }

uint64_t delta_length_bytes(const std::vector<Bytes>& values) {
  std::vector<int64_t> lengths;
  std::transform(values.begin(), values.end(), std::back_inserter(lengths), [](Bytes value) { return static_cast<int64_t>(value.size()); });
  return lengths_bytes(lengths) + sum_of_sizes(values);
}

uint64_t delta_byte_array_bytes(const std::vector<Bytes>& values) {
  std::vector<int64_t> prefixes;
  std::vector<int64_t> suffixes;
  uint64_t suffix_bytes = 0;
  Bytes previous;
  for (const Bytes value : values) {
    const auto shared = std::mismatch(value.begin(), value.end(), previous.begin(), previous.end()).first - value.begin();
    prefixes.push_back(shared);
    suffixes.push_back(static_cast<int64_t>(value.size()) - shared);
    suffix_bytes += value.size() - static_cast<size_t>(shared);
    previous = value;
  }
  return lengths_bytes(prefixes) + lengths_bytes(suffixes) + suffix_bytes;
}

uint64_t cost_of(const Leaf& leaf, int64_t encoding, const std::vector<Bytes>& values) {
  switch (encoding) {
    case verify::kRleDictionary:
      return dictionary_bytes(leaf, values);
    case verify::kDeltaBinaryPacked:
      return delta_bytes(integers_of(leaf, values), leaf.type == PhysicalType::kInt32 ? 32 : 64);
    case verify::kDeltaLengthByteArray:
      return delta_length_bytes(values);
    case verify::kDeltaByteArray:
      return delta_byte_array_bytes(values);
    default:
      return plain_bytes(leaf, values);  // BYTE_STREAM_SPLIT takes as much: what it saves is the codec's to find.
  }
}

}  // namespace

std::vector<EncodingCost> encoding_costs(const Leaf& leaf, const std::vector<Bytes>& values) {
  std::vector<EncodingCost> costs;
  for (const int64_t encoding : {verify::kPlain, verify::kRleDictionary, verify::kDeltaBinaryPacked, verify::kDeltaLengthByteArray,
                                 verify::kDeltaByteArray, verify::kByteStreamSplit}) {
    if (!values.empty() && verify::is_encoding_for(encoding, leaf.type)) {
      costs.push_back({encoding, cost_of(leaf, encoding, values)});
    }
  }
  return costs;
}

const char* encoding_name(int64_t encoding) noexcept {
  constexpr const char* kNames[] = {"PLAIN",
                                    "?",
                                    "PLAIN_DICTIONARY",
                                    "RLE",
                                    "BIT_PACKED",
                                    "DELTA_BINARY_PACKED",
                                    "DELTA_LENGTH_BYTE_ARRAY",
                                    "DELTA_BYTE_ARRAY",
                                    "RLE_DICTIONARY",
                                    "BYTE_STREAM_SPLIT"};
  return encoding >= 0 && encoding < static_cast<int64_t>(std::size(kNames)) ? kNames[encoding] : "?";
}

}  // namespace pqflow::inspect
