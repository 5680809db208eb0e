// What codec.cpp knows of each codec: one entry per library, empty where the library is not in the build.
#pragma once

#include <pqflow/descriptor.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>

#include "codec/codec.hpp"

namespace pqflow::codec {

// One codec at one level with its working memory. One thread.
class PageCompressor {
 public:
  virtual ~PageCompressor() = default;
  // As Compressor::compress().
  virtual size_t compress(uint8_t* target, size_t capacity_bytes, const uint8_t* source, size_t source_bytes) = 0;
  // As Compressor::has_efforts(). Then compress() is compress_at(Effort::kMatches).
  virtual bool has_efforts() const noexcept { return false; }
  virtual size_t compress_at(Effort, uint8_t*, size_t, const uint8_t*, size_t) { throw std::logic_error("this codec has no efforts"); }
  virtual size_t memory_bytes() const noexcept = 0;
};

struct Levels {
  int32_t min = 0;
  int32_t max = 0;
  int32_t default_level = 0;  // Without a level: what the caller means who names none.
};

struct PageCodec {
  pqflow_codec codec;
  const char* name;  // Parquet's.
  // Null from here on: not in this build.
  std::unique_ptr<PageCompressor> (*make)(int32_t level, size_t max_source_bytes) = nullptr;
  size_t (*max_compressed_bytes)(size_t source_bytes) = nullptr;
  // Null also for a codec that has no levels.
  Levels (*levels)() = nullptr;
  // The compressor with efforts, for who names no level; null where the library at hand cannot do that. Null for a codec that has none.
  std::unique_ptr<PageCompressor> (*make_with_efforts)(size_t max_source_bytes) = nullptr;
};

extern const PageCodec kUncompressed;
extern const PageCodec kSnappy;
extern const PageCodec kGzip;
extern const PageCodec kBrotli;
extern const PageCodec kZstd;
extern const PageCodec kLz4Raw;

}  // namespace pqflow::codec
