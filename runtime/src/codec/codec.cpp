#include "codec/codec.hpp"

#include <cstring>
#include <optional>
#include <stdexcept>

#include "codec/zstd_context.hpp"

namespace pqflow::codec {
namespace {

constexpr pqflow_codec kKnownCodecs[] = {PQFLOW_CODEC_UNCOMPRESSED, PQFLOW_CODEC_SNAPPY, PQFLOW_CODEC_GZIP,   PQFLOW_CODEC_LZO,
                                         PQFLOW_CODEC_BROTLI,       PQFLOW_CODEC_ZSTD,   PQFLOW_CODEC_LZ4_RAW};

std::string display_name(pqflow_codec codec) {
  const char* known_name = name(codec);
  return known_name != nullptr ? known_name : "number " + std::to_string(static_cast<int>(codec));
}

base::Result check_zstd_level(int32_t level) {
  if (level >= zstd_min_level() && level <= zstd_max_level()) {
    return base::Result::ok();
  }
  return base::Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, "codec ZSTD has no level " + std::to_string(level) + ": use " +
                                                                   std::to_string(zstd_min_level()) + " … " +
                                                                   std::to_string(zstd_max_level()));
}

}  // namespace

const char* name(pqflow_codec codec) noexcept {
  switch (codec) {
    case PQFLOW_CODEC_UNCOMPRESSED:
      return "UNCOMPRESSED";
    case PQFLOW_CODEC_SNAPPY:
      return "SNAPPY";
    case PQFLOW_CODEC_GZIP:
      return "GZIP";
    case PQFLOW_CODEC_LZO:
      return "LZO";
    case PQFLOW_CODEC_BROTLI:
      return "BROTLI";
    case PQFLOW_CODEC_ZSTD:
      return "ZSTD";
    case PQFLOW_CODEC_LZ4_RAW:
      return "LZ4_RAW";
    case PQFLOW_CODEC_FROM_FILE:
      break;
  }
  return nullptr;
}

bool is_available(pqflow_codec codec) noexcept { return codec == PQFLOW_CODEC_UNCOMPRESSED || (codec == PQFLOW_CODEC_ZSTD && has_zstd()); }

std::string available_names() {
  std::string names;
  for (const pqflow_codec codec : kKnownCodecs) {
    if (is_available(codec)) {
      names += names.empty() ? "" : ", ";
      names += name(codec);
    }
  }
  return names;
}

base::Result check(pqflow_codec codec, int32_t level) {
  if (!is_available(codec)) {
    return base::Result::failure(PQFLOW_STATUS_CODEC_UNAVAILABLE,
                                 "codec " + display_name(codec) + " is not in this build of pqflow; it has " + available_names());
  }
  return codec == PQFLOW_CODEC_ZSTD ? check_zstd_level(level) : base::Result::ok();
}

struct Compressor::State {
  pqflow_codec codec;
  int32_t level;
  std::optional<ZstdContext> zstd;
};

Compressor::Compressor(pqflow_codec codec, int32_t level, size_t max_source_bytes) : state_(std::make_unique<State>()) {
  const base::Result result = check(codec, level);
  if (!result.is_ok()) {
    throw std::invalid_argument(result.message);
  }
  state_->codec = codec;
  state_->level = level;
  if (codec == PQFLOW_CODEC_ZSTD) {
    state_->zstd.emplace(level, max_source_bytes);
  }
}

Compressor::~Compressor() = default;

size_t Compressor::max_compressed_bytes(pqflow_codec codec, size_t source_bytes) noexcept {
  return codec == PQFLOW_CODEC_ZSTD ? zstd_max_compressed_bytes(source_bytes) : source_bytes;
}

size_t Compressor::compress(uint8_t* target, size_t capacity_bytes, const uint8_t* source, size_t source_bytes) {
  if (state_->zstd) {
    return state_->zstd->compress(target, capacity_bytes, source, source_bytes);
  }
  std::memcpy(target, source, source_bytes);
  return source_bytes;
}

pqflow_codec Compressor::codec() const noexcept { return state_->codec; }
int32_t Compressor::level() const noexcept { return state_->level; }
size_t Compressor::memory_bytes() const noexcept { return sizeof(State) + (state_->zstd ? state_->zstd->memory_bytes() : 0); }

}  // namespace pqflow::codec
