#include "parquet/encoding_choice.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "columns/encoding_rules.hpp"
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

struct Way {
  codec::Compressor* compressor = nullptr;
  CodecUse codec_use = CodecUse::kWhereItGains;
  double min_gain = 0;
  uint8_t encoding = PQFLOW_ENCODING_AUTO;
  bool has_levels = false;
};

class ChoiceBench {
 public:
  explicit ChoiceBench(size_t max_entries = 32768)
      : scratch_({kPageRows, 1024, kPageRows * 64, kPageRows * 64}),
        words_(encoding::make_fixed_dictionary(sizeof(int64_t), {max_entries, 1 << 20})),
        texts_(encoding::make_bytes_dictionary(0, {max_entries, 1 << 20})) {}

  pqflow_encoding choose_int64(const std::function<int64_t(size_t)>& value_at, codec::Compressor* compressor = nullptr) {
    return choose_words(value_at, {.compressor = compressor}).first.encoding;
  }

  EncodingChoice choose_words(const std::function<int64_t(size_t)>& value_at, const Way& way) {
    std::vector<int64_t> values(kPageRows + 8);
    for (size_t index = 0; index < kPageRows; ++index) {
      values[index] = value_at(index);
    }
    const PlainValues plain = {reinterpret_cast<uint8_t*>(values.data()), kPageRows * sizeof(int64_t), kPageRows};
    words_->reset();
    pqflow_field field = field_of(PQFLOW_PHYSICAL_INT64);
    field.encoding = way.encoding;
    const CodecUse codec_use = way.compressor == nullptr ? CodecUse::kNever : way.codec_use;
    encoding::Dictionary* const dictionary = columns::may_have_dictionary(field) ? words_.get() : nullptr;
    const auto encodings = columns::is_chosen_encoding(field.encoding) ? encodings_of(field) : named_encoding(field);
    return choose_encoding(field, plain, {encodings, kPagesPerChunk, way.compressor, codec_use, way.has_levels, way.min_gain, dictionary},
                           scratch_);
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
    const pqflow_field field = field_of(PQFLOW_PHYSICAL_BYTE_ARRAY);
    const ChunkOutlook outlook = {encodings_of(field), kPagesPerChunk, nullptr, CodecUse::kNever, false, 0, texts_.get()};
    return choose_encoding(field, plain, outlook, scratch_).first.encoding;
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

class EncodingChoiceWithCodec : public testing::Test {
 protected:
  void SetUp() override {
    if (!codec::is_available(PQFLOW_CODEC_ZSTD)) {
      GTEST_SKIP() << "ZSTD is not in this build";
    }
    compressor = std::make_unique<codec::Compressor>(PQFLOW_CODEC_ZSTD, 1, kPageRows * 64);
  }

  std::unique_ptr<codec::Compressor> compressor;
  ChoiceBench bench;
};

TEST_F(EncodingChoiceWithCodec, weighs_what_the_codec_leaves) {
  // 512 random values over and over: a codec finds the repetition in PLAIN, an encoding value by value does not.
  std::mt19937_64 random(5);
  std::vector<int64_t> cycle(512);
  for (int64_t& value : cycle) {
    value = static_cast<int64_t>(random());
  }
  const auto repeat = [&](size_t index) { return cycle[index % cycle.size()]; };
  EXPECT_EQ(bench.choose_int64(repeat), PQFLOW_ENCODING_RLE_DICTIONARY);
  EXPECT_EQ(bench.choose_int64(repeat, compressor.get()), bench.choose_int64(repeat, compressor.get()))
      << "equal values give equal choices";
}

// Steps of a random walk that are mostly 0 and seldom large: whole bytes show a codec how few different steps there are.
std::function<int64_t(size_t)> rare_steps() {
  return [random = std::mt19937(6), value = int64_t{0}](size_t) mutable {
    constexpr int64_t kSteps[] = {0, 0, 0, 0, 0, 0, 0, 1, 0, 0, -1, 0, 0, 117, 0, -117};
    return value += kSteps[random() % 16] * 1'000'003;
  };
}

TEST_F(EncodingChoiceWithCodec, packs_whole_bytes_where_the_codec_then_stores_less) {
  const EncodingChoice with_codec =
      bench.choose_words(rare_steps(), {.compressor = compressor.get(), .encoding = PQFLOW_ENCODING_DELTA_BINARY_PACKED});
  EXPECT_TRUE(with_codec.is_compressed);
  EXPECT_EQ(with_codec.first.packing, encoding::Packing::kAligned);
  const EncodingChoice without_codec = bench.choose_words(rare_steps(), {.encoding = PQFLOW_ENCODING_DELTA_BINARY_PACKED});
  EXPECT_EQ(without_codec.first.packing, encoding::Packing::kTight);
}

TEST_F(EncodingChoiceWithCodec, packs_whole_bytes_for_the_codec_alone) {
  // Steps that fill 24 bits, where larger blocks save headers; the codec finds nothing.
  std::mt19937 random(13);
  int64_t value = 0;
  const auto steps = [&](size_t) { return value += random() >> 8; };
  const EncodingChoice choice =
      bench.choose_words(steps, {.compressor = compressor.get(), .min_gain = 0.03, .encoding = PQFLOW_ENCODING_DELTA_BINARY_PACKED});
  EXPECT_FALSE(choice.is_compressed);
  EXPECT_EQ(choice.first.packing, encoding::Packing::kTight);
}

TEST_F(EncodingChoiceWithCodec, packs_indices_in_whole_bytes_where_the_codec_then_stores_less) {
  // 40 values, one of them in half of the records: 6 bits each when packed tightly, whatever their frequencies.
  std::mt19937 random(7);
  const auto draw = [&](size_t) { return random() % 2 == 0 ? int64_t{0} : static_cast<int64_t>(random() % 40) << 40; };
  const EncodingChoice choice = bench.choose_words(draw, {.compressor = compressor.get()});
  EXPECT_EQ(choice.first.encoding, PQFLOW_ENCODING_RLE_DICTIONARY);
  EXPECT_EQ(choice.first.packing, encoding::Packing::kAligned);
}

TEST_F(EncodingChoiceWithCodec, uses_the_codec_only_where_it_saves_the_share_asked_for) {
  // 200 equally likely values: 8 bits each, of which a codec saves little.
  std::mt19937 random(8);
  const auto draw = [&](size_t) { return static_cast<int64_t>(random() % 200) << 33; };
  const auto choose = [&](double min_gain) {
    random.seed(8);
    return bench.choose_words(draw, {.compressor = compressor.get(), .min_gain = min_gain});
  };
  EXPECT_TRUE(choose(0.01).is_compressed);
  EXPECT_FALSE(choose(0.10).is_compressed);
  const auto steps = rare_steps();
  EXPECT_TRUE(bench.choose_words(steps, {.compressor = compressor.get(), .min_gain = 0.10}).is_compressed);
}

TEST_F(EncodingChoiceWithCodec, keeps_the_codec_of_a_chunk_that_has_pages) {
  std::mt19937_64 random(9);
  const auto noise = [&](size_t) { return static_cast<int64_t>(random()); };
  EXPECT_TRUE(bench.choose_words(noise, {.compressor = compressor.get(), .codec_use = CodecUse::kAlways}).is_compressed);
  EXPECT_FALSE(bench.choose_words(rare_steps(), {.compressor = compressor.get(), .codec_use = CodecUse::kNever}).is_compressed);
}

TEST_F(EncodingChoiceWithCodec, leaves_an_encoding_that_was_named) {
  const auto few = [](size_t index) { return static_cast<int64_t>(index % 3); };
  const EncodingChoice plain = bench.choose_words(few, {.compressor = compressor.get(), .encoding = PQFLOW_ENCODING_PLAIN});
  EXPECT_EQ(plain.first.encoding, PQFLOW_ENCODING_PLAIN);
  const auto rising = [](size_t index) { return static_cast<int64_t>(index % 16'000); };
  const EncodingChoice dictionary =
      bench.choose_words(rising, {.compressor = compressor.get(), .encoding = PQFLOW_ENCODING_RLE_DICTIONARY});
  EXPECT_EQ(dictionary.first.encoding, PQFLOW_ENCODING_RLE_DICTIONARY);
  EXPECT_EQ(dictionary.without_dictionary.encoding, PQFLOW_ENCODING_PLAIN);
}

class EncodingChoiceWithEfforts : public testing::Test {
 protected:
  void SetUp() override {
    if (!codec::is_available(PQFLOW_CODEC_ZSTD)) {
      GTEST_SKIP() << "ZSTD is not in this build";
    }
    compressor = std::make_unique<codec::Compressor>(PQFLOW_CODEC_ZSTD, PQFLOW_CODEC_LEVEL_DEFAULT, kPageRows * 64);
    if (!compressor->has_efforts()) {
      GTEST_SKIP() << "this library of ZSTD has no switches for them";
    }
  }
  EncodingChoice choose(const std::function<int64_t(size_t)>& value_at, bool has_levels = false) {
    return bench.choose_words(value_at, {.compressor = compressor.get(), .min_gain = 0.03, .has_levels = has_levels});
  }

  std::unique_ptr<codec::Compressor> compressor;
  ChoiceBench bench;
};

TEST_F(EncodingChoiceWithEfforts, looks_for_no_repetition_where_values_are_only_frequent) {
  std::mt19937 random(10);
  const EncodingChoice choice = choose([&](size_t) { return random() % 2 == 0 ? int64_t{0} : static_cast<int64_t>(random() % 40) << 40; });
  EXPECT_TRUE(choice.is_compressed);
  EXPECT_EQ(choice.effort, codec::Effort::kEntropy);
}

// A handful of sequences in any order.
std::function<int64_t(size_t)> sequences() {
  std::mt19937_64 random(11);
  std::vector<int64_t> values(64 * 16);
  for (int64_t& value : values) {
    value = static_cast<int64_t>(random());
  }
  return [random, values, start = size_t{0}](size_t index) mutable {
    start = index % 16 == 0 ? random() % 64 * 16 : start;
    return values[start + index % 16];
  };
}

TEST_F(EncodingChoiceWithEfforts, looks_for_repetition_where_there_is_some) {
  const EncodingChoice choice = choose(sequences());
  EXPECT_TRUE(choice.is_compressed);
  EXPECT_EQ(choice.effort, codec::Effort::kMatches);
}

// 4,096 equally likely values that differ in few bytes: twelve bits each that no codec shortens, and a dictionary that one does.
std::function<int64_t(size_t)> values_with_much_in_common() {
  return [random = std::mt19937(12)](size_t) mutable { return (int64_t{1} << 60) + (static_cast<int64_t>(random() % 4096) << 20); };
}

TEST_F(EncodingChoiceWithEfforts, stores_indices_as_they_are_where_the_codec_is_for_the_dictionary_alone) {
  const EncodingChoice choice = choose(values_with_much_in_common());
  EXPECT_EQ(choice.first.encoding, PQFLOW_ENCODING_RLE_DICTIONARY);
  EXPECT_TRUE(choice.is_compressed);
  EXPECT_EQ(choice.effort, codec::Effort::kStore);
}

TEST_F(EncodingChoiceWithEfforts, stores_nothing_as_it_is_where_pages_have_levels) {
  EXPECT_NE(choose(values_with_much_in_common(), true).effort, codec::Effort::kStore);
}

}  // namespace
}  // namespace pqflow::parquet
