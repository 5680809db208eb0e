// Page codecs of this build: which exist, which levels they take, and a compressor that never allocates after construction (SNAPPY
// excepted).
#pragma once

#include <pqflow/descriptor.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/result.hpp"

namespace pqflow::codec {

// Parquet's name ("ZSTD"), or null for a number that is no codec. Static storage.
const char* name(pqflow_codec codec) noexcept;

// UNCOMPRESSED always; the others where their library was found at build time and not switched off.
bool is_available(pqflow_codec codec) noexcept;

// "UNCOMPRESSED, SNAPPY, ZSTD": for messages and for the build line.
std::string available_names();

// PQFLOW_STATUS_CODEC_UNAVAILABLE for a codec that is not in this build, PQFLOW_STATUS_INVALID_ARGUMENT for a level outside the codec's
// limits. PQFLOW_CODEC_LEVEL_DEFAULT is in all limits. UNCOMPRESSED, SNAPPY and LZ4_RAW have no levels and take any.
base::Result check(pqflow_codec codec, int32_t level);

// The codec's own default for PQFLOW_CODEC_LEVEL_DEFAULT, else the level; always 0 for a codec without levels.
int32_t resolve_level(pqflow_codec codec, int32_t level) noexcept;

// What a compressor looks for in a page. Each costs more time than the one before it, and what it leaves out may be all there is to find.
enum class Effort : uint8_t {
  kStore,    // Nothing: the bytes as they are, in the codec's frame.
  kEntropy,  // Frequent bytes, which get fewer bits.
  kMatches   // Repeated sequences and frequent bytes.
};
inline constexpr size_t kEffortCount = 3;

// Compresses one page after the other with one codec and level. One thread. Columns of the same codec and level share one.
class Compressor {
 public:
  // `max_source_bytes`: the largest page that will be given. Allocates all working memory for pages up to that size and touches it; only
  // Snappy's library takes its own, bounded, at each page. The codec and level must have passed check().
  Compressor(pqflow_codec codec, int32_t level, size_t max_source_bytes);
  ~Compressor();
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;

  // Room that compress() needs for a page of `source_bytes`. The codec must be in this build.
  static size_t max_compressed_bytes(pqflow_codec codec, size_t source_bytes);

  // Returns the bytes written. source_bytes ≤ max_source_bytes, room as max_compressed_bytes() says: then no failure is left that the
  // library could report; a defect shows as std::logic_error with the library's message. An effort below kMatches needs has_efforts().
  size_t compress(uint8_t* target, size_t capacity_bytes, const uint8_t* source, size_t source_bytes, Effort effort = Effort::kMatches);
  // Whether it can do with less than kMatches: ZSTD without a level of its own, where the library has the switches.
  bool has_efforts() const noexcept;

  pqflow_codec codec() const noexcept;
  // Resolved: never PQFLOW_CODEC_LEVEL_DEFAULT.
  int32_t level() const noexcept;
  // What it takes at most, known from the start.
  size_t memory_bytes() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace pqflow::codec
