// Pages as stored → pages as encoded, through the codecs' own decoders.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "verify/thrift_reader.hpp"

namespace pqflow::verify {

// Parquet's number of the codec → its name; null for one that does not exist or that no reader should meet (LZO, the deprecated LZ4).
const char* codec_name(int64_t codec) noexcept;
// Whether this build can decompress it.
bool can_decompress(int64_t codec) noexcept;

// Decompresses into exactly `size_bytes` bytes. Throws Damage: kPageCodec when the codec refuses the bytes, kPageUncompressedSize when they
// become more or fewer.
std::vector<uint8_t> decompress(int64_t codec, Bytes stored, size_t size_bytes);

}  // namespace pqflow::verify
