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

size_t checked(size_t size_bytes) {
  if (ZSTD_isError(size_bytes) != 0) {
    throw std::logic_error(std::string("zstd refused a page: ") + ZSTD_getErrorName(size_bytes));
  }
  return size_bytes;
}

// A context of fixed size; nothing to free.
class Context {
 public:
  Context(int32_t level, size_t max_source_bytes)
      : workspace_(workspace_bytes(level, max_source_bytes)), context_(ZSTD_initStaticCCtx(workspace_.data(), workspace_.size_bytes())) {
    if (context_ == nullptr) {
      throw std::bad_alloc();
    }
  }
  ZSTD_CCtx* get() const noexcept { return context_; }
  size_t memory_bytes() const noexcept { return workspace_.memory_bytes(); }

 private:
  base::AlignedBuffer workspace_;
  ZSTD_CCtx* context_;  // Lies in workspace_.
};

class ZstdCompressor final : public PageCompressor {
 public:
  ZstdCompressor(int32_t level, size_t max_source_bytes) : level_(level), context_(level, max_source_bytes) {}

  size_t compress(uint8_t* target, size_t capacity_bytes, const uint8_t* source, size_t source_bytes) override {
    return checked(ZSTD_compressCCtx(context_.get(), target, capacity_bytes, source, source_bytes, level_));
  }
  size_t memory_bytes() const noexcept override { return sizeof(*this) + context_.memory_bytes(); }

 private:
  int32_t level_;
  Context context_;
};

// Level 1 finds nothing shorter than 6 or 7 bytes. Pages are encoded already, so what repeats in them is short; and a table of this size
// stays in the cache beside everything else (ADR 18).
constexpr int kDefaultLevel = 1;
constexpr int kMinMatchBytes = 5;
constexpr int kHashLog = 12;
// Steps of more than a block: nothing repeated is ever found.
constexpr int kNoMatchesStep = ZSTD_TARGETLENGTH_MAX;
// Since then a call for a whole page works in the memory of its context alone, without buffers for streams.
constexpr unsigned kFirstVersionWithEfforts = 10'500;

class ZstdWithEfforts final : public PageCompressor {
 public:
  explicit ZstdWithEfforts(size_t max_source_bytes) : context_(kDefaultLevel, max_source_bytes) {}

  // False where the library refuses a switch: the one for literals is experimental.
  bool prepare() {
    return set(ZSTD_c_compressionLevel, kDefaultLevel) && set(ZSTD_c_minMatch, kMinMatchBytes) && set(ZSTD_c_hashLog, kHashLog) &&
           switch_to(Effort::kStore) && switch_to(Effort::kEntropy) && switch_to(Effort::kMatches);
  }

  size_t compress(uint8_t* target, size_t capacity_bytes, const uint8_t* source, size_t source_bytes) override {
    return compress_at(Effort::kMatches, target, capacity_bytes, source, source_bytes);
  }
  bool has_efforts() const noexcept override { return true; }
  size_t compress_at(Effort effort, uint8_t* target, size_t capacity_bytes, const uint8_t* source, size_t source_bytes) override {
    if (effort != effort_ && !switch_to(effort)) {
      throw std::logic_error("zstd refused parameters that it took before");
    }
    return checked(ZSTD_compress2(context_.get(), target, capacity_bytes, source, source_bytes));
  }
  size_t memory_bytes() const noexcept override { return sizeof(*this) + context_.memory_bytes(); }

 private:
  bool set(ZSTD_cParameter parameter, int value) { return ZSTD_isError(ZSTD_CCtx_setParameter(context_.get(), parameter, value)) == 0; }
  // Whether literals are compressed goes by the length of steps where nothing is said: never with long ones.
  bool switch_to(Effort effort) {
    effort_ = effort;
    return set(ZSTD_c_targetLength, effort == Effort::kMatches ? 0 : kNoMatchesStep) &&
           set(ZSTD_c_literalCompressionMode, effort == Effort::kStore ? ZSTD_ps_disable : ZSTD_ps_enable);
  }

  Context context_;
  Effort effort_ = Effort::kMatches;
};

std::unique_ptr<PageCompressor> make_with_efforts(size_t max_source_bytes) {
  if (ZSTD_versionNumber() < kFirstVersionWithEfforts) {
    return nullptr;
  }
  auto compressor = std::make_unique<ZstdWithEfforts>(max_source_bytes);
  return compressor->prepare() ? std::move(compressor) : nullptr;
}

std::unique_ptr<PageCompressor> make(int32_t level, size_t max_source_bytes) {
  return std::make_unique<ZstdCompressor>(level, max_source_bytes);
}
size_t max_compressed_bytes(size_t source_bytes) { return ZSTD_COMPRESSBOUND(source_bytes); }
Levels levels() { return {ZSTD_minCLevel(), ZSTD_maxCLevel(), kDefaultLevel}; }

}  // namespace

constinit const PageCodec kZstd = {PQFLOW_CODEC_ZSTD, "ZSTD", make, max_compressed_bytes, levels, make_with_efforts};

}  // namespace pqflow::codec

#else

constinit const pqflow::codec::PageCodec pqflow::codec::kZstd = {PQFLOW_CODEC_ZSTD, "ZSTD"};

#endif
