// Which codecs this build has, as a user is told: the build line, the default codec, and the answer to each codec. Made of the few sources
// that decide it, so that a build without the libraries is quickly made.
#include <cstdio>

#include "codec/codec.hpp"
#include "sink/build_info.hpp"
#include "sink/options.hpp"

int main() {
  std::printf("%s\n", pqflow::sink::build_info());
  std::printf("default %s\n", pqflow::codec::name(pqflow::sink::default_options(nullptr).codec));
  for (const pqflow_codec codec :
       {PQFLOW_CODEC_UNCOMPRESSED, PQFLOW_CODEC_SNAPPY, PQFLOW_CODEC_GZIP, PQFLOW_CODEC_BROTLI, PQFLOW_CODEC_ZSTD, PQFLOW_CODEC_LZ4_RAW}) {
    pqflow_options options = pqflow::sink::default_options(nullptr);
    options.codec = codec;
    const pqflow::base::Result result = pqflow::sink::check_options(options);
    std::printf("%s: %s\n", pqflow::codec::name(codec), result.is_ok() ? "ok" : result.message.c_str());
  }
  return 0;
}
