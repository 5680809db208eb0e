// ZSTD: one Zstandard frame per page.
#include "codec/page_codec.hpp"

#ifdef PQFLOW_WITH_ZSTD

// A context in memory of our own: the ordinary one allocates at its first pages and gives memory back when later ones are small, so that
// its size is neither known at open nor constant. The functions for it have kept their form since zstd 1.3; the library still calls them
// experimental.
#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>

#include <algorithm>
#include <new>
#include <stdexcept>
#include <string>

#include "base/aligned_buffer.hpp"

namespace pqflow::codec {
namespace {

// The library has a table of parameters for each of these source sizes; a smaller page may need more memory than a larger one.
constexpr size_t kParameterTierBytes[] = {size_t{16} << 10, size_t{128} << 10, size_t{256} << 10};

size_t workspace_bytes_for(int32_t level, size_t source_bytes) {
  const size_t needed_bytes = ZSTD_estimateCCtxSize_usingCParams(ZSTD_getCParams(level, source_bytes, 0));
  if (ZSTD_isError(needed_bytes) != 0) {
    throw std::bad_alloc();
  }
  return needed_bytes;
}

size_t workspace_bytes(int32_t level, size_t max_source_bytes) {
  size_t needed_bytes = workspace_bytes_for(level, std::max<size_t>(max_source_bytes, 1));
  for (const size_t tier_bytes : kParameterTierBytes) {
    if (tier_bytes < max_source_bytes) {
      needed_bytes = std::max(needed_bytes, workspace_bytes_for(level, tier_bytes));
    }
  }
  return needed_bytes;
}

class ZstdCompressor final : public PageCompressor {
 public:
  ZstdCompressor(int32_t level, size_t max_source_bytes) : level_(level), workspace_(workspace_bytes(level, max_source_bytes)) {
    context_ = ZSTD_initStaticCCtx(workspace_.data(), workspace_.size_bytes());
    if (context_ == nullptr) {
      throw std::bad_alloc();
    }
  }

  size_t compress(uint8_t* target, size_t capacity_bytes, const uint8_t* source, size_t source_bytes) override {
    const size_t size_bytes = ZSTD_compressCCtx(context_, target, capacity_bytes, source, source_bytes, level_);
    if (ZSTD_isError(size_bytes) != 0) {
      throw std::logic_error(std::string("zstd refused a page: ") + ZSTD_getErrorName(size_bytes));
    }
    return size_bytes;
  }

  size_t memory_bytes() const noexcept override { return sizeof(*this) + workspace_.memory_bytes(); }

 private:
  int32_t level_;
  base::AlignedBuffer workspace_;
  ZSTD_CCtx* context_ = nullptr;  // Lies in workspace_: nothing to free.
};

std::unique_ptr<PageCompressor> make(int32_t level, size_t max_source_bytes) {
  return std::make_unique<ZstdCompressor>(level, max_source_bytes);
}
size_t max_compressed_bytes(size_t source_bytes) { return ZSTD_COMPRESSBOUND(source_bytes); }
Levels levels() { return {ZSTD_minCLevel(), ZSTD_maxCLevel(), 1}; }

}  // namespace

constinit const PageCodec kZstd = {PQFLOW_CODEC_ZSTD, "ZSTD", make, max_compressed_bytes, levels};

}  // namespace pqflow::codec

#else

constinit const pqflow::codec::PageCodec pqflow::codec::kZstd = {PQFLOW_CODEC_ZSTD, "ZSTD"};

#endif
