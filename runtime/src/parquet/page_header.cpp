#include "parquet/page_header.hpp"

#include <pqflow/descriptor.h>

#include "parquet/thrift_writer.hpp"

namespace pqflow::parquet {
namespace {

constexpr int32_t kDataPage = 0;  // enum PageType

}  // namespace

void encode_page_header(const DataPageV1& page, std::vector<uint8_t>& out) {
  out.clear();
  ThriftWriter thrift(out);
  thrift.begin_struct();
  thrift.field_i32(1, kDataPage);
  thrift.field_i32(2, static_cast<int32_t>(page.uncompressed_bytes));
  thrift.field_i32(3, static_cast<int32_t>(page.compressed_bytes));
  thrift.field_i32(4, static_cast<int32_t>(page.crc));
  thrift.field_struct(5);
  thrift.field_i32(1, static_cast<int32_t>(page.value_count));
  thrift.field_i32(2, PQFLOW_ENCODING_PLAIN);
  thrift.field_i32(3, PQFLOW_ENCODING_RLE);
  thrift.field_i32(4, PQFLOW_ENCODING_RLE);
  thrift.end_struct();
  thrift.end_struct();
}

}  // namespace pqflow::parquet
