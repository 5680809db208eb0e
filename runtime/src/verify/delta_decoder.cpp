#include "verify/delta_decoder.hpp"

namespace pqflow::verify {
namespace {

constexpr uint64_t kMaxBlockCount = uint64_t{1} << 20;

struct Header {
  uint64_t block_count;
  uint64_t miniblocks;
  uint64_t total_count;
  uint64_t first;
  uint64_t miniblock_count() const { return block_count / miniblocks; }
};

Header read_header(ByteReader& reader, size_t max_count) {
  Header header;
  header.block_count = reader.varint();
  header.miniblocks = reader.varint();
  header.total_count = reader.varint();
  header.first = reader.zigzag();
  const bool is_shaped = header.block_count != 0 && header.block_count % 128 == 0 && header.block_count <= kMaxBlockCount &&
                         header.miniblocks != 0 && header.block_count % header.miniblocks == 0 && header.miniblock_count() % 32 == 0;
  if (!is_shaped) {
    reader.fail("delta blocks of " + std::to_string(header.block_count) + " values in " + std::to_string(header.miniblocks) +
                " miniblocks");
  }
  if (header.total_count > max_count) {
    reader.fail("the delta header counts " + std::to_string(header.total_count) + " values, the page " + std::to_string(max_count));
  }
  return header;
}

class Decoder {
 public:
  Decoder(ByteReader& reader, unsigned type_bits, size_t max_count)
      : reader_(reader),
        type_bits_(type_bits),
        mask_(type_bits == 64 ? ~uint64_t{0} : (uint64_t{1} << type_bits) - 1),
        header_(read_header(reader, max_count)) {}

  std::vector<uint64_t> decode() {
    value_ = header_.first;
    if (header_.total_count != 0) {
      values_.push_back(value_ & mask_);
    }
    while (values_.size() < header_.total_count) {
      read_block();
    }
    return std::move(values_);
  }

 private:
  void read_block() {
    const uint64_t min_delta = reader_.zigzag();
    const Bytes widths = reader_.take(header_.miniblocks);
    for (size_t index = 0; index < header_.miniblocks && values_.size() < header_.total_count; ++index) {
      read_miniblock(min_delta, widths[index]);
    }
  }
  void read_miniblock(uint64_t min_delta, unsigned bit_width) {
    if (bit_width > type_bits_) {
      throw Damage(Rule::kDeltaWidth, "a miniblock of " + std::to_string(bit_width) + " bits in a column of " + std::to_string(type_bits_));
    }
    const size_t count = header_.miniblock_count();
    const Bytes packed = reader_.take(count * bit_width / 8);
    for (size_t index = 0; index < count && values_.size() < header_.total_count; ++index) {
      value_ += min_delta + unpack(packed, index, bit_width);
      values_.push_back(value_ & mask_);
    }
  }

  ByteReader& reader_;
  unsigned type_bits_;
  uint64_t mask_;
  Header header_;
  uint64_t value_ = 0;
  std::vector<uint64_t> values_;
};

}  // namespace

std::vector<uint64_t> decode_delta(ByteReader& reader, unsigned type_bits, size_t max_count) {
  return Decoder(reader, type_bits, max_count).decode();
}

}  // namespace pqflow::verify
