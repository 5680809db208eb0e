#include "verify/rules.hpp"

#include <array>

namespace pqflow::verify {
namespace {

// In the order of the enumeration. "README" and the other names are documents of apache/parquet-format.
constexpr std::array kTexts = {
    RuleText{"file-magic", "a file begins and ends with PAR1 (README, File format)"},
    RuleText{"footer-length", "the footer's length lies inside the file and covers exactly one FileMetaData"},
    RuleText{"thrift", "metadata is well-formed Thrift compact protocol"},
    RuleText{"required-field", "fields that parquet.thrift requires are there, with the type it gives them"},
    RuleText{"version", "FileMetaData.version is 1 or 2"},
    RuleText{"created-by", "created_by reads `application version x.y.z (build hash)`, which readers parse"},
    RuleText{"file-rows", "FileMetaData.num_rows is the sum of the row groups' rows"},
    RuleText{"column-orders", "column_orders has one entry per leaf, and is there when bounds are written (parquet.thrift, ColumnOrder)"},
    RuleText{"column-order-type", "IEEE_754_TOTAL_ORDER is the order of FLOAT, DOUBLE and FLOAT16 alone (parquet.thrift, ColumnOrder)"},
    RuleText{"arrow-schema",
             "where key_value_metadata has ARROW:schema, it is the base64 of an Arrow IPC message with a schema of the file's columns"},
    RuleText{"schema-tree", "num_children of all elements makes one tree"},
    RuleText{"schema-root", "the root is a group without a repetition"},
    RuleText{"schema-name", "names are not empty and unique within their group"},
    RuleText{"leaf-type", "a leaf has a physical type and a repetition, a group has no type"},
    RuleText{"type-length", "FIXED_LEN_BYTE_ARRAY has a positive type_length"},
    RuleText{"logical-type", "the logical type fits the physical one (LogicalTypes.md)"},
    RuleText{"converted-type", "converted_type says what the logical type says (LogicalTypes.md)"},
    RuleText{"decimal", "0 ≤ scale ≤ precision, and the precision fits the physical type (LogicalTypes.md, DECIMAL)"},
    RuleText{"list", "a LIST is a group of one repeated group of one element (LogicalTypes.md, Lists)"},
    RuleText{"map", "a MAP is a group of one repeated group of a required key and a value (LogicalTypes.md, Maps)"},
    RuleText{"row-group-columns", "a row group has one column chunk per leaf, in the order of the schema"},
    RuleText{"row-group-rows", "every column of a row group holds num_rows rows"},
    RuleText{"row-group-size", "total_byte_size and total_compressed_size are the sums of the chunks"},
    RuleText{"row-group-offset", "RowGroup.file_offset is its first page"},
    RuleText{"row-group-ordinal", "RowGroup.ordinal is its position, counted from the first row group or, in all of them, from the last"},
    RuleText{"sorting", "rows are in the order that sorting_columns declares"},
    RuleText{"chunk-type", "ColumnMetaData.type is the schema's"},
    RuleText{"chunk-path", "path_in_schema is the leaf's path"},
    RuleText{"chunk-codec", "the codec is one that readers know; LZ4 (5) and LZO are not"},
    RuleText{"chunk-file-path", "ColumnChunk.file_path is not used"},
    RuleText{"chunk-place", "a chunk lies between the magic and the footer and overlaps no other"},
    RuleText{"chunk-values", "num_values is the sum of the pages' values, nulls included"},
    RuleText{"chunk-uncompressed-size", "total_uncompressed_size is the sum of the pages with their headers"},
    RuleText{"data-page-offset", "data_page_offset is the first data page"},
    RuleText{"dictionary-page-offset", "dictionary_page_offset is the dictionary page, and there is one when it is set"},
    RuleText{"encodings", "ColumnMetaData.encodings names every encoding that values in data pages have"},
    RuleText{"encoding-stats", "encoding_stats counts the pages by type and encoding"},
    RuleText{
        "size-limit",
        "what a page becomes, what is kept of a chunk, and the columns' paths are in proportion to the file: a limit of the verifier, far "
        "above what writers write"},
    RuleText{"page-order", "a chunk has at most one dictionary page, and it is the first"},
    RuleText{"page-size", "pages fill total_compressed_size: a page ends inside its chunk"},
    RuleText{"page-crc", "the page's CRC-32 is that of its bytes as stored"},
    RuleText{"page-codec", "the codec can decompress the page"},
    RuleText{"page-uncompressed-size", "uncompressed_page_size is the size of the decompressed page, within total_uncompressed_size"},
    RuleText{"page-encoding", "the encoding exists for the physical type (Encodings.md)"},
    RuleText{"page-levels", "levels are well-formed, as many as the page's values, none above the column's maximum"},
    RuleText{"page-values", "values are well-formed, as many as present levels, and fill the page"},
    RuleText{"page-rows", "DataPageHeaderV2.num_rows is the number of rows that begin in the page"},
    RuleText{"page-nulls", "DataPageHeaderV2.num_nulls is the number of nulls"},
    RuleText{"delta-width", "a miniblock is no wider than the physical type (Encodings.md, Delta Encoding)"},
    RuleText{"dictionary-index", "an index is below the number of dictionary entries"},
    RuleText{"row-boundary", "a page begins with a new row where there is an offset index, and in V2 pages"},
    RuleText{"utf8", "STRING, ENUM and JSON values are UTF-8"},
    RuleText{"value-range", "a value lies in the range of its logical type"},
    RuleText{"null-count", "null_count is the number of nulls"},
    RuleText{"nan-count", "nan_count is the number of NaNs"},
    RuleText{"nan-count-missing",
             "where IEEE_754_TOTAL_ORDER is the order, statistics and column index count NaNs (parquet.thrift, ColumnOrder)"},
    RuleText{"bounds-pair", "min_value and max_value are written both or not at all"},
    RuleText{"bounds-form", "a bound is a PLAIN value of the column's type, UTF-8 where values are, and in TYPE_ORDER no NaN"},
    RuleText{"bounds-order", "min_value is not above max_value"},
    RuleText{"bounds-hold", "no value lies outside the bounds"},
    RuleText{"bounds-exact", "a bound said to be exact is a value of the chunk"},
    RuleText{"bounds-zero", "a zero lower bound is -0.0, a zero upper bound +0.0 (parquet.thrift, ColumnOrder)"},
    RuleText{
        "bounds-nan",
        "where all values are NaNs, and only there, bounds are the smallest and the largest NaN in IEEE_754_TOTAL_ORDER, and left out in "
        "TYPE_ORDER (parquet.thrift, ColumnOrder)"},
    RuleText{"bounds-forbidden", "columns without a defined order (INT96, INTERVAL) have no bounds"},
    RuleText{"distinct-count", "distinct_count is the number of distinct values"},
    RuleText{"size-statistics",
             "unencoded_byte_array_data_bytes and the level histograms are right, of chunks and of pages (parquet.thrift, SizeStatistics)"},
    RuleText{"index-place", "column and offset index lie inside the file, and an offset index stands beside each column index"},
    RuleText{"offset-index-pages", "page_locations are the data pages: offset from the file's start, size with the header"},
    RuleText{"offset-index-rows", "first_row_index is the page's first row"},
    RuleText{"column-index-shape", "the lists of a column index have one entry per page"},
    RuleText{"column-index-nulls", "null_pages and null_counts are those of the pages, and null pages have empty bounds"},
    RuleText{"column-index-bounds", "no value of a page lies outside its bounds"},
    RuleText{"boundary-order", "boundary_order holds for the bounds of the pages that are not null pages"},
    RuleText{"bloom-header", "a bloom filter is split block, XXH64, uncompressed, in whole blocks, and as long as said"},
    RuleText{"bloom-membership", "every value of the chunk is in its bloom filter"},
    RuleText{"expected-columns", "with --schema: the file has the schema's columns, no others, in its order"},
    RuleText{"expected-id", "with --schema: field_id is the schema's"},
    RuleText{"expected-repetition", "with --schema: repetition_type is the schema's"},
    RuleText{"expected-type", "with --schema: the physical type and its length are the schema's"},
    RuleText{"expected-logical-type", "with --schema: the logical type is the schema's"},
    RuleText{"expected-fingerprint", "with --schema: the schema that the file carries has its fingerprint"},
};

static_assert(kTexts.size() == static_cast<size_t>(Rule::kExpectedFingerprint) + 1);

}  // namespace

const RuleText& text_of(Rule rule) noexcept { return kTexts[static_cast<size_t>(rule)]; }
std::span<const RuleText> all_rules() noexcept { return kTexts; }

}  // namespace pqflow::verify
