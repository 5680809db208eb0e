// GZIP: one member of RFC 1952 per page, by libdeflate.
#include "codec/page_codec.hpp"

#ifdef PQFLOW_WITH_GZIP

#include <libdeflate.h>

#include <new>
#include <stdexcept>

namespace pqflow::codec {
namespace {

// The levels that zlib and other writers of Parquet have. libdeflate's further ones, 10 … 12, need 9 MB and several times the time of 9.
constexpr Levels kLevels = {1, 9, 6};

// The library does not tell what a compressor takes: measured with libdeflate 1.14 (202,759 and 668,295 bytes), rounded up. It depends on
// nothing but the level; compressing allocates nothing.
constexpr size_t kFastestCompressorBytes = size_t{256} << 10;  // Level 1.
constexpr size_t kCompressorBytes = size_t{704} << 10;         // Levels 2 … 9.

class GzipCompressor final : public PageCompressor {
 public:
  explicit GzipCompressor(int32_t level) : level_(level), compressor_(libdeflate_alloc_compressor(level)) {
    if (compressor_ == nullptr) {
      throw std::bad_alloc();
    }
  }

  size_t compress(uint8_t* target, size_t capacity_bytes, const uint8_t* source, size_t source_bytes) override {
    const size_t size_bytes = libdeflate_gzip_compress(compressor_.get(), source, source_bytes, target, capacity_bytes);
    if (size_bytes == 0) {
      throw std::logic_error("libdeflate refused a page: it does not fit its room");
    }
    return size_bytes;
  }

  size_t memory_bytes() const noexcept override {
    return sizeof(*this) + (level_ == kLevels.min ? kFastestCompressorBytes : kCompressorBytes);
  }

 private:
  struct Free {
    void operator()(libdeflate_compressor* compressor) const noexcept { libdeflate_free_compressor(compressor); }
  };

  int32_t level_;
  std::unique_ptr<libdeflate_compressor, Free> compressor_;
};

std::unique_ptr<PageCompressor> make(int32_t level, size_t) { return std::make_unique<GzipCompressor>(level); }
// Without a compressor: the bound of every level.
size_t max_compressed_bytes(size_t source_bytes) { return libdeflate_gzip_compress_bound(nullptr, source_bytes); }
Levels levels() { return kLevels; }

}  // namespace

constinit const PageCodec kGzip = {PQFLOW_CODEC_GZIP, "GZIP", make, max_compressed_bytes, levels};

}  // namespace pqflow::codec

#else

constinit const pqflow::codec::PageCodec pqflow::codec::kGzip = {PQFLOW_CODEC_GZIP, "GZIP"};

#endif
