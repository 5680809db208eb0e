#include "parquet/page_header.hpp"

#include <pqflow/descriptor.h>

#include "parquet/thrift_writer.hpp"

namespace pqflow::parquet {
namespace {

void encode_common(ThriftWriter& thrift, int32_t type, size_t uncompressed_bytes, size_t compressed_bytes, uint32_t crc) {
  thrift.begin_struct();
  thrift.field_i32(1, type);
  thrift.field_i32(2, static_cast<int32_t>(uncompressed_bytes));
  thrift.field_i32(3, static_cast<int32_t>(compressed_bytes));
  thrift.field_i32(4, static_cast<int32_t>(crc));
}

}  // namespace

void encode_page_header(const DataPageV1& page, std::vector<uint8_t>& out) {
  out.clear();
  ThriftWriter thrift(out);
  encode_common(thrift, kDataPage, page.uncompressed_bytes, page.compressed_bytes, page.crc);
  thrift.field_struct(5);
  thrift.field_i32(1, static_cast<int32_t>(page.value_count));
  thrift.field_i32(2, page.encoding);
  thrift.field_i32(3, PQFLOW_ENCODING_RLE);
  thrift.field_i32(4, PQFLOW_ENCODING_RLE);
  thrift.end_struct();
  thrift.end_struct();
}

void encode_page_header(const DataPageV2& page, std::vector<uint8_t>& out) {
  out.clear();
  ThriftWriter thrift(out);
  encode_common(thrift, kDataPageV2, page.uncompressed_bytes, page.compressed_bytes, page.crc);
  thrift.field_struct(8);
  thrift.field_i32(1, static_cast<int32_t>(page.value_count));
  thrift.field_i32(2, static_cast<int32_t>(page.null_count));
  thrift.field_i32(3, static_cast<int32_t>(page.row_count));
  thrift.field_i32(4, page.encoding);
  thrift.field_i32(5, static_cast<int32_t>(page.definition_levels_bytes));
  thrift.field_i32(6, static_cast<int32_t>(page.repetition_levels_bytes));
  thrift.field_bool(7, page.is_compressed);
  thrift.end_struct();
  thrift.end_struct();
}

void encode_dictionary_header(const DictionaryPage& page, std::vector<uint8_t>& out) {
  out.clear();
  ThriftWriter thrift(out);
  encode_common(thrift, kDictionaryPage, page.uncompressed_bytes, page.compressed_bytes, page.crc);
  thrift.field_struct(7);
  thrift.field_i32(1, static_cast<int32_t>(page.entry_count));
  thrift.field_i32(2, PQFLOW_ENCODING_PLAIN);
  thrift.end_struct();
  thrift.end_struct();
}

}  // namespace pqflow::parquet
