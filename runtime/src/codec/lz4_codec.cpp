// LZ4_RAW: one LZ4 block per page without any framing. The deprecated codec LZ4 (Hadoop's frames) is never written.
#include "codec/page_codec.hpp"

#ifdef PQFLOW_WITH_LZ4

#include <lz4.h>

#include <limits>
#include <stdexcept>

#include "base/aligned_buffer.hpp"

namespace pqflow::codec {
namespace {

constexpr int kAcceleration = 1;  // The library's default: the best ratio of its fast compressor.

int int_of(size_t size_bytes) {
  if (size_bytes > size_t{std::numeric_limits<int>::max()}) {
    throw std::logic_error("a page is too large for LZ4");
  }
  return static_cast<int>(size_bytes);
}

class Lz4Compressor final : public PageCompressor {
 public:
  Lz4Compressor() : state_(static_cast<size_t>(LZ4_sizeofState())) {}

  size_t compress(uint8_t* target, size_t capacity_bytes, const uint8_t* source, size_t source_bytes) override {
    const int size_bytes = LZ4_compress_fast_extState(state_.data(), reinterpret_cast<const char*>(source), reinterpret_cast<char*>(target),
                                                      int_of(source_bytes), int_of(capacity_bytes), kAcceleration);
    if (size_bytes <= 0) {
      throw std::logic_error("lz4 refused a page: it does not fit its room");
    }
    return static_cast<size_t>(size_bytes);
  }

  size_t memory_bytes() const noexcept override { return sizeof(*this) + state_.memory_bytes(); }

 private:
  base::AlignedBuffer state_;
};

std::unique_ptr<PageCompressor> make(int32_t, size_t) { return std::make_unique<Lz4Compressor>(); }
size_t max_compressed_bytes(size_t source_bytes) { return source_bytes + source_bytes / 255 + 16; }  // LZ4_COMPRESSBOUND without its limit.

}  // namespace

constinit const PageCodec kLz4Raw = {PQFLOW_CODEC_LZ4_RAW, "LZ4_RAW", make, max_compressed_bytes};

}  // namespace pqflow::codec

#else

constinit const pqflow::codec::PageCodec pqflow::codec::kLz4Raw = {PQFLOW_CODEC_LZ4_RAW, "LZ4_RAW"};

#endif
