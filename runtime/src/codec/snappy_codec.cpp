// SNAPPY: one raw Snappy stream per page, without the framing format.
#include "codec/page_codec.hpp"

#ifdef PQFLOW_WITH_SNAPPY

#include <snappy-c.h>

#include <algorithm>
#include <stdexcept>

namespace pqflow::codec {
namespace {

// The library takes its hash table (32 KiB at most) and two buffers for fragments of 64 KiB from the heap at every call and gives them back
// before it returns; its interface has no way to keep them. That one allocation per page is the exception to Compressor's contract.
constexpr size_t kFragmentBytes = size_t{64} << 10;
constexpr size_t kHashTableBytes = size_t{32} << 10;

class SnappyCompressor final : public PageCompressor {
 public:
  explicit SnappyCompressor(size_t max_source_bytes) : max_source_bytes_(max_source_bytes) {}

  size_t compress(uint8_t* target, size_t capacity_bytes, const uint8_t* source, size_t source_bytes) override {
    size_t size_bytes = capacity_bytes;
    if (snappy_compress(reinterpret_cast<const char*>(source), source_bytes, reinterpret_cast<char*>(target), &size_bytes) != SNAPPY_OK) {
      throw std::logic_error("snappy refused a page: it does not fit its room");
    }
    return size_bytes;
  }

  // What a call takes at most is counted as if it were kept.
  size_t memory_bytes() const noexcept override {
    const size_t fragment_bytes = std::min(max_source_bytes_, kFragmentBytes);
    return sizeof(*this) + kHashTableBytes + fragment_bytes + snappy_max_compressed_length(fragment_bytes);
  }

 private:
  size_t max_source_bytes_;
};

std::unique_ptr<PageCompressor> make(int32_t, size_t max_source_bytes) { return std::make_unique<SnappyCompressor>(max_source_bytes); }
size_t max_compressed_bytes(size_t source_bytes) { return snappy_max_compressed_length(source_bytes); }

}  // namespace

constinit const PageCodec kSnappy = {PQFLOW_CODEC_SNAPPY, "SNAPPY", make, max_compressed_bytes};

}  // namespace pqflow::codec

#else

constinit const pqflow::codec::PageCodec pqflow::codec::kSnappy = {PQFLOW_CODEC_SNAPPY, "SNAPPY"};

#endif
