// What codec.cpp knows of each codec: one entry per library, empty where the library is not in the build.
#pragma once

#include <pqflow/descriptor.h>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace pqflow::codec {

// One codec at one level with its working memory. One thread.
class PageCompressor {
 public:
  virtual ~PageCompressor() = default;
  // As Compressor::compress().
  virtual size_t compress(uint8_t* target, size_t capacity_bytes, const uint8_t* source, size_t source_bytes) = 0;
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
};

extern const PageCodec kUncompressed;
extern const PageCodec kSnappy;
extern const PageCodec kGzip;
extern const PageCodec kBrotli;
extern const PageCodec kZstd;
extern const PageCodec kLz4Raw;

}  // namespace pqflow::codec
