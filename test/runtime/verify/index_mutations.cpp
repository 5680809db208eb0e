// Damages to page indexes and bloom filters.
#include "verify/mutation.hpp"

namespace pqflow::verify_test {
namespace {

using verify::Rule;

// One number of the first page location.
Damaging in_location(int16_t id, int64_t change) {
  return in_offset_index(kId, [=](Node& index) { index.at(1).item(1).at(id).number += change; });
}

std::vector<Mutation> page_index_mutations() {
  return {
      {Rule::kIndexPlace, "a column index alone", "level", at_chunk(kLevel), "without an offset index",
       in_chunk(kLevel, [](Node& chunk) { chunk.erase(4).erase(5); })},
      {Rule::kIndexPlace, "an offset index a byte shorter than said", "level", at_offset_index(kLevel), "offset index's length",
       in_chunk(kLevel, [](Node& chunk) { chunk.at(5).number += 1; })},
      {Rule::kIndexPlace, "an offset index of 1 GiB", "level", at_offset_index(kLevel), "offset index lies outside the file",
       in_chunk(kLevel, [](Node& chunk) { chunk.set(5, i32(1 << 30)); })},
      {Rule::kOffsetIndexPages, "an offset from the chunk's start", "id", at_offset_index(kId), "page 1: offset is", in_location(1, -4)},
      {Rule::kOffsetIndexPages, "a size without the header", "id", at_offset_index(kId), "page 1: compressed_page_size is",
       in_location(2, -1)},
      {Rule::kOffsetIndexPages, "a page too few", "id", at_offset_index(kId), "the number of page_locations is 1, not 2",
       in_offset_index(kId, [](Node& index) { index.at(1).items.pop_back(); })},
      {Rule::kOffsetIndexPages, "byte counts of fewer pages", "tags.list.element", at_offset_index(kTags),
       "the number of unencoded_byte_array_data_bytes is 1, not 2",
       in_offset_index(kTags, [](Node& index) { index.at(2).items.pop_back(); })},
      {Rule::kOffsetIndexRows, "a first row of the file", "id", at_offset_index(kId), "page 1: first_row_index is 3, not 2",
       in_location(3, 1)},
      {Rule::kSizeStatistics, "a page's byte too many", "tags.list.element", at_offset_index(kTags),
       "page 1: unencoded_byte_array_data_bytes is 2, not 1", in_offset_index(kTags, [](Node& index) { index.at(2).item(1) = i64(2); })},
      {Rule::kSizeStatistics, "pages' levels of another column", "tags.list.element", at_column_index(kTags), "definition_level_histograms",
       in_column_index(kTags, [](Node& index) { index.at(7).item(0) = i64(1); })},
      {Rule::kColumnIndexShape, "bounds of fewer pages", "id", at_column_index(kId), "lists of other lengths than the 2 pages",
       in_column_index(kId, [](Node& index) { index.at(2).items.pop_back(); })},
      {Rule::kColumnIndexNulls, "a null too many", "id", at_column_index(kId), "page 1: null_counts is 1, not 0",
       in_column_index(kId, [](Node& index) { index.at(5).item(1) = i64(1); })},
      {Rule::kColumnIndexNulls, "a page of nulls that is said to have values", "amount", at_column_index(kAmount),
       "page 0: null_pages is wrong", in_column_index(kAmount, [](Node& index) { index.at(1).item(0) = boolean(false); })},
      {Rule::kColumnIndexNulls, "a page of nulls with bounds", "amount", at_column_index(kAmount), "page 0: a null page has bounds",
       in_column_index(kAmount,
                       [](Node& index) {
                         index.at(2).item(0) = binary({0, 0, 0, 0});
                       })},
      {Rule::kNanCount, "a page's NaN forgotten", "price", at_column_index(kPrice), "page 0: nan_counts is 0, not 1",
       in_column_index(kPrice, [](Node& index) { index.set(8, i64_list({0})); })},
      {Rule::kBoundsForm, "a page's bound of three bytes", "id", at_column_index(kId), "page 1: max_values of 3 bytes",
       in_column_index(kId,
                       [](Node& index) {
                         index.at(3).item(1) = binary({4, 0, 0});
                       })},
      {Rule::kBoundsForbidden, "a column index of INT96", "old", at_column_index(kOld), "order is not defined",
       [](FileSpec& file) { file.columns[kOld].has_column_index = true; }},
      {Rule::kColumnIndexBounds, "a page's max too small", "id", at_column_index(kId), "page 1: a value lies outside its bounds",
       in_column_index(kId, [](Node& index) { index.at(3).item(1) = binary(plain_i64({3})); })},
      {Rule::kBoundaryOrder, "pages that ascend, said to descend", "id", at_column_index(kId), "page 1 breaks the boundary_order",
       in_column_index(kId, [](Node& index) { index.set(4, i32(2)); })},
      {Rule::kBoundaryOrder, "a third order", "id", at_column_index(kId), "boundary_order is unknown",
       in_column_index(kId, [](Node& index) { index.set(4, i32(3)); })},
  };
}

std::vector<Mutation> bloom_mutations() {
  return {
      {Rule::kIndexPlace, "a filter behind the file", "name", [](const BuiltFile&) { return uint64_t{1} << 40; },
       "the bloom filter lies outside the file", in_metadata(kName, [](Node& metadata) { metadata.set(14, i64(int64_t{1} << 40)); })},
      {Rule::kBloomHeader, "another hash", "name", at_bloom(kName), "not split block, XXH64 and uncompressed",
       in_bloom_header(kName,
                       [](Node& header) {
                         header.set(3, structure({{2, structure({})}}));
                       })},
      {Rule::kBloomHeader, "half a block", "name", at_bloom(kName), "a bloom filter of 16 bytes",
       in_bloom_header(kName, [](Node& header) { header.set(1, i32(16)); })},
      {Rule::kBloomHeader, "another bloom_filter_length", "name", at_bloom(kName), "bloom_filter_length is 1, not",
       in_metadata(kName, [](Node& metadata) { metadata.set(15, i32(1)); })},
      {Rule::kBloomMembership, "a filter without a bit", "name", at_bloom(kName), "2 of 2 values are not in the filter",
       [](FileSpec& file) { file.on_bloom_bits = [](size_t, ByteVector& bits) { bits.assign(bits.size(), 0); }; }},
  };
}

}  // namespace

std::vector<Mutation> index_mutations() {
  std::vector<Mutation> all = page_index_mutations();
  for (Mutation& mutation : bloom_mutations()) {
    all.push_back(std::move(mutation));
  }
  return all;
}

}  // namespace pqflow::verify_test
