#include "verify/decompress.hpp"

#include <libdeflate.h>

#include <array>
#include <memory>

#include "verify/damage.hpp"

#ifdef PQFLOW_WITH_ZSTD
#include <zstd.h>
#endif
#ifdef PQFLOW_WITH_SNAPPY
#include <snappy-c.h>
#endif
#ifdef PQFLOW_WITH_LZ4
#include <lz4.h>
#endif
#ifdef PQFLOW_WITH_BROTLI
#include <brotli/decode.h>
#endif

namespace pqflow::verify {
namespace {

[[noreturn]] void refuse(const char* codec, const std::string& why) {
  throw Damage(Rule::kPageCodec, std::string(codec) + " cannot decompress the page" + (why.empty() ? "" : ": " + why));
}

void check_size(size_t found_bytes, size_t expected_bytes) {
  if (found_bytes != expected_bytes) {
    throw Damage(Rule::kPageUncompressedSize,
                 "the page has " + std::to_string(found_bytes) + " bytes, its header says " + std::to_string(expected_bytes));
  }
}

// Writes what the bytes become to `target` and returns how many that are; `capacity_bytes` and one more may be written.
using Decode = size_t (*)(uint8_t* target, size_t capacity_bytes, Bytes stored);

#ifdef PQFLOW_WITH_ZSTD
size_t decode_zstd(uint8_t* target, size_t capacity_bytes, Bytes stored) {
  const size_t size_bytes = ZSTD_decompress(target, capacity_bytes, stored.data(), stored.size());
  if (ZSTD_isError(size_bytes) != 0) {
    refuse("ZSTD", ZSTD_getErrorName(size_bytes));
  }
  return size_bytes;
}
#endif

#ifdef PQFLOW_WITH_SNAPPY
size_t decode_snappy(uint8_t* target, size_t capacity_bytes, Bytes stored) {
  const char* const source = reinterpret_cast<const char*>(stored.data());
  size_t size_bytes = 0;
  if (snappy_uncompressed_length(source, stored.size(), &size_bytes) != SNAPPY_OK) {
    refuse("SNAPPY", "");
  }
  check_size(size_bytes, capacity_bytes - 1);
  if (snappy_uncompress(source, stored.size(), reinterpret_cast<char*>(target), &size_bytes) != SNAPPY_OK) {
    refuse("SNAPPY", "");
  }
  return size_bytes;
}
#endif

size_t decode_gzip(uint8_t* target, size_t capacity_bytes, Bytes stored) {
  const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> decompressor(libdeflate_alloc_decompressor(),
                                                                                                  libdeflate_free_decompressor);
  size_t read_bytes = 0;
  size_t size_bytes = 0;
  const libdeflate_result result =
      libdeflate_gzip_decompress_ex(decompressor.get(), stored.data(), stored.size(), target, capacity_bytes, &read_bytes, &size_bytes);
  if (result == LIBDEFLATE_INSUFFICIENT_SPACE) {
    check_size(capacity_bytes, capacity_bytes - 1);
  }
  if (result != LIBDEFLATE_SUCCESS) {
    refuse("GZIP", "");
  }
  if (read_bytes != stored.size()) {
    refuse("GZIP", std::to_string(stored.size() - read_bytes) + " bytes follow the first member");
  }
  return size_bytes;
}

#ifdef PQFLOW_WITH_BROTLI
size_t decode_brotli(uint8_t* target, size_t capacity_bytes, Bytes stored) {
  size_t size_bytes = capacity_bytes;
  if (BrotliDecoderDecompress(stored.size(), stored.data(), &size_bytes, target) != BROTLI_DECODER_RESULT_SUCCESS) {
    refuse("BROTLI", "");
  }
  return size_bytes;
}
#endif

#ifdef PQFLOW_WITH_LZ4
size_t decode_lz4(uint8_t* target, size_t capacity_bytes, Bytes stored) {
  const int size_bytes = LZ4_decompress_safe(reinterpret_cast<const char*>(stored.data()), reinterpret_cast<char*>(target),
                                             static_cast<int>(stored.size()), static_cast<int>(capacity_bytes));
  if (size_bytes < 0) {
    refuse("LZ4_RAW", "");
  }
  return static_cast<size_t>(size_bytes);
}
#endif

struct Codec {
  const char* name;
  Decode decode;
};

// By Parquet's number. A null name: nobody should write it. A null decoder: not in this build.
constexpr std::array<Codec, 8> kCodecs = {{
    {"UNCOMPRESSED", nullptr},
#ifdef PQFLOW_WITH_SNAPPY
    {"SNAPPY", decode_snappy},
#else
    {"SNAPPY", nullptr},
#endif
    {"GZIP", decode_gzip},
    {nullptr, nullptr},  // LZO
#ifdef PQFLOW_WITH_BROTLI
    {"BROTLI", decode_brotli},
#else
    {"BROTLI", nullptr},
#endif
    {nullptr, nullptr},  // LZ4 with Hadoop's framing
#ifdef PQFLOW_WITH_ZSTD
    {"ZSTD", decode_zstd},
#else
    {"ZSTD", nullptr},
#endif
#ifdef PQFLOW_WITH_LZ4
    {"LZ4_RAW", decode_lz4},
#else
    {"LZ4_RAW", nullptr},
#endif
}};

constexpr int64_t kUncompressed = 0;

const Codec* find(int64_t codec) noexcept {
  return codec >= 0 && codec < static_cast<int64_t>(kCodecs.size()) ? &kCodecs[static_cast<size_t>(codec)] : nullptr;
}

}  // namespace

const char* codec_name(int64_t codec) noexcept {
  const Codec* const known = find(codec);
  return known == nullptr ? nullptr : known->name;
}

bool can_decompress(int64_t codec) noexcept {
  const Codec* const known = find(codec);
  return codec == kUncompressed || (known != nullptr && known->decode != nullptr);
}

std::vector<uint8_t> decompress(int64_t codec, Bytes stored, size_t size_bytes) {
  if (codec == kUncompressed) {
    check_size(stored.size(), size_bytes);
    return {stored.begin(), stored.end()};
  }
  std::vector<uint8_t> page(size_bytes + 1);  // One more, to notice a page that is longer than said.
  if (stored.empty() && size_bytes == 0) {
    page.clear();  // Some writers store nothing of an empty page.
    return page;
  }
  const size_t found_bytes = find(codec)->decode(page.data(), page.size(), stored);
  check_size(found_bytes, size_bytes);
  page.resize(size_bytes);
  return page;
}

}  // namespace pqflow::verify
