#include "verify/chunk_rules.hpp"

#include <algorithm>

namespace pqflow::verify {
namespace {

uint64_t place_of(const ColumnChunk& chunk) { return static_cast<uint64_t>(chunk.first_page_offset()); }

void check_sizes(const ColumnChunk& chunk, const ChunkFacts& facts, const Reporter& reporter) {
  const uint64_t place = place_of(chunk);
  reporter.require_equal(static_cast<uint64_t>(chunk.uncompressed_bytes), facts.uncompressed_bytes, Rule::kChunkUncompressedSize, place,
                         "total_uncompressed_size");
  reporter.require_equal(static_cast<uint64_t>(chunk.value_count), facts.values.value_count, Rule::kChunkValues, place, "num_values");
}

void check_offsets(const ColumnChunk& chunk, const ChunkFacts& facts, const Reporter& reporter) {
  const uint64_t place = place_of(chunk);
  if (!facts.data_pages.empty()) {
    reporter.require_equal(static_cast<uint64_t>(chunk.data_page_offset), facts.data_pages[0].offset_bytes, Rule::kDataPageOffset, place,
                           "data_page_offset");
  }
  const bool is_said = chunk.dictionary_page_offset.value_or(0) > 0;
  if (facts.dictionary_page_offset) {
    reporter.require(is_said && static_cast<uint64_t>(*chunk.dictionary_page_offset) == *facts.dictionary_page_offset,
                     Rule::kDictionaryPageOffset, place,
                     "dictionary_page_offset is not " + std::to_string(*facts.dictionary_page_offset) + ", where the dictionary page is");
  } else {
    reporter.require(!is_said, Rule::kDictionaryPageOffset, place, "dictionary_page_offset is set, and the chunk has no dictionary page");
  }
}

// Both numbers of the dictionary encodings mean the same; old writers name one and use the other.
bool names_encoding(const ColumnChunk& chunk, int64_t encoding) {
  const auto has = [&](int64_t wanted) {
    return std::find(chunk.encodings.begin(), chunk.encodings.end(), wanted) != chunk.encodings.end();
  };
  const bool is_dictionary = encoding == kPlainDictionary || encoding == kRleDictionary;
  return has(encoding) || (is_dictionary && (has(kPlainDictionary) || has(kRleDictionary)));
}

void check_encodings(const ColumnChunk& chunk, const ChunkFacts& facts, const Reporter& reporter) {
  for (const int64_t encoding : facts.used_encodings) {
    reporter.require(names_encoding(chunk, encoding), Rule::kEncodings, place_of(chunk),
                     "encodings does not name " + std::to_string(encoding) + ", which a page uses");
  }
}

void check_encoding_stats(const ColumnChunk& chunk, const ChunkFacts& facts, const Reporter& reporter) {
  if (chunk.encoding_stats.empty()) {
    return;
  }
  const auto sorted = [](std::vector<PageEncodingStats> stats) {
    for (PageEncodingStats& entry : stats) {
      entry.page_type = entry.page_type == kDataPageV2 ? int64_t{kDataPage} : entry.page_type;  // Arrow C++ counts both kinds as V1.
    }
    std::sort(stats.begin(), stats.end(), [](const PageEncodingStats& left, const PageEncodingStats& right) {
      return std::pair(left.page_type, left.encoding) < std::pair(right.page_type, right.encoding);
    });
    return stats;
  };
  const auto is_equal = [](const PageEncodingStats& left, const PageEncodingStats& right) {
    return left.page_type == right.page_type && left.encoding == right.encoding && left.count == right.count;
  };
  const std::vector<PageEncodingStats> said = sorted(chunk.encoding_stats);
  const std::vector<PageEncodingStats> found = sorted(facts.encoding_stats);
  reporter.require(std::equal(said.begin(), said.end(), found.begin(), found.end(), is_equal), Rule::kEncodingStats, place_of(chunk),
                   "encoding_stats does not count the pages as they are");
}

}  // namespace

void check_chunk(const ColumnChunk& chunk, const ChunkFacts& facts, const Reporter& reporter) {
  check_offsets(chunk, facts, reporter);
  check_encodings(chunk, facts, reporter);
  if (facts.is_complete) {
    check_sizes(chunk, facts, reporter);
    check_encoding_stats(chunk, facts, reporter);
  }
}

}  // namespace pqflow::verify
