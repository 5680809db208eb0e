#include "parquet/chunk_bloom.hpp"

#include <algorithm>

#include "encoding/bytes.hpp"
#include "encoding/plain.hpp"
#include "parquet/thrift_writer.hpp"

namespace pqflow::parquet {
namespace {

constexpr size_t kMaxHeaderBytes = 32;

uint64_t distinct_bound(const pqflow_field& field, uint64_t max_values) {
  return field.bloom_filter_ndv == 0 ? max_values : std::min<uint64_t>(field.bloom_filter_ndv, max_values);
}

// A union whose only member so far is an empty struct.
void encode_first_choice(int16_t id, ThriftWriter& thrift) {
  thrift.field_struct(id);
  thrift.field_empty_struct(1);
  thrift.end_struct();
}

// BloomFilterHeader: numBytes, algorithm BLOCK, hash XXHASH, compression UNCOMPRESSED.
void encode_header(size_t bits_bytes, std::vector<uint8_t>& out) {
  out.clear();
  ThriftWriter thrift(out);
  thrift.begin_struct();
  thrift.field_i32(1, static_cast<int32_t>(bits_bytes));
  encode_first_choice(2, thrift);
  encode_first_choice(3, thrift);
  encode_first_choice(4, thrift);
  thrift.end_struct();
}

}  // namespace

ChunkBloom::ChunkBloom(const pqflow_field& field, uint64_t max_values)
    : max_fpp_(field.bloom_filter_fpp),
      has_lengths_(field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY),
      filter_(encoding::BloomFilter::bytes_for(distinct_bound(field, max_values), field.bloom_filter_fpp)) {
  header_.reserve(kMaxHeaderBytes);
}

void ChunkBloom::insert(const PlainValues& values) noexcept {
  if (values.count == 0) {
    return;
  }
  const size_t fixed_bytes = values.size_bytes / values.count;
  const uint8_t* value = values.data;
  for (size_t index = 0; index < values.count; ++index) {
    const size_t prefix_bytes = has_lengths_ ? encoding::kByteArrayPrefixBytes : 0;
    const size_t size_bytes = has_lengths_ ? encoding::load<uint32_t>(value) : fixed_bytes;
    filter_.insert({value + prefix_bytes, size_bytes});
    value += prefix_bytes + size_bytes;
  }
}

void ChunkBloom::finish() {
  bits_ = filter_.fold(max_fpp_);
  encode_header(bits_.size(), header_);
}

void ChunkBloom::clear() noexcept {
  filter_.clear();
  header_.clear();
  bits_ = {};
}

}  // namespace pqflow::parquet
