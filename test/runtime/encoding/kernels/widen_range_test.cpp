#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

#include "encoding/kernels/kernels.hpp"

namespace pqflow::encoding {
namespace {

template <typename T>
struct Range {
  T min = std::numeric_limits<T>::max();
  T max = std::numeric_limits<T>::lowest();
  bool operator==(const Range&) const = default;
};

template <typename T>
Range<T> expected_range(const std::vector<T>& values, Range<T> range = {}) {
  for (const T value : values) {
    range.min = value < range.min ? value : range.min;
    range.max = value > range.max ? value : range.max;
  }
  return range;
}

// From an address of any alignment, with nothing readable beyond the last value.
template <typename T>
Range<T> widened(const Kernels& kernels, const std::vector<T>& values, size_t misalignment_bytes, Range<T> range = {}) {
  std::vector<uint8_t> bytes(misalignment_bytes + values.size() * sizeof(T));
  if (!values.empty()) {
    std::memcpy(bytes.data() + misalignment_bytes, values.data(), values.size() * sizeof(T));
  }
  std::get<WidenRange<T>>(kernels.widen_range)(bytes.data() + misalignment_bytes, values.size(), range.min, range.max);
  return range;
}

template <typename T>
T random_value(std::mt19937_64& random) {
  if constexpr (std::is_floating_point_v<T>) {
    return static_cast<T>(static_cast<int64_t>(random()));
  } else {
    return static_cast<T>(random());
  }
}

template <typename T>
std::vector<T> random_values(std::mt19937_64& random, size_t count) {
  std::vector<T> values(count);
  for (T& value : values) {
    value = random_value<T>(random);
  }
  return values;
}

template <typename T>
struct WidenRangeKernels : testing::Test {};
using NumberTypes = testing::Types<uint8_t, int32_t, uint32_t, int64_t, uint64_t, float, double>;
TYPED_TEST_SUITE(WidenRangeKernels, NumberTypes);

TYPED_TEST(WidenRangeKernels, of_every_instruction_set_agree_on_every_length_and_alignment) {
  std::mt19937_64 random(1);
  for (const Kernels* kernels : supported_kernels()) {
    for (size_t count = 0; count <= 600; ++count) {
      const auto values = random_values<TypeParam>(random, count);
      ASSERT_EQ(widened(*kernels, values, count % 9), expected_range(values)) << kernels->instruction_set << " " << count;
    }
  }
}

TYPED_TEST(WidenRangeKernels, find_an_extreme_at_every_place) {
  for (const Kernels* kernels : supported_kernels()) {
    for (const size_t count : {5, 64, 65, 300}) {
      for (size_t place = 0; place < count; ++place) {
        std::vector<TypeParam> values(count, TypeParam{7});
        values[place] = std::numeric_limits<TypeParam>::lowest();
        ASSERT_EQ(widened(*kernels, values, 0).min, values[place]) << kernels->instruction_set << " " << place;
        values[place] = std::numeric_limits<TypeParam>::max();
        ASSERT_EQ(widened(*kernels, values, 0).max, values[place]) << kernels->instruction_set << " " << place;
      }
    }
  }
}

TYPED_TEST(WidenRangeKernels, keep_the_range_they_were_given) {
  for (const Kernels* kernels : supported_kernels()) {
    for (const size_t count : {0, 1, 100}) {
      const std::vector<TypeParam> values(count, TypeParam{7});
      const Range<TypeParam> wide = {.min = 2, .max = 99};
      EXPECT_EQ(widened(*kernels, values, 0, wide), wide) << kernels->instruction_set;
    }
  }
}

template <typename T>
void expect_nans_passed_over() {
  std::mt19937_64 random(2);
  constexpr T kNan = std::numeric_limits<T>::quiet_NaN();
  for (const Kernels* kernels : supported_kernels()) {
    for (size_t count = 1; count <= 200; ++count) {
      auto values = random_values<T>(random, count);
      for (T& value : values) {
        value = random() % 3 == 0 ? std::copysign(kNan, random() % 2 == 0 ? T{1} : T{-1}) : value;
      }
      ASSERT_EQ(widened(*kernels, values, 0), expected_range(values)) << kernels->instruction_set << " " << count;
      const std::vector<T> nans(count, kNan);
      ASSERT_EQ(widened(*kernels, nans, 0), Range<T>()) << kernels->instruction_set << " " << count;
    }
  }
}

TEST(WidenRangeOfFloats, passes_over_NaNs) {
  expect_nans_passed_over<float>();
  expect_nans_passed_over<double>();
}

TEST(WidenRangeOfFloats, takes_infinities) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  for (const Kernels* kernels : supported_kernels()) {
    std::vector<double> values(40, 1.5);
    values[3] = -kInfinity;
    values[37] = kInfinity;
    EXPECT_EQ(widened(*kernels, values, 0), (Range<double>{.min = -kInfinity, .max = kInfinity})) << kernels->instruction_set;
  }
}

TEST(SupportedKernels, begin_with_the_baseline_and_end_with_those_that_are_used) {
  EXPECT_STREQ(supported_kernels().front()->instruction_set, "baseline");
  EXPECT_EQ(supported_kernels().back(), &kernels());
}

}  // namespace
}  // namespace pqflow::encoding
