// UNCOMPRESSED: a copy, for callers that ask no question about the codec.
#include <cstring>

#include "codec/page_codec.hpp"

namespace pqflow::codec {
namespace {

class Copier final : public PageCompressor {
 public:
  size_t compress(uint8_t* target, size_t, const uint8_t* source, size_t source_bytes) override {
    if (source_bytes != 0) {  // An empty source may have no address.
      std::memcpy(target, source, source_bytes);
    }
    return source_bytes;
  }
  size_t memory_bytes() const noexcept override { return sizeof(*this); }
};

std::unique_ptr<PageCompressor> make(int32_t, size_t) { return std::make_unique<Copier>(); }
size_t max_compressed_bytes(size_t source_bytes) { return source_bytes; }

}  // namespace

constinit const PageCodec kUncompressed = {PQFLOW_CODEC_UNCOMPRESSED, "UNCOMPRESSED", make, max_compressed_bytes};

}  // namespace pqflow::codec
