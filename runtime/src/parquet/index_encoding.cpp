#include "parquet/index_encoding.hpp"

#include "parquet/thrift_writer.hpp"

namespace pqflow::parquet {
namespace {

void encode_counts(int16_t id, const PageIndex& index, uint64_t PageSummary::*count, ThriftWriter& thrift) {
  thrift.field_list(id, ThriftType::kI64, index.pages.size());
  for (const PageSummary& page : index.pages) {
    thrift.element_i64(signed_of(page.*count));
  }
}

void encode_histograms(int16_t id, const std::vector<uint32_t>& histograms, ThriftWriter& thrift) {
  if (!histograms.empty()) {
    thrift.field_list(id, ThriftType::kI64, histograms.size());
    for (const uint32_t count : histograms) {
      thrift.element_i64(count);
    }
  }
}

}  // namespace

void encode_column_index(const PageIndex& index, bool is_floating, std::vector<uint8_t>& out) {
  ThriftWriter thrift(out);
  thrift.begin_struct();
  thrift.field_list(1, ThriftType::kTrue, index.pages.size());  // The element type of booleans.
  for (const PageSummary& page : index.pages) {
    thrift.element_bool(page.is_null_page());
  }
  thrift.field_list(2, ThriftType::kBinary, index.pages.size());
  for (const PageSummary& page : index.pages) {
    thrift.element_binary(index.min_of(page));
  }
  thrift.field_list(3, ThriftType::kBinary, index.pages.size());
  for (const PageSummary& page : index.pages) {
    thrift.element_binary(index.max_of(page));
  }
  thrift.field_i32(4, static_cast<int32_t>(index.boundary_order));
  encode_counts(5, index, &PageSummary::null_count, thrift);
  encode_histograms(6, index.repetition_histograms, thrift);
  encode_histograms(7, index.definition_histograms, thrift);
  if (is_floating) {
    encode_counts(8, index, &PageSummary::nan_count, thrift);
  }
  thrift.end_struct();
}

void encode_offset_index(const PageIndex& index, uint64_t first_page_offset_bytes, bool is_byte_array, std::vector<uint8_t>& out) {
  ThriftWriter thrift(out);
  thrift.begin_struct();
  thrift.field_list(1, ThriftType::kStruct, index.pages.size());
  uint64_t offset_bytes = first_page_offset_bytes;
  uint64_t first_row = 0;
  for (const PageSummary& page : index.pages) {
    thrift.begin_struct();
    thrift.field_i64(1, signed_of(offset_bytes));
    thrift.field_i32(2, static_cast<int32_t>(page.stored_bytes));
    thrift.field_i64(3, signed_of(first_row));
    thrift.end_struct();
    offset_bytes += page.stored_bytes;
    first_row += page.row_count;
  }
  if (is_byte_array) {
    encode_counts(2, index, &PageSummary::byte_array_bytes, thrift);
  }
  thrift.end_struct();
}

}  // namespace pqflow::parquet
