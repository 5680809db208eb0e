#include "verify/bloom_rules.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <cstring>

namespace pqflow::verify {
namespace {

constexpr uint64_t kBlockBytes = 32;
constexpr uint64_t kMaxFilterBytes = uint64_t{128} << 20;
constexpr uint64_t kMaxHeaderBytes = 256;
constexpr uint32_t kSalts[8] = {0x47b6137bU, 0x44974d91U, 0x8824ad5bU, 0xa2b7289dU, 0x705495c7U, 0x2df1424bU, 0x9efc4947U, 0x5c6bfb31U};

bool is_member(Bytes filter, const std::string& value) {
  const uint64_t hash = XXH64(value.data(), value.size(), 0);
  const uint64_t block_count = filter.size() / kBlockBytes;
  const uint64_t block = ((hash >> 32) * block_count) >> 32;
  for (size_t word = 0; word < 8; ++word) {
    uint32_t bits;
    std::memcpy(&bits, filter.data() + block * kBlockBytes + word * sizeof bits, sizeof bits);
    const uint32_t bit = (static_cast<uint32_t>(hash) * kSalts[word]) >> 27;
    if (((bits >> bit) & 1) == 0) {
      return false;
    }
  }
  return true;
}

bool check_header(const BloomHeader& header, const ColumnChunk& chunk, size_t header_bytes, uint64_t place, const Reporter& reporter) {
  const auto size_bytes = static_cast<uint64_t>(header.size_bytes);
  const bool is_known = header.is_block && header.is_xxhash && header.is_uncompressed;
  const bool is_sized = header.size_bytes > 0 && size_bytes % kBlockBytes == 0 && size_bytes <= kMaxFilterBytes;
  return reporter.require(is_known, Rule::kBloomHeader, place, "a bloom filter that is not split block, XXH64 and uncompressed") &&
         reporter.require(is_sized, Rule::kBloomHeader, place, "a bloom filter of " + std::to_string(header.size_bytes) + " bytes") &&
         (!chunk.bloom_bytes || reporter.require_equal(static_cast<uint64_t>(*chunk.bloom_bytes), header_bytes + size_bytes,
                                                       Rule::kBloomHeader, place, "bloom_filter_length"));
}

void check_members(Bytes filter, const ChunkFacts& facts, uint64_t place, const Reporter& reporter) {
  const auto missing_count =
      std::count_if(facts.distinct.begin(), facts.distinct.end(), [&](const std::string& value) { return !is_member(filter, value); });
  reporter.require(missing_count == 0, Rule::kBloomMembership, place,
                   std::to_string(missing_count) + " of " + std::to_string(facts.distinct.size()) + " values are not in the filter");
}

}  // namespace

void check_bloom(const FileReader& file, uint64_t data_end_bytes, const ColumnChunk& chunk, const ChunkFacts& facts,
                 const Reporter& reporter) {
  if (!chunk.bloom_offset) {
    return;
  }
  const auto place = static_cast<uint64_t>(*chunk.bloom_offset);
  if (!reporter.require(*chunk.bloom_offset > 0 && place < data_end_bytes, Rule::kIndexPlace, place,
                        "the bloom filter lies outside the file")) {
    return;
  }
  const std::vector<uint8_t> head = file.read(place, std::min(kMaxHeaderBytes, data_end_bytes - place));
  try {
    const ThriftDocument document = read_thrift(head);
    const BloomHeader header = read_bloom_header(Fields(document.fields, reporter, place, "BloomFilterHeader"));
    if (!check_header(header, chunk, document.size_bytes, place, reporter)) {
      return;
    }
    const uint64_t end_bytes = place + document.size_bytes + static_cast<uint64_t>(header.size_bytes);
    if (reporter.require(end_bytes <= data_end_bytes, Rule::kIndexPlace, place, "the bloom filter runs into the footer") &&
        facts.is_complete) {
      check_members(file.read(place + document.size_bytes, static_cast<uint64_t>(header.size_bytes)), facts, place, reporter);
    }
  } catch (const Malformed& damage) {
    reporter.add(Rule::kThrift, place + damage.position_bytes, std::string("bloom filter header: ") + damage.what());
  }
}

}  // namespace pqflow::verify
