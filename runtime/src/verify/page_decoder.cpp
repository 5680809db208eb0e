#include "verify/page_decoder.hpp"

#include <algorithm>
#include <bit>

#include "verify/byte_reader.hpp"
#include "verify/decompress.hpp"
#include "verify/hybrid_decoder.hpp"

namespace pqflow::verify {
namespace {

unsigned bits_of(unsigned max_level) { return static_cast<unsigned>(std::bit_width(max_level)); }

void check_levels(const std::vector<uint32_t>& levels, unsigned max_level) {
  const auto too_high = std::find_if(levels.begin(), levels.end(), [&](uint32_t level) { return level > max_level; });
  if (too_high != levels.end()) {
    throw Damage(Rule::kPageLevels, "level " + std::to_string(*too_high) + ", the column's maximum is " + std::to_string(max_level));
  }
}

std::vector<uint32_t> decode_levels(Bytes bytes, size_t count, unsigned max_level) {
  ByteReader reader(bytes, Rule::kPageLevels);
  std::vector<uint32_t> levels = decode_hybrid(reader, count, bits_of(max_level));
  if (reader.remaining_bytes() != 0) {
    reader.fail(std::to_string(reader.remaining_bytes()) + " bytes are left after the levels");
  }
  check_levels(levels, max_level);
  return levels;
}

// Deprecated BIT_PACKED: most significant bit first, no length.
std::vector<uint32_t> decode_old_levels(ByteReader& body, size_t count, unsigned max_level) {
  const unsigned bit_width = bits_of(max_level);
  const Bytes packed = body.take((count * bit_width + 7) / 8);
  std::vector<uint32_t> levels(count);
  for (size_t bit = 0; bit < count * bit_width; ++bit) {
    const uint32_t value = (packed[bit / 8] >> (7 - bit % 8)) & 1;
    levels[bit / bit_width] = levels[bit / bit_width] << 1 | value;
  }
  check_levels(levels, max_level);
  return levels;
}

// V1: a 4-byte length, then the hybrid. A column without levels names an encoding of them too.
std::vector<uint32_t> take_levels(ByteReader& body, int64_t encoding, size_t count, unsigned max_level) {
  if (encoding != kRle && encoding != kBitPacked) {
    throw Damage(Rule::kPageEncoding, "levels in encoding " + std::to_string(encoding));
  }
  if (max_level == 0) {
    return {};
  }
  return encoding == kBitPacked ? decode_old_levels(body, count, max_level) : decode_levels(body.take(body.u32()), count, max_level);
}

size_t count_present(const DecodedPage& page, const Leaf& leaf, size_t value_count) {
  if (leaf.max_definition_level == 0) {
    return value_count;
  }
  return static_cast<size_t>(std::count(page.definition_levels.begin(), page.definition_levels.end(), leaf.max_definition_level));
}

void decode_v1(const Leaf& leaf, int64_t codec, const PageHeader& header, Bytes stored, const Values* dictionary, DecodedPage& page) {
  page.body = decompress(codec, stored, static_cast<size_t>(header.uncompressed_bytes));
  ByteReader body(page.body, Rule::kPageLevels);
  const auto value_count = static_cast<size_t>(header.value_count);
  page.repetition_levels = take_levels(body, header.repetition_encoding, value_count, leaf.max_repetition_level);
  page.definition_levels = take_levels(body, header.definition_encoding, value_count, leaf.max_definition_level);
  page.values = decode_values(leaf, header.encoding, body.rest(), count_present(page, leaf, value_count), dictionary);
}

void decode_v2(const Leaf& leaf, int64_t codec, const PageHeader& header, Bytes stored, const Values* dictionary, DecodedPage& page) {
  ByteReader body(stored, Rule::kPageLevels);
  const auto value_count = static_cast<size_t>(header.value_count);
  const Bytes repetition = body.take(static_cast<size_t>(header.repetition_bytes));
  const Bytes definition = body.take(static_cast<size_t>(header.definition_bytes));
  page.repetition_levels =
      leaf.max_repetition_level == 0 ? std::vector<uint32_t>() : decode_levels(repetition, value_count, leaf.max_repetition_level);
  page.definition_levels =
      leaf.max_definition_level == 0 ? std::vector<uint32_t>() : decode_levels(definition, value_count, leaf.max_definition_level);
  const auto levels_bytes = static_cast<size_t>(header.repetition_bytes + header.definition_bytes);
  const size_t values_bytes =
      static_cast<size_t>(header.uncompressed_bytes) - std::min(levels_bytes, static_cast<size_t>(header.uncompressed_bytes));
  page.body = decompress(header.is_compressed ? codec : 0, body.rest(), values_bytes);
  page.values = decode_values(leaf, header.encoding, page.body, count_present(page, leaf, value_count), dictionary);
}

void check_header(const Leaf& leaf, const PageHeader& header) {
  const bool is_counted =
      header.value_count >= 0 && header.uncompressed_bytes >= 0 && header.repetition_bytes >= 0 && header.definition_bytes >= 0;
  if (!is_counted) {
    throw Damage(Rule::kPageValues, "a count or size of the page header is negative");
  }
  if (!is_encoding_for(header.encoding, leaf.type)) {
    throw Damage(Rule::kPageEncoding, "encoding " + std::to_string(header.encoding) + " does not exist for the column's physical type");
  }
}

}  // namespace

DecodedPage decode_data_page(const Leaf& leaf, int64_t codec, const PageHeader& header, Bytes stored, const Values* dictionary) {
  check_header(leaf, header);
  DecodedPage page;
  if (header.type == kDataPageV2) {
    decode_v2(leaf, codec, header, stored, dictionary, page);
  } else {
    decode_v1(leaf, codec, header, stored, dictionary, page);
  }
  return page;
}

DecodedPage decode_dictionary_page(const Leaf& leaf, int64_t codec, const PageHeader& header, Bytes stored) {
  if (header.encoding != kPlain && header.encoding != kPlainDictionary) {
    throw Damage(Rule::kPageEncoding, "a dictionary page in encoding " + std::to_string(header.encoding) + ", not PLAIN");
  }
  check_header(leaf, header);
  DecodedPage page;
  page.body = decompress(codec, stored, static_cast<size_t>(header.uncompressed_bytes));
  page.values = decode_values(leaf, kPlain, page.body, static_cast<size_t>(header.value_count), nullptr);
  return page;
}

}  // namespace pqflow::verify
