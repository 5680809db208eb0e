// Damages to the file around its data.
#include "verify/mutation.hpp"

namespace pqflow::verify_test {

using verify::Rule;

namespace {

Damaging arrow_schema(const std::string& text) {
  return [=](FileSpec& file) { put_arrow_schema(file, text); };
}

// The message before a record batch's bytes, as pyarrow writes it.
constexpr const char* kRecordBatch =
    "/////4gAAAAUAAAAAAAAAAwAFgAGAAUACAAMAAwAAAAAAwQAGAAAAAgAAAAAAAAAAAAKABgADAAEAAgACgAAADwAAAAQAAAAAQAAAAAAAAAAAA"
    "AAAgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAgAAAAAAAAAAAAAAAEAAAABAAAAAAAAAAAAAAAAAAAA";

}  // namespace

std::vector<Mutation> file_mutations() {
  return {
      {Rule::kFileMagic, "another first letter", "", at_start(), "does not begin with PAR1",
       [](FileSpec& file) { file.on_file = [](ByteVector& bytes) { bytes[0] = 'Q'; }; }},
      {Rule::kFileMagic, "another last letter", "", at_end(4), "does not end with PAR1",
       [](FileSpec& file) { file.on_file = [](ByteVector& bytes) { bytes.back() = '2'; }; }},
      {Rule::kFileMagic, "seven bytes", "", at_start(), "7 bytes is no Parquet file",
       [](FileSpec& file) { file.on_file = [](ByteVector& bytes) { bytes.resize(7); }; }},
      {Rule::kFooterLength, "a byte after FileMetaData", "", at_footer(), "the footer's length",
       [](FileSpec& file) { file.on_footer_bytes = [](ByteVector& footer) { footer.push_back(0); }; }},
      {Rule::kFooterLength, "a footer longer than the file", "", at_end(8), "does not fit the file",
       [](FileSpec& file) { file.on_file = [](ByteVector& bytes) { bytes[bytes.size() - 5] = 1; }; }},
      {Rule::kThrift, "a field of a type that Thrift does not have", "", one_after(at_footer()), "type 15 does not exist",
       [](FileSpec& file) { file.on_footer_bytes = [](ByteVector& footer) { footer.insert(footer.begin(), {0x1f}); }; }},
      {Rule::kThrift, "a page header of a wrong type", "id", one_after(at_page(kId, 1)), "page header: type 13 does not exist",
       [](FileSpec& file) {
         file.on_file = [](ByteVector& bytes) { bytes[build_file(sample_file()).columns[kId].page_offsets[1]] = 0x1d; };
       }},
      {Rule::kRequiredField, "no file_offset", "", at_footer(), "ColumnChunk.file_offset is missing",
       in_chunk(kLevel, [](Node& chunk) { chunk.erase(2); })},
      {Rule::kRequiredField, "an i32 where an i64 belongs", "", at_footer(), "Statistics.null_count is of type i32, not i64",
       in_statistics(kLevel, [](Node& statistics) { statistics.set(3, i32(0)); })},
      {Rule::kVersion, "version 3", "", at_footer(), "version is 3", in_footer([](Node& footer) { footer.set(1, i32(3)); })},
      {Rule::kCreatedBy, "no version in created_by", "", at_footer(), "`builder 1.0` has no version",
       in_footer([](Node& footer) { footer.set(6, text("builder 1.0")); })},
      {Rule::kCreatedBy, "a bracket that is no build", "", at_footer(), "has no version",
       in_footer([](Node& footer) { footer.set(6, text("builder version 1.0 (abc)")); })},
      {Rule::kFileRows, "a row too many in the file", "", at_footer(), "num_rows is 5, not 4",
       in_footer([](Node& footer) { footer.set(3, i64(5)); })},
      {Rule::kColumnOrders, "an order too few", "", at_footer(), "column_orders is 7, not 8",
       in_footer([](Node& footer) { footer.at(7).items.pop_back(); })},
      {Rule::kColumnOrders, "bounds without column_orders", "", at_footer(), "column_orders is missing",
       in_footer([](Node& footer) { footer.erase(7); })},
      {Rule::kArrowSchema, "a letter that base64 does not have", "", at_footer(), "ARROW:schema is no base64", arrow_schema("////_w==")},
      {Rule::kArrowSchema, "half a byte", "", at_footer(), "ARROW:schema is no base64", arrow_schema("////////A")},
      {Rule::kArrowSchema, "an Arrow schema of no bytes", "", at_footer(), "an offset leads out of the message", arrow_schema("")},
      {Rule::kArrowSchema, "an Arrow schema cut", "", at_footer(), "a message of 560 bytes is cut",
       arrow_schema(std::string(kSampleArrowSchema).substr(0, 400))},
      {Rule::kArrowSchema, "an Arrow schema without its end", "", at_footer(), "leads out of the message",
       arrow_schema(std::string(kUnframedArrowSchema).substr(0, 400))},
      {Rule::kArrowSchema, "a table whose fields lie before the message", "", at_footer(), "fields lie before the message",
       arrow_schema("BAAAAGQAAAA=")},
      {Rule::kArrowSchema, "an Arrow schema of a column less", "", at_footer(), "has other columns than the file",
       arrow_schema(kShorterArrowSchema)},
      {Rule::kArrowSchema, "a record batch for an Arrow schema", "", at_footer(), "the message holds no schema",
       arrow_schema(kRecordBatch)},
  };
}

}  // namespace pqflow::verify_test
