// BROTLI: one Brotli stream per page.
#include "codec/brotli_codec.hpp"

#ifdef PQFLOW_WITH_BROTLI

#include <brotli/encode.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <new>
#include <stdexcept>

namespace pqflow::codec {
namespace {

constexpr Levels kLevels = {BROTLI_MIN_QUALITY, BROTLI_MAX_QUALITY, 4};

// 256 KiB: few pages are larger, and memory does not grow with the page beyond it.
constexpr size_t kMaxWindowBits = 18;
// Told of a larger source, the encoder changes to tables that suit windows of megabytes: more memory, and here larger pages.
constexpr size_t kMaxSizeHintBytes = size_t{512} << 10;

// What the heap needs at each level, for pages up to 16 KiB, up to 128 KiB and larger: the highest of pages of random, constant, mixed,
// text-like, rising and self-similar bytes with brotli 1.0.9, and a quarter or more on top.
constexpr size_t kSmallPageBytes = size_t{16} << 10;
constexpr size_t kMediumPageBytes = size_t{128} << 10;
struct HeapKibibytes {
  size_t small;
  size_t medium;
  size_t large;
};
constexpr HeapKibibytes kHeapKibibytes[] = {
    {256, 512, 1024},    {256, 2048, 2304},    {768, 1792, 2816},    {768, 1792, 2816},    {1280, 3584, 8192},   {1280, 4608, 9216},
    {1280, 6144, 10240}, {1280, 14336, 18432}, {1280, 24576, 28672}, {2304, 46080, 51200}, {7168, 12288, 16384}, {2560, 21504, 43008},
};
static_assert(std::size(kHeapKibibytes) == BROTLI_MAX_QUALITY + 1);

uint32_t window_bits(size_t source_bytes) {
  constexpr size_t kGapBytes = 16;  // RFC 7932, section 9.1: a window is (1 << WBITS) - 16 bytes.
  const size_t bits = static_cast<size_t>(std::bit_width(source_bytes + kGapBytes - 1));
  return static_cast<uint32_t>(std::clamp<size_t>(bits, BROTLI_MIN_WINDOW_BITS, kMaxWindowBits));
}

struct Destroy {
  void operator()(BrotliEncoderState* encoder) const noexcept { BrotliEncoderDestroyInstance(encoder); }
};
using Encoder = std::unique_ptr<BrotliEncoderState, Destroy>;

std::unique_ptr<PageCompressor> make(int32_t level, size_t max_source_bytes) {
  return std::make_unique<BrotliCompressor>(level, BrotliCompressor::heap_bytes(level, max_source_bytes));
}

// The library's bound (4 bytes per 16 KiB, levels 2 and more) and as much again for what levels 0 and 1 add per block.
size_t max_compressed_bytes(size_t source_bytes) { return source_bytes + (source_bytes >> 11) + 64; }

Levels levels() { return kLevels; }

}  // namespace

constinit const PageCodec kBrotli = {PQFLOW_CODEC_BROTLI, "BROTLI", make, max_compressed_bytes, levels};

size_t BrotliCompressor::heap_bytes(int32_t level, size_t max_source_bytes) noexcept {
  const HeapKibibytes& kibibytes = kHeapKibibytes[level];
  const size_t needed = max_source_bytes <= kSmallPageBytes    ? kibibytes.small
                        : max_source_bytes <= kMediumPageBytes ? kibibytes.medium
                                                               : kibibytes.large;
  return needed << 10;
}

BrotliCompressor::BrotliCompressor(int32_t level, size_t heap_bytes) : level_(level), heap_(heap_bytes) {}

void* BrotliCompressor::allocate(void* self, size_t size_bytes) noexcept {
  auto& compressor = *static_cast<BrotliCompressor*>(self);
  void* const memory = compressor.heap_.allocate(size_bytes);
  if (memory != nullptr) {
    return memory;
  }
  ++compressor.overflow_count_;
  return std::malloc(size_bytes);
}

void BrotliCompressor::release(void* self, void* memory) noexcept {
  auto& compressor = *static_cast<BrotliCompressor*>(self);
  if (compressor.heap_.owns(memory)) {
    compressor.heap_.release(memory);
  } else {
    std::free(memory);
  }
}

size_t BrotliCompressor::compress(uint8_t* target, size_t capacity_bytes, const uint8_t* source, size_t source_bytes) {
  const Encoder encoder(BrotliEncoderCreateInstance(allocate, release, this));
  if (encoder == nullptr) {
    throw std::bad_alloc();
  }
  BrotliEncoderSetParameter(encoder.get(), BROTLI_PARAM_QUALITY, static_cast<uint32_t>(level_));
  BrotliEncoderSetParameter(encoder.get(), BROTLI_PARAM_LGWIN, window_bits(source_bytes));
  BrotliEncoderSetParameter(encoder.get(), BROTLI_PARAM_SIZE_HINT, static_cast<uint32_t>(std::min(source_bytes, kMaxSizeHintBytes)));
  size_t size_bytes = 0;
  const bool is_good = BrotliEncoderCompressStream(encoder.get(), BROTLI_OPERATION_FINISH, &source_bytes, &source, &capacity_bytes, &target,
                                                   &size_bytes) == BROTLI_TRUE;
  if (!is_good || BrotliEncoderIsFinished(encoder.get()) != BROTLI_TRUE) {
    throw std::logic_error("brotli refused a page: it does not fit its room");
  }
  return size_bytes;
}

}  // namespace pqflow::codec

#else

constinit const pqflow::codec::PageCodec pqflow::codec::kBrotli = {PQFLOW_CODEC_BROTLI, "BROTLI"};

#endif
