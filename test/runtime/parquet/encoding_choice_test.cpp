#include "parquet/encoding_choice.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "encoding/plain.hpp"

namespace pqflow::parquet {
namespace {

constexpr size_t kPageRows = 16384;
constexpr double kPagesPerChunk = 4;

pqflow_field field_of(uint8_t physical_type) {
  pqflow_field field = {};
  field.physical_type = physical_type;
  field.encoding = PQFLOW_ENCODING_AUTO;
  return field;
}

class ChoiceBench {
 public:
  explicit ChoiceBench(size_t max_entries = 32768)
      : scratch_({kPageRows, 1024, kPageRows * 64, kPageRows * 64}),
        words_(encoding::make_fixed_dictionary(sizeof(int64_t), {max_entries, 1 << 20})),
        texts_(encoding::make_bytes_dictionary(0, {max_entries, 1 << 20})) {}

  pqflow_encoding choose_int64(const std::function<int64_t(size_t)>& value_at, codec::Compressor* compressor = nullptr) {
    std::vector<int64_t> values(kPageRows + 8);
    for (size_t index = 0; index < kPageRows; ++index) {
      values[index] = value_at(index);
    }
    const PlainValues plain = {reinterpret_cast<uint8_t*>(values.data()), kPageRows * sizeof(int64_t), kPageRows};
    return choose_encoding(field_of(PQFLOW_PHYSICAL_INT64), plain, {kPagesPerChunk, compressor, words_.get()}, scratch_).encoding;
  }

  pqflow_encoding choose_text(const std::function<std::string(size_t)>& value_at) {
    std::vector<uint8_t> bytes;
    bytes.reserve(kPageRows * 64);  // Values are read in whole words, a little beyond the last.
    for (size_t index = 0; index < kPageRows; ++index) {
      const std::string value = value_at(index);
      const size_t start = bytes.size();
      bytes.resize(start + encoding::kByteArrayPrefixBytes + value.size());
      encoding::encode_plain_byte_array(bytes.data() + start, reinterpret_cast<const uint8_t*>(value.data()),
                                        static_cast<uint32_t>(value.size()));
    }
    const PlainValues plain = {bytes.data(), bytes.size(), kPageRows};
    return choose_encoding(field_of(PQFLOW_PHYSICAL_BYTE_ARRAY), plain, {kPagesPerChunk, nullptr, texts_.get()}, scratch_).encoding;
  }

  const encoding::Dictionary& words() const { return *words_; }

 private:
  PageScratch scratch_;
  std::unique_ptr<encoding::Dictionary> words_;
  std::unique_ptr<encoding::Dictionary> texts_;
};

TEST(EncodingChoice, of_rising_times_is_their_differences) {
  ChoiceBench bench;
  std::mt19937 random(1);
  int64_t time_ns = 1'767'623'400'000'000'000;
  EXPECT_EQ(bench.choose_int64([&](size_t) { return time_ns += random() % 5000; }), PQFLOW_ENCODING_DELTA_BINARY_PACKED);
  EXPECT_EQ(bench.words().entry_count(), 0U) << "the dictionary is left empty";
}

TEST(EncodingChoice, of_few_values_far_apart_is_a_dictionary) {
  ChoiceBench bench;
  std::mt19937_64 random(2);
  std::vector<int64_t> pool(100);
  for (int64_t& value : pool) {
    value = static_cast<int64_t>(random());
  }
  EXPECT_EQ(bench.choose_int64([&](size_t) { return pool[random() % pool.size()]; }), PQFLOW_ENCODING_RLE_DICTIONARY);
}

TEST(EncodingChoice, of_noise_is_plain) {
  ChoiceBench bench;
  std::mt19937_64 random(3);
  EXPECT_EQ(bench.choose_int64([&](size_t) { return static_cast<int64_t>(random()); }), PQFLOW_ENCODING_PLAIN);
}

TEST(EncodingChoice, is_no_dictionary_that_would_overflow_on_the_way) {
  ChoiceBench roomy(32768);
  ChoiceBench tight(6000);
  std::mt19937_64 random(4);
  std::vector<int64_t> pool(20'000);
  for (int64_t& value : pool) {
    value = static_cast<int64_t>(random());
  }
  const auto draw = [&](size_t) { return pool[std::min(random() % pool.size(), random() % pool.size())]; };
  EXPECT_EQ(roomy.choose_int64(draw), PQFLOW_ENCODING_RLE_DICTIONARY);
  EXPECT_EQ(tight.choose_int64(draw), PQFLOW_ENCODING_PLAIN);
}

TEST(EncodingChoice, of_names_is_a_dictionary_and_of_serial_numbers_what_they_share) {
  ChoiceBench bench;
  EXPECT_EQ(bench.choose_text([](size_t index) { return "symbol-" + std::to_string(index * 7919 % 300); }), PQFLOW_ENCODING_RLE_DICTIONARY);
  EXPECT_EQ(bench.choose_text([](size_t index) { return "/var/log/service/records/" + std::to_string(1'000'000 + index); }),
            PQFLOW_ENCODING_DELTA_BYTE_ARRAY);
}

TEST(EncodingChoice, weighs_what_the_codec_leaves) {
  if (!codec::is_available(PQFLOW_CODEC_ZSTD)) {
    GTEST_SKIP() << "ZSTD is not in this build";
  }
  codec::Compressor compressor(PQFLOW_CODEC_ZSTD, 1, kPageRows * 64);
  ChoiceBench bench;
  // 512 random values over and over: a codec finds the repetition in PLAIN, an encoding value by value does not.
  std::mt19937_64 random(5);
  std::vector<int64_t> cycle(512);
  for (int64_t& value : cycle) {
    value = static_cast<int64_t>(random());
  }
  const auto repeat = [&](size_t index) { return cycle[index % cycle.size()]; };
  const pqflow_encoding without_codec = bench.choose_int64(repeat);
  EXPECT_EQ(without_codec, PQFLOW_ENCODING_RLE_DICTIONARY);
  ChoiceBench compressed;
  EXPECT_EQ(compressed.choose_int64(repeat, &compressor), compressed.choose_int64(repeat, &compressor))
      << "equal values give equal choices";
}

}  // namespace
}  // namespace pqflow::parquet
