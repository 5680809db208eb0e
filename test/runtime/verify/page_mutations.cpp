// Damages to pages: headers, levels, encoded values.
#include "verify/mutation.hpp"

namespace pqflow::verify_test {
namespace {

using verify::Rule;

// `edit` on the structure of the header that the page's type has.
Damaging in_v1_header(size_t column, size_t page, const Editing& edit) {
  return in_page_header(column, page, [=](Node& header) { edit(header.at(5)); });
}
Damaging in_v2_header(size_t column, const Editing& edit) {
  return in_page_header(column, 0, [=](Node& header) { edit(header.at(8)); });
}

std::vector<Mutation> header_mutations() {
  return {
      {Rule::kPageOrder, "two dictionary pages", "name", at_page(kName, 1), "not the first page",
       [](FileSpec& file) {
         std::vector<PageSpec>& pages = file.columns[kName].pages;
         pages.insert(pages.begin(), pages[0]);
       }},
      {Rule::kPageSize, "a page longer than its chunk", "id", at_page(kId, 1), "are left in the chunk",
       in_page_header(kId, 1, [](Node& header) { header.at(3).number += 1; })},
      {Rule::kPageCrc, "another checksum", "id", at_page(kId, 1), "CRC-32",
       in_page_header(kId, 1, [](Node& header) { header.set(4, i32(1)); })},
      {Rule::kPageCodec, "bytes that are no GZIP", "price", at_page(kPrice, 0), "GZIP cannot decompress the page",
       [](FileSpec& file) {
         file.on_page_body = [](size_t column, size_t, ByteVector& stored) {
           if (column == kPrice) {
             stored[8] = 0;
           }
         };
       }},
      {Rule::kPageUncompressedSize, "a byte too many", "price", at_page(kPrice, 0), "its header says",
       in_page_header(kPrice, 0, [](Node& header) { header.at(2).number -= 1; })},
      {Rule::kPageUncompressedSize, "more than the whole chunk", "level", at_page(kLevel, 0), "the header says 2147483647 bytes",
       in_page_header(kLevel, 0, [](Node& header) { header.set(2, i32(INT32_MAX)); })},
      {Rule::kSizeLimit, "2 GiB of a page", "level", at_page(kLevel, 0), "2147483647 bytes in a page",
       [](FileSpec& file) {
         in_page_header(kLevel, 0, [](Node& header) { header.set(2, i32(INT32_MAX)); })(file);
         in_footer([](Node& footer) {
           const int64_t added = INT32_MAX;
           metadata_of(footer, kLevel).at(6).number += added;
           group_of(footer).at(2).number += added;
         })(file);
       }},
      {Rule::kPageEncoding, "BIT_PACKED values", "level", at_page(kLevel, 0), "encoding 4 does not exist",
       in_page(kLevel, 0, [](PageSpec& page) { page.encoding = 4; })},
      {Rule::kPageEncoding, "levels in DELTA_BINARY_PACKED", "name", at_page(kName, 1), "levels in encoding 5",
       in_v1_header(kName, 1, [](Node& header) { header.set(3, i32(5)); })},
      {Rule::kPageEncoding, "an unknown encoding of levels that a column does not have", "id", at_page(kId, 1), "levels in encoding 6",
       in_v1_header(kId, 1, [](Node& header) { header.set(4, i32(6)); })},
      {Rule::kPageEncoding, "a dictionary in RLE", "name", at_page(kName, 0), "a dictionary page in encoding 3",
       in_page(kName, 0, [](PageSpec& page) { page.encoding = 3; })},
      {Rule::kPageEncoding, "DELTA_BINARY_PACKED doubles", "price", at_page(kPrice, 0), "encoding 5 does not exist",
       in_page(kPrice, 0, [](PageSpec& page) { page.encoding = 5; })},
      {Rule::kPageRows, "a row too many", "price", at_page(kPrice, 0), "num_rows is 5, not 4",
       in_v2_header(kPrice, [](Node& header) { header.set(3, i32(5)); })},
      {Rule::kPageNulls, "a null too many", "price", at_page(kPrice, 0), "num_nulls is 2, not 1",
       in_v2_header(kPrice, [](Node& header) { header.set(2, i32(2)); })},
  };
}

std::vector<Mutation> body_mutations() {
  return {
      {Rule::kPageLevels, "a level above the maximum", "name", at_page(kName, 1), "takes more than 1 bits",
       in_page(kName, 1,
               [](PageSpec& page) {
                 page.definition_levels = levels({1, 0, 1, 2});
               })},
      {Rule::kPageLevels, "a level of the width that is above the maximum", "tags.list.element", at_page(kTags, 0),
       "level 3, the column's maximum is 2", in_element(kTagElement, [](Node& element) { element.set(3, i32(0)); })},
      {Rule::kPageLevels, "a level too many", "name", at_page(kName, 1), "bytes are left after the levels",
       in_page(kName, 1,
               [](PageSpec& page) {
                 page.definition_levels = levels({1, 0, 1, 1, 1});
               })},
      {Rule::kPageLevels, "a level too few", "name", at_page(kName, 1), "ends early",
       in_page(kName, 1,
               [](PageSpec& page) {
                 page.definition_levels = levels({1, 0, 1});
               })},
      {Rule::kPageValues, "a byte too many", "id", at_page(kId, 1), "1 bytes are left after the page's 2 values",
       in_page(kId, 1, [](PageSpec& page) { page.values.push_back(0); })},
      {Rule::kPageValues, "a byte too few", "id", at_page(kId, 1), "ends early",
       in_page(kId, 1, [](PageSpec& page) { page.values.pop_back(); })},
      {Rule::kPageValues, "a delta header of another count", "level", at_page(kLevel, 0), "3 values, not 4",
       in_page(kLevel, 0,
               [](PageSpec& page) {
                 page.values = delta({5, -3, 7}, 5, 5);
               })},
      {Rule::kDeltaWidth, "a miniblock of 33 bits", "level", at_page(kLevel, 0), "a miniblock of 33 bits in a column of 32",
       in_page(kLevel, 0,
               [](PageSpec& page) {
                 page.values = delta({5, -3, 7, 0}, 33, 33);
               })},
      {Rule::kDictionaryIndex, "an index behind the dictionary", "name", at_page(kName, 1), "index 2 in a dictionary of 2 entries",
       in_page(kName, 1,
               [](PageSpec& page) {
                 page.values = indices(2, {0, 2, 0});
               })},
      {Rule::kRowBoundary, "a page that begins in the middle of a row", "tags.list.element", at_page(kTags, 1), "in the middle of a row",
       [](FileSpec& file) {
         PageSpec& first = file.columns[kTags].pages[0];
         PageSpec& second = file.columns[kTags].pages[1];
         first.repetition_levels = levels({0, 0, 0});  // Three rows, then one that goes on in the second page.
         first.repetition_histogram = {3, 0};
         first.row_count = 3;
         second.repetition_levels = levels({1, 0, 1});
         second.definition_levels = levels({2, 1, 3});
         second.definition_histogram = {0, 1, 1, 1};
         second.repetition_histogram = {1, 2};
         second.row_count = 1;
       }},
  };
}

}  // namespace

std::vector<Mutation> page_mutations() {
  std::vector<Mutation> all = header_mutations();
  for (Mutation& mutation : body_mutations()) {
    all.push_back(std::move(mutation));
  }
  return all;
}

}  // namespace pqflow::verify_test
