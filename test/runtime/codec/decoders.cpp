#include "codec/decoders.hpp"

#include <libdeflate.h>

#include <memory>
#include <stdexcept>
#include <string>

#ifdef PQFLOW_WITH_SNAPPY
#include <snappy-c.h>
#endif
#ifdef PQFLOW_WITH_BROTLI
#include <brotli/decode.h>
#endif
#ifdef PQFLOW_WITH_ZSTD
#include <zstd.h>
#endif
#ifdef PQFLOW_WITH_LZ4
#include <lz4.h>
#endif

namespace pqflow::codec::test {
namespace {

using Page = std::span<const uint8_t>;

// Each returns the size of what it wrote, or a size beyond `capacity_bytes` on failure.
constexpr size_t kFailure = SIZE_MAX;

size_t decode_gzip(Page page, uint8_t* target, size_t capacity_bytes) {
  const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)> decoder(libdeflate_alloc_decompressor(),
                                                                                                  libdeflate_free_decompressor);
  size_t read_bytes = 0;
  size_t size_bytes = 0;
  const libdeflate_result result =
      libdeflate_gzip_decompress_ex(decoder.get(), page.data(), page.size(), target, capacity_bytes, &read_bytes, &size_bytes);
  return result == LIBDEFLATE_SUCCESS && read_bytes == page.size() ? size_bytes : kFailure;  // One member, nothing behind it.
}

#ifdef PQFLOW_WITH_SNAPPY
size_t decode_snappy(Page page, uint8_t* target, size_t capacity_bytes) {
  size_t size_bytes = capacity_bytes;
  const snappy_status status =
      snappy_uncompress(reinterpret_cast<const char*>(page.data()), page.size(), reinterpret_cast<char*>(target), &size_bytes);
  return status == SNAPPY_OK ? size_bytes : kFailure;
}
#endif

#ifdef PQFLOW_WITH_BROTLI
size_t decode_brotli(Page page, uint8_t* target, size_t capacity_bytes) {
  size_t size_bytes = capacity_bytes;
  return BrotliDecoderDecompress(page.size(), page.data(), &size_bytes, target) == BROTLI_DECODER_RESULT_SUCCESS ? size_bytes : kFailure;
}
#endif

#ifdef PQFLOW_WITH_ZSTD
size_t decode_zstd(Page page, uint8_t* target, size_t capacity_bytes) {
  const size_t size_bytes = ZSTD_decompress(target, capacity_bytes, page.data(), page.size());
  return ZSTD_isError(size_bytes) != 0 ? kFailure : size_bytes;
}
#endif

#ifdef PQFLOW_WITH_LZ4
size_t decode_lz4(Page page, uint8_t* target, size_t capacity_bytes) {
  const int size_bytes = LZ4_decompress_safe(reinterpret_cast<const char*>(page.data()), reinterpret_cast<char*>(target),
                                             static_cast<int>(page.size()), static_cast<int>(capacity_bytes));
  return size_bytes < 0 ? kFailure : static_cast<size_t>(size_bytes);
}
#endif

size_t decode(pqflow_codec codec, Page page, uint8_t* target, size_t capacity_bytes) {
  switch (codec) {
#ifdef PQFLOW_WITH_SNAPPY
    case PQFLOW_CODEC_SNAPPY:
      return decode_snappy(page, target, capacity_bytes);
#endif
#ifdef PQFLOW_WITH_BROTLI
    case PQFLOW_CODEC_BROTLI:
      return decode_brotli(page, target, capacity_bytes);
#endif
#ifdef PQFLOW_WITH_ZSTD
    case PQFLOW_CODEC_ZSTD:
      return decode_zstd(page, target, capacity_bytes);
#endif
#ifdef PQFLOW_WITH_LZ4
    case PQFLOW_CODEC_LZ4_RAW:
      return decode_lz4(page, target, capacity_bytes);
#endif
    case PQFLOW_CODEC_GZIP:
      return decode_gzip(page, target, capacity_bytes);
    default:
      return kFailure;
  }
}

}  // namespace

std::vector<uint8_t> decompress(pqflow_codec codec, Page page, size_t source_bytes) {
  if (codec == PQFLOW_CODEC_UNCOMPRESSED) {
    return {page.begin(), page.end()};
  }
  std::vector<uint8_t> source(source_bytes + 1);  // So that a page of nothing has a place, and a page too long is noticed.
  if (decode(codec, page, source.data(), source.size()) != source_bytes) {
    throw std::runtime_error("codec " + std::to_string(codec) + ": not a page of " + std::to_string(source_bytes) + " bytes");
  }
  source.resize(source_bytes);
  return source;
}

}  // namespace pqflow::codec::test
