#include "verify/value_decoder.hpp"

#include <algorithm>

#include "verify/byte_reader.hpp"
#include "verify/delta_decoder.hpp"
#include "verify/hybrid_decoder.hpp"
#include "verify/limits.hpp"

namespace pqflow::verify {
namespace {

using enum PhysicalType;

// Keeps a copy of `count` values of `width_bytes` that were put together piece by piece.
uint8_t* keep(Values& values, size_t count, size_t width_bytes) {
  uint8_t* const memory = values.kept.emplace_back(count * width_bytes + 1).data();
  for (size_t index = 0; index < count; ++index) {
    values.all.emplace_back(memory + index * width_bytes, width_bytes);
  }
  return memory;
}

void decode_plain_booleans(ByteReader& reader, size_t count, Values& values) {
  const Bytes packed = reader.take((count + 7) / 8);
  uint8_t* const memory = keep(values, count, 1);
  for (size_t index = 0; index < count; ++index) {
    memory[index] = static_cast<uint8_t>(unpack(packed, index, 1));
  }
}

void decode_plain(const Leaf& leaf, ByteReader& reader, size_t count, Values& values) {
  if (leaf.type == kBoolean) {
    decode_plain_booleans(reader, count, values);
    return;
  }
  for (size_t index = 0; index < count; ++index) {
    values.all.push_back(reader.take(leaf.type == kByteArray ? reader.u32() : leaf.width_bytes()));
  }
}

void decode_rle_booleans(ByteReader& reader, size_t count, Values& values) {
  ByteReader runs(reader.take(reader.u32()), Rule::kPageValues);
  const std::vector<uint32_t> bits = decode_hybrid(runs, count, 1);
  if (runs.remaining_bytes() != 0) {
    runs.fail(std::to_string(runs.remaining_bytes()) + " bytes are left after the booleans");
  }
  uint8_t* const memory = keep(values, count, 1);
  for (size_t index = 0; index < count; ++index) {
    memory[index] = static_cast<uint8_t>(bits[index]);
  }
}

void check_count(const ByteReader& reader, size_t found, size_t expected) {
  if (found != expected) {
    reader.fail(std::to_string(found) + " values, not " + std::to_string(expected));
  }
}

void decode_delta_integers(const Leaf& leaf, ByteReader& reader, size_t count, Values& values) {
  const uint32_t width_bytes = leaf.width_bytes();
  const std::vector<uint64_t> numbers = decode_delta(reader, width_bytes * 8, count);
  check_count(reader, numbers.size(), count);
  uint8_t* const memory = keep(values, count, width_bytes);
  for (size_t index = 0; index < count; ++index) {
    std::memcpy(memory + index * width_bytes, &numbers[index], width_bytes);
  }
}

std::vector<Bytes> decode_delta_length(ByteReader& reader, size_t count) {
  const std::vector<uint64_t> lengths = decode_delta(reader, 32, count);
  check_count(reader, lengths.size(), count);
  std::vector<Bytes> pieces;
  pieces.reserve(lengths.size());
  for (const uint64_t length_bytes : lengths) {
    pieces.push_back(reader.take(length_bytes));
  }
  return pieces;
}

// Checks the lengths of the values that prefixes and suffixes make, and adds them up.
size_t prefixed_bytes(const Leaf& leaf, const ByteReader& reader, const std::vector<uint64_t>& prefixes, const std::vector<Bytes>& suffixes,
                      size_t encoded_bytes) {
  size_t previous_bytes = 0;
  size_t total_bytes = 0;
  for (size_t index = 0; index < prefixes.size(); ++index) {
    if (prefixes[index] > previous_bytes) {
      reader.fail("value " + std::to_string(index) + " shares " + std::to_string(prefixes[index]) + " bytes with one of " +
                  std::to_string(previous_bytes));
    }
    previous_bytes = prefixes[index] + suffixes[index].size();
    if (leaf.type == kFixedLenByteArray && previous_bytes != leaf.type_length_bytes) {
      reader.fail("value " + std::to_string(index) + " has " + std::to_string(previous_bytes) + " bytes, the type " +
                  std::to_string(leaf.type_length_bytes));
    }
    total_bytes += previous_bytes;
    if (total_bytes > max_prefixed_bytes(encoded_bytes)) {
      throw Damage(Rule::kSizeLimit, "values of more than " + std::to_string(max_prefixed_bytes(encoded_bytes)) + " bytes in a page of " +
                                         std::to_string(encoded_bytes));
    }
  }
  return total_bytes;
}

void decode_delta_strings(const Leaf& leaf, ByteReader& reader, size_t count, Values& values) {
  const size_t encoded_bytes = reader.remaining_bytes();
  const std::vector<uint64_t> prefixes = decode_delta(reader, 32, count);
  const std::vector<Bytes> suffixes = decode_delta_length(reader, count);
  check_count(reader, prefixes.size(), count);
  std::vector<uint8_t>& memory = values.kept.emplace_back(prefixed_bytes(leaf, reader, prefixes, suffixes, encoded_bytes));
  uint8_t* next = memory.data();
  for (size_t index = 0; index < count; ++index) {
    uint8_t* const value = next;
    next = std::copy_n(index == 0 ? value : values.all.back().data(), prefixes[index], value);
    next = std::copy(suffixes[index].begin(), suffixes[index].end(), next);
    values.all.emplace_back(value, next);
  }
}

void decode_streams(const Leaf& leaf, ByteReader& reader, size_t count, Values& values) {
  const size_t width_bytes = leaf.width_bytes();
  const Bytes streams = reader.take(count * width_bytes);
  uint8_t* const memory = keep(values, count, width_bytes);
  for (size_t index = 0; index < count; ++index) {
    for (size_t byte = 0; byte < width_bytes; ++byte) {
      memory[index * width_bytes + byte] = streams[byte * count + index];
    }
  }
}

void decode_indices(ByteReader& reader, size_t count, const Values* dictionary, Values& values) {
  if (dictionary == nullptr) {
    throw Damage(Rule::kDictionaryIndex, "the page refers to a dictionary, and the chunk has none");
  }
  if (count == 0) {
    reader.rest();  // A width byte may stand there, or nothing.
    return;
  }
  const unsigned bit_width = reader.byte();
  for (const uint32_t index : decode_hybrid(reader, count, bit_width)) {
    if (index >= dictionary->all.size()) {
      throw Damage(Rule::kDictionaryIndex,
                   "index " + std::to_string(index) + " in a dictionary of " + std::to_string(dictionary->all.size()) + " entries");
    }
    values.all.push_back(dictionary->all[index]);
  }
}

}  // namespace

bool is_encoding_for(int64_t encoding, PhysicalType type) noexcept {
  const bool is_bytes = type == kByteArray || type == kFixedLenByteArray;
  switch (encoding) {
    case kPlain:
      return true;
    case kPlainDictionary:
    case kRleDictionary:
      return type != kBoolean;
    case kRle:
      return type == kBoolean;
    case kDeltaBinaryPacked:
      return type == kInt32 || type == kInt64;
    case kDeltaLengthByteArray:
      return type == kByteArray;
    case kDeltaByteArray:
      return is_bytes;
    case kByteStreamSplit:
      return type != kBoolean && type != kByteArray && type != kInt96;
    default:
      return false;
  }
}

Values decode_values(const Leaf& leaf, int64_t encoding, Bytes bytes, size_t count, const Values* dictionary) {
  Values values;
  ByteReader reader(bytes, Rule::kPageValues);
  switch (encoding) {
    case kPlainDictionary:
    case kRleDictionary:
      decode_indices(reader, count, dictionary, values);
      break;
    case kRle:
      decode_rle_booleans(reader, count, values);
      break;
    case kDeltaBinaryPacked:
      decode_delta_integers(leaf, reader, count, values);
      break;
    case kDeltaLengthByteArray:
      values.all = decode_delta_length(reader, count);
      break;
    case kDeltaByteArray:
      decode_delta_strings(leaf, reader, count, values);
      break;
    case kByteStreamSplit:
      decode_streams(leaf, reader, count, values);
      break;
    default:
      decode_plain(leaf, reader, count, values);
  }
  if (reader.remaining_bytes() != 0) {
    reader.fail(std::to_string(reader.remaining_bytes()) + " bytes are left after the page's " + std::to_string(count) + " values");
  }
  return values;
}

}  // namespace pqflow::verify
