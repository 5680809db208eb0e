// Zstandard with its working memory in one block of known size. Builds without the library have the same names and refuse at open
// (codec::check).
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/aligned_buffer.hpp"

struct ZSTD_CCtx_s;

namespace pqflow::codec {

bool has_zstd() noexcept;
int32_t zstd_min_level() noexcept;
int32_t zstd_max_level() noexcept;
size_t zstd_max_compressed_bytes(size_t source_bytes) noexcept;

// One thread. Needs has_zstd(). Contract of compress() as in Compressor.
class ZstdContext {
 public:
  ZstdContext(int32_t level, size_t max_source_bytes);
  size_t compress(uint8_t* target, size_t capacity_bytes, const uint8_t* source, size_t source_bytes);
  size_t memory_bytes() const noexcept { return workspace_.memory_bytes(); }

 private:
  [[maybe_unused]] int32_t level_;
  base::AlignedBuffer workspace_;
  [[maybe_unused]] ZSTD_CCtx_s* context_ = nullptr;  // Lies in workspace_: nothing to free.
};

}  // namespace pqflow::codec
