#include "codec/codec.hpp"

#include <stdexcept>
#include <utility>

#include "codec/page_codec.hpp"

namespace pqflow::codec {
namespace {

// In Parquet's number order. LZO is a known name that no build has.
constexpr PageCodec kLzo = {PQFLOW_CODEC_LZO, "LZO"};
constexpr const PageCodec* kCodecs[] = {&kUncompressed, &kSnappy, &kGzip, &kLzo, &kBrotli, &kZstd, &kLz4Raw};

const PageCodec* find(pqflow_codec codec) noexcept {
  for (const PageCodec* known : kCodecs) {
    if (known->codec == codec) {
      return known;
    }
  }
  return nullptr;
}

// Of a codec that is in this build.
const PageCodec& get(pqflow_codec codec) {
  const PageCodec* known = find(codec);
  if (known == nullptr || known->make == nullptr) {
    throw std::invalid_argument("codec " + std::to_string(static_cast<int>(codec)) + " is not in this build");
  }
  return *known;
}

std::string display_name(pqflow_codec codec) {
  const char* known_name = name(codec);
  return known_name != nullptr ? known_name : "number " + std::to_string(static_cast<int>(codec));
}

base::Result check_level(const PageCodec& known, int32_t level) {
  if (known.levels == nullptr || level == PQFLOW_CODEC_LEVEL_DEFAULT) {
    return base::Result::ok();
  }
  const Levels levels = known.levels();
  if (level >= levels.min && level <= levels.max) {
    return base::Result::ok();
  }
  return base::Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, std::string("codec ") + known.name + " has no level " +
                                                                   std::to_string(level) + ": use " + std::to_string(levels.min) + " … " +
                                                                   std::to_string(levels.max) + ", or name none for its own, " +
                                                                   std::to_string(levels.default_level));
}

}  // namespace

const char* name(pqflow_codec codec) noexcept {
  const PageCodec* known = find(codec);
  return known == nullptr ? nullptr : known->name;
}

bool is_available(pqflow_codec codec) noexcept {
  const PageCodec* known = find(codec);
  return known != nullptr && known->make != nullptr;
}

std::string available_names() {
  std::string names;
  for (const PageCodec* known : kCodecs) {
    if (known->make != nullptr) {
      names += names.empty() ? "" : ", ";
      names += known->name;
    }
  }
  return names;
}

base::Result check(pqflow_codec codec, int32_t level) {
  if (!is_available(codec)) {
    return base::Result::failure(PQFLOW_STATUS_CODEC_UNAVAILABLE,
                                 "codec " + display_name(codec) + " is not in this build of pqflow; it has " + available_names());
  }
  return check_level(get(codec), level);
}

int32_t resolve_level(pqflow_codec codec, int32_t level) noexcept {
  const PageCodec* known = find(codec);
  if (known == nullptr || known->levels == nullptr) {
    return 0;
  }
  return level == PQFLOW_CODEC_LEVEL_DEFAULT ? known->levels().default_level : level;
}

namespace {

std::unique_ptr<PageCompressor> make_page_compressor(const PageCodec& known, int32_t level, size_t max_source_bytes) {
  std::unique_ptr<PageCompressor> made;
  if (level == PQFLOW_CODEC_LEVEL_DEFAULT && known.make_with_efforts != nullptr) {
    made = known.make_with_efforts(max_source_bytes);
  }
  return made != nullptr ? std::move(made) : known.make(resolve_level(known.codec, level), max_source_bytes);
}

}  // namespace

struct Compressor::State {
  pqflow_codec codec;
  int32_t level;
  std::unique_ptr<PageCompressor> page_compressor;
};

Compressor::Compressor(pqflow_codec codec, int32_t level, size_t max_source_bytes) : state_(std::make_unique<State>()) {
  const base::Result result = check(codec, level);
  if (!result.is_ok()) {
    throw std::invalid_argument(result.message);
  }
  state_->codec = codec;
  state_->level = resolve_level(codec, level);
  state_->page_compressor = make_page_compressor(get(codec), level, max_source_bytes);
}

Compressor::~Compressor() = default;

size_t Compressor::max_compressed_bytes(pqflow_codec codec, size_t source_bytes) { return get(codec).max_compressed_bytes(source_bytes); }

size_t Compressor::compress(uint8_t* target, size_t capacity_bytes, const uint8_t* source, size_t source_bytes, Effort effort) {
  return effort == Effort::kMatches ? state_->page_compressor->compress(target, capacity_bytes, source, source_bytes)
                                    : state_->page_compressor->compress_at(effort, target, capacity_bytes, source, source_bytes);
}

bool Compressor::has_efforts() const noexcept { return state_->page_compressor->has_efforts(); }

pqflow_codec Compressor::codec() const noexcept { return state_->codec; }
int32_t Compressor::level() const noexcept { return state_->level; }
size_t Compressor::memory_bytes() const noexcept { return sizeof(State) + state_->page_compressor->memory_bytes(); }

}  // namespace pqflow::codec
