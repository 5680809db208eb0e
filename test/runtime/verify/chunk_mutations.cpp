// Damages to the metadata of column chunks.
#include "verify/mutation.hpp"

namespace pqflow::verify_test {

using verify::Rule;

std::vector<Mutation> chunk_mutations() {
  return {
      {Rule::kChunkType, "another physical type", "level", at_footer(), "type is 2, the schema says 1",
       in_metadata(kLevel, [](Node& metadata) { metadata.set(1, i32(2)); })},
      {Rule::kChunkPath, "another path", "level", at_footer(), "path_in_schema",
       [](FileSpec& file) { file.columns[kLevel].path = {"levels"}; }},
      {Rule::kChunkPath, "no path", "level", at_footer(), "path_in_schema", in_metadata(kLevel, [](Node& metadata) { metadata.erase(3); })},
      {Rule::kChunkCodec, "LZ4 in Hadoop's framing", "level", at_footer(), "codec 5",
       in_metadata(kLevel, [](Node& metadata) { metadata.set(4, i32(5)); })},
      {Rule::kChunkFilePath, "a chunk in another file", "level", at_footer(), "file_path is set",
       in_chunk(kLevel, [](Node& chunk) { chunk.set(1, text("other.parquet")); })},
      {Rule::kChunkPlace, "a chunk behind the file", "level", [](const BuiltFile&) { return uint64_t{1} << 40; },
       "between magic and footer", in_metadata(kLevel, [](Node& metadata) { metadata.set(9, i64(int64_t{1} << 40)); })},
      {Rule::kChunkPlace, "two chunks in one place", "", at_chunk(kId), "inside the one before it", in_footer([](Node& footer) {
         footer.at(2).item(kLevelElement) = footer.at(2).item(kIdElement);
         footer.at(2).item(kLevelElement).set(4, text("level"));
         Node chunk = chunk_of(footer, kId);
         chunk.at(3).at(3).item(0) = text("level");
         group_of(footer).set(2, i64(group_of(footer).at(2).number + chunk.at(3).at(6).number - metadata_of(footer, kLevel).at(6).number));
         group_of(footer).set(6, i64(group_of(footer).at(6).number + chunk.at(3).at(7).number - metadata_of(footer, kLevel).at(7).number));
         chunk_of(footer, kLevel) = chunk;
       })},
      {Rule::kChunkValues, "a value too many", "id", at_chunk(kId), "num_values is 5, not 4",
       in_metadata(kId, [](Node& metadata) { metadata.set(5, i64(5)); })},
      {Rule::kChunkValues, "fewer values than a page has", "level", at_page(kLevel, 0), "num_values is 3, this page alone has 4",
       in_metadata(kLevel, [](Node& metadata) { metadata.set(5, i64(3)); })},
      {Rule::kChunkUncompressedSize, "a byte too many", "level", at_chunk(kLevel), "total_uncompressed_size is",
       in_footer([](Node& footer) {
         metadata_of(footer, kLevel).at(6).number += 1;
         group_of(footer).at(2).number += 1;
       })},
      {Rule::kDataPageOffset, "an offset one byte late", "name", at_chunk(kName), "data_page_offset is",
       in_metadata(kName, [](Node& metadata) { metadata.at(9).number += 1; })},
      {Rule::kDictionaryPageOffset, "an offset of no dictionary", "level", at_chunk(kLevel), "the chunk has no dictionary page",
       in_metadata(kLevel, [](Node& metadata) { metadata.set(11, i64(metadata.at(9).number)); })},
      {Rule::kEncodings, "an encoding that is not named", "level", at_chunk(kLevel), "encodings does not name 5",
       in_metadata(kLevel, [](Node& metadata) { metadata.set(2, i32_list({3})); })},
      {Rule::kEncodingStats, "a page too many", "level", at_chunk(kLevel), "does not count the pages",
       in_metadata(kLevel, [](Node& metadata) { metadata.at(13).item(0).set(3, i32(2)); })},
  };
}

}  // namespace pqflow::verify_test
