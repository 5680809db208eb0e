#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "columns/bounds.hpp"
#include "columns/statistics.hpp"
#include "columns/test_schema.hpp"
#include "encoding/bytes.hpp"
#include "encoding/plain.hpp"

namespace pqflow::columns {
namespace {

using namespace test;

std::string text_of_bytes(std::span<const uint8_t> bytes) { return {bytes.begin(), bytes.end()}; }

std::unique_ptr<RangeTracker> tracker_of(const pqflow_field& field, pqflow_float_order float_order = PQFLOW_FLOAT_ORDER_TYPE_ORDER) {
  return make_range_tracker(field, float_order);
}

template <typename T>
std::pair<T, T> range_of(const pqflow_field& field, const std::vector<T>& values) {
  const auto tracker = tracker_of(field);
  tracker->update(reinterpret_cast<const uint8_t*>(values.data()), values.size());
  EXPECT_TRUE(tracker->has_range());
  const ValueRange range = tracker->range();
  EXPECT_EQ(range.min.size(), sizeof(T));
  return {encoding::load<T>(range.min.data()), encoding::load<T>(range.max.data())};
}

std::vector<uint8_t> plain(const std::vector<std::string>& values) {
  std::vector<uint8_t> bytes(8);
  size_t end = 0;
  for (const std::string& value : values) {
    bytes.resize(end + 4 + value.size() + 8);
    end += encoding::encode_plain_byte_array(bytes.data() + end, reinterpret_cast<const uint8_t*>(value.data()),
                                             static_cast<uint32_t>(value.size()));
  }
  return bytes;
}

std::pair<std::string, std::string> text_range(uint32_t width_bytes, const std::vector<std::string>& values) {
  const auto tracker = tracker_of(make_field("f", PQFLOW_STORAGE_PADDED_TEXT, width_bytes));
  const std::vector<uint8_t> bytes = plain(values);
  tracker->update(bytes.data(), values.size());
  EXPECT_TRUE(tracker->has_range());
  return {text_of_bytes(tracker->range().min), text_of_bytes(tracker->range().max)};
}

std::pair<std::string, std::string> fixed_range(const pqflow_field& field, std::string values) {
  const size_t count = values.size() / field.type_length_bytes;
  values.resize(values.size() + 8, 'x');
  const auto tracker = tracker_of(field);
  tracker->update(reinterpret_cast<const uint8_t*>(values.data()), count);
  return {text_of_bytes(tracker->range().min), text_of_bytes(tracker->range().max)};
}

TEST(NumericRange, compares_signed_numbers_as_signed) {
  EXPECT_EQ(range_of<int32_t>(make_field("f", PQFLOW_STORAGE_INT32), {3, INT32_MIN, 7, INT32_MAX, 0}),
            std::make_pair(INT32_MIN, INT32_MAX));
  EXPECT_EQ(range_of<int64_t>(make_field("f", PQFLOW_STORAGE_INT64), {-5}), std::make_pair(int64_t{-5}, int64_t{-5}));
}

TEST(NumericRange, compares_unsigned_numbers_as_unsigned) {
  EXPECT_EQ(range_of<uint32_t>(make_field("f", PQFLOW_STORAGE_UINT32), {3, 0xffffffffU, 0x80000000U}), std::make_pair(3U, 0xffffffffU));
  EXPECT_EQ(range_of<uint64_t>(make_field("f", PQFLOW_STORAGE_UINT64), {~uint64_t{0}, 1}), std::make_pair(uint64_t{1}, ~uint64_t{0}));
}

TEST(NumericRange, finds_the_extremes_at_every_place) {
  for (size_t count = 1; count <= 40; ++count) {
    for (size_t place = 0; place < count; ++place) {
      std::vector<int64_t> values(count, 5);
      values[place] = -1;
      values[count - 1 - place] = values[count - 1 - place] == -1 ? -1 : 9;
      const auto [min, max] = range_of<int64_t>(make_field("f", PQFLOW_STORAGE_INT64), values);
      ASSERT_EQ(min, *std::min_element(values.begin(), values.end()));
      ASSERT_EQ(max, *std::max_element(values.begin(), values.end()));
    }
  }
}

TEST(NumericRange, keeps_the_range_over_blocks_and_forgets_it_at_reset) {
  const auto tracker = tracker_of(make_field("f", PQFLOW_STORAGE_INT32));
  EXPECT_FALSE(tracker->has_range());
  const int32_t first[] = {5, 6};
  const int32_t second[] = {1};
  tracker->update(reinterpret_cast<const uint8_t*>(first), 2);
  tracker->update(reinterpret_cast<const uint8_t*>(second), 1);
  EXPECT_EQ(encoding::load<int32_t>(tracker->range().min.data()), 1);
  EXPECT_EQ(encoding::load<int32_t>(tracker->range().max.data()), 6);
  tracker->reset();
  EXPECT_FALSE(tracker->has_range());
}

TEST(FloatRange, leaves_NaNs_out) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(range_of<float>(make_field("f", PQFLOW_STORAGE_FLOAT), {nan, 2, nan, -3, nan}), std::make_pair(-3.0F, 2.0F));
}

TEST(FloatRange, has_no_range_for_NaNs_alone) {
  const double nans[] = {std::nan(""), std::nan("")};
  const auto tracker = tracker_of(make_field("f", PQFLOW_STORAGE_DOUBLE));
  tracker->update(reinterpret_cast<const uint8_t*>(nans), 2);
  EXPECT_FALSE(tracker->has_range());
}

TEST(FloatRange, has_a_range_of_infinities_alone) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(range_of<double>(make_field("f", PQFLOW_STORAGE_DOUBLE), {infinity}), std::make_pair(infinity, infinity));
  EXPECT_EQ(range_of<double>(make_field("f", PQFLOW_STORAGE_DOUBLE), {-infinity, -infinity}), std::make_pair(-infinity, -infinity));
}

TEST(FloatRange, writes_a_smallest_zero_negative_and_a_largest_zero_positive) {
  for (const std::vector<double>& values : {std::vector<double>{0.0}, {-0.0}, {0.0, -0.0}, {-0.0, 0.0}}) {
    const auto [min, max] = range_of<double>(make_field("f", PQFLOW_STORAGE_DOUBLE), values);
    EXPECT_EQ(std::bit_cast<uint64_t>(min), 0x8000000000000000U);
    EXPECT_EQ(std::bit_cast<uint64_t>(max), 0U);
  }
  const auto [min, max] = range_of<float>(make_field("f", PQFLOW_STORAGE_FLOAT), {0.0F, 1.0F});
  EXPECT_EQ(std::bit_cast<uint32_t>(min), 0x80000000U);
  EXPECT_EQ(max, 1.0F);
}

// In the total order; bits of the values.
template <typename Word>
std::pair<Word, Word> total_range_of(pqflow_storage storage, const std::vector<Word>& values) {
  const auto tracker = tracker_of(make_field("f", storage), PQFLOW_FLOAT_ORDER_IEEE_754_TOTAL_ORDER);
  EXPECT_FALSE(tracker->has_range());
  tracker->update(reinterpret_cast<const uint8_t*>(values.data()), values.size());
  EXPECT_TRUE(tracker->has_range());
  return {encoding::load<Word>(tracker->range().min.data()), encoding::load<Word>(tracker->range().max.data())};
}

template <typename Word>
struct FloatBits {
  pqflow_storage storage;
  Word sign;
  Word one;
  Word infinity;
  Word nan;
};

template <typename Word>
void expect_total_order(const FloatBits<Word>& bits) {
  const auto negative = [&](Word magnitude) { return static_cast<Word>(bits.sign | magnitude); };
  const auto range_of_bits = [&](const std::vector<Word>& values) { return total_range_of<Word>(bits.storage, values); };
  const Word zero = 0;
  EXPECT_EQ(range_of_bits({zero}), std::make_pair(zero, zero)) << "a zero stays as it is";
  EXPECT_EQ(range_of_bits({negative(zero)}), std::make_pair(negative(zero), negative(zero)));
  EXPECT_EQ(range_of_bits({zero, negative(zero), zero}), std::make_pair(negative(zero), zero)) << "-0.0 is below +0.0";
  EXPECT_EQ(range_of_bits({bits.one, negative(bits.one), zero}), std::make_pair(negative(bits.one), bits.one));
  EXPECT_EQ(range_of_bits({negative(bits.one), negative(bits.infinity)}), std::make_pair(negative(bits.infinity), negative(bits.one)));
  EXPECT_EQ(range_of_bits({bits.infinity, bits.one}), std::make_pair(bits.one, bits.infinity));
  EXPECT_EQ(range_of_bits({bits.nan, bits.one, bits.nan}), std::make_pair(bits.one, bits.one)) << "NaNs stay out where there is a number";
  EXPECT_EQ(range_of_bits({bits.nan, bits.nan}), std::make_pair(bits.nan, bits.nan)) << "where there is none, they are the bounds";
}

TEST(TotalOrderRange, has_the_zeros_apart_and_NaNs_where_there_is_nothing_else) {
  expect_total_order<uint16_t>({PQFLOW_STORAGE_FLOAT16, 0x8000, 0x3c00, 0x7c00, 0x7e00});
  expect_total_order<uint32_t>({PQFLOW_STORAGE_FLOAT, 0x80000000, 0x3f800000, 0x7f800000, 0x7fc00000});
  expect_total_order<uint64_t>({PQFLOW_STORAGE_DOUBLE, 0x8000000000000000, 0x3ff0000000000000, 0x7ff0000000000000, 0x7ff8000000000000});
}

TEST(TotalOrderRange, of_several_is_that_of_their_numbers_and_NaNs_alone_where_all_have_no_more) {
  const pqflow_field field = make_field("f", PQFLOW_STORAGE_DOUBLE);
  const auto all = tracker_of(field, PQFLOW_FLOAT_ORDER_IEEE_754_TOTAL_ORDER);
  const auto include = [&](double value) {
    const auto part = tracker_of(field, PQFLOW_FLOAT_ORDER_IEEE_754_TOTAL_ORDER);
    part->update(reinterpret_cast<const uint8_t*>(&value), 1);
    all->include(part->range());
    return std::make_pair(encoding::load<double>(all->range().min.data()), encoding::load<double>(all->range().max.data()));
  };
  EXPECT_TRUE(std::isnan(include(std::nan("")).first));
  EXPECT_EQ(include(2.0), std::make_pair(2.0, 2.0));
  EXPECT_EQ(include(std::nan("")), std::make_pair(2.0, 2.0));
  EXPECT_EQ(include(-1.0), std::make_pair(-1.0, 2.0));
  all->reset();
  EXPECT_FALSE(all->has_range());
}

TEST(TotalOrderRange, orders_zeros_and_NaNs) {
  const double rising[] = {-std::numeric_limits<double>::infinity(), -1,          -0.0, 0.0, 1,
                           std::numeric_limits<double>::infinity(),  std::nan("")};
  const auto tracker = tracker_of(make_field("f", PQFLOW_STORAGE_DOUBLE), PQFLOW_FLOAT_ORDER_IEEE_754_TOTAL_ORDER);
  const auto bytes = [](const double& value) { return std::span(reinterpret_cast<const uint8_t*>(&value), sizeof value); };
  for (size_t left = 0; left < std::size(rising); ++left) {
    for (size_t right = 0; right < std::size(rising); ++right) {
      EXPECT_EQ(tracker->compare(bytes(rising[left]), bytes(rising[right])), left < right ? -1 : left > right ? 1 : 0) << left << right;
    }
  }
}

TEST(TotalOrderRange, is_for_floating_columns_alone) {
  const auto tracker = tracker_of(make_field("f", PQFLOW_STORAGE_INT32), PQFLOW_FLOAT_ORDER_IEEE_754_TOTAL_ORDER);
  const int32_t values[] = {-2, -1};
  tracker->update(reinterpret_cast<const uint8_t*>(values), 2);
  EXPECT_EQ(encoding::load<int32_t>(tracker->range().min.data()), -2);
  EXPECT_EQ(encoding::load<int32_t>(tracker->range().max.data()), -1);
}

TEST(BooleanRange, orders_false_before_true) {
  EXPECT_EQ(range_of<uint8_t>(make_field("f", PQFLOW_STORAGE_BOOL), {1, 0, 1}), std::make_pair(uint8_t{0}, uint8_t{1}));
}

// Columns of 8 bytes at most and longer ones have trackers of their own: same rules.
class TextRange : public ::testing::TestWithParam<uint32_t> {};

TEST_P(TextRange, compares_bytes_as_unsigned) {
  EXPECT_EQ(text_range(GetParam(), {"b", "\xff", "a"}), std::make_pair(std::string("a"), std::string("\xff")));
}

TEST_P(TextRange, orders_a_prefix_before_its_extension) {
  EXPECT_EQ(text_range(GetParam(), {"ab", "a", "abc"}), std::make_pair(std::string("a"), std::string("abc")));
  EXPECT_EQ(text_range(GetParam(), {"ab", "", "a"}), std::make_pair(std::string(""), std::string("ab")));
  EXPECT_EQ(text_range(GetParam(), {std::string("a\0", 2), "a"}), std::make_pair(std::string("a"), std::string("a\0", 2)));
}

TEST_P(TextRange, takes_a_single_value_for_both_ends) {
  EXPECT_EQ(text_range(GetParam(), {""}), std::make_pair(std::string(""), std::string("")));
  EXPECT_EQ(text_range(GetParam(), {"\xff\xff\xff\xff\xff\xff\xff\xff"}), std::make_pair(std::string(8, '\xff'), std::string(8, '\xff')));
}

TEST_P(TextRange, forgets_its_values_at_reset) {
  const auto tracker = tracker_of(make_field("f", PQFLOW_STORAGE_PADDED_TEXT, GetParam()));
  const std::vector<uint8_t> first = plain({"a", "z"});
  const std::vector<uint8_t> second = plain({"m"});
  tracker->update(first.data(), 2);
  tracker->reset();
  EXPECT_FALSE(tracker->has_range());
  tracker->update(second.data(), 0);
  EXPECT_FALSE(tracker->has_range());
  tracker->update(second.data(), 1);
  EXPECT_EQ(text_of_bytes(tracker->range().min), "m");
  EXPECT_EQ(text_of_bytes(tracker->range().max), "m");
}

INSTANTIATE_TEST_SUITE_P(ShortAndLong, TextRange, ::testing::Values(8U, 9U));

TEST(LongTextRange, looks_behind_the_first_eight_bytes) {
  EXPECT_EQ(text_range(20, {"12345678b", "12345678", "12345678c", "12345678ba"}),
            std::make_pair(std::string("12345678"), std::string("12345678c")));
}

TEST(FixedBytesRange, compares_unannotated_bytes_and_UUIDs_as_unsigned) {
  EXPECT_EQ(fixed_range(make_field("f", PQFLOW_STORAGE_FIXED_BYTES, 2), std::string("\x80\0\x7f\xff", 4)),
            std::make_pair(std::string("\x7f\xff"), std::string("\x80\0", 2)));
  const std::string low(16, '\x7f');
  const std::string high = std::string(15, '\x80') + "\x81";
  const std::string higher = std::string(15, '\x80') + "\x82";
  EXPECT_EQ(fixed_range(with_logical_type(make_field("f", PQFLOW_STORAGE_FIXED_BYTES, 16), PQFLOW_LOGICAL_UUID), high + low + higher),
            std::make_pair(low, higher));
}

TEST(FixedBytesRange, compares_decimals_by_their_signed_value) {
  for (const uint32_t width_bytes : {2U, 8U, 9U, 16U}) {
    const pqflow_field field = decimal_field(make_field("f", PQFLOW_STORAGE_FIXED_BYTES, width_bytes), 3, 0);
    const std::string minus_two = std::string(width_bytes - 1, '\xff') + "\xfe";
    const std::string minus_one(width_bytes, '\xff');
    const std::string zero(width_bytes, '\0');
    const std::string one = std::string(width_bytes - 1, '\0') + "\x01";
    EXPECT_EQ(fixed_range(field, zero + minus_one + one + minus_two), std::make_pair(minus_two, one)) << width_bytes;
    EXPECT_EQ(fixed_range(field, minus_one + minus_two), std::make_pair(minus_two, minus_one)) << width_bytes;
  }
}

Bounds bounds_of(const pqflow_field& field, const std::string& min, const std::string& max) {
  Bounds bounds;
  const auto span = [](const std::string& text) { return std::span(reinterpret_cast<const uint8_t*>(text.data()), text.size()); };
  set_bounds(field, {span(min), span(max)}, bounds);
  return bounds;
}

const pqflow_field kText = make_field("f", PQFLOW_STORAGE_COUNTED_16, 60000);
const pqflow_field kBytes = with_logical_type(kText, PQFLOW_LOGICAL_NONE);
const std::string kPrefix(63, 'a');

TEST(Bounds, keep_values_of_up_to_64_bytes_whole) {
  const Bounds bounds = bounds_of(kText, "", std::string(64, 'z'));
  EXPECT_TRUE(bounds.is_present);
  EXPECT_TRUE(bounds.is_min_exact);
  EXPECT_TRUE(bounds.is_max_exact);
  EXPECT_EQ(text_of_bytes(bounds.max), std::string(64, 'z'));
}

TEST(Bounds, cut_the_smallest_and_cut_and_raise_the_largest) {
  const Bounds bounds = bounds_of(kText, std::string(65, 'b'), std::string(65, 'c'));
  EXPECT_EQ(text_of_bytes(bounds.min), std::string(64, 'b'));
  EXPECT_EQ(text_of_bytes(bounds.max), std::string(63, 'c') + "d");
  EXPECT_FALSE(bounds.is_min_exact);
  EXPECT_FALSE(bounds.is_max_exact);
}

TEST(Bounds, say_of_each_end_whether_it_is_exact) {
  const Bounds bounds = bounds_of(kText, "short", std::string(100, 'c'));
  EXPECT_TRUE(bounds.is_min_exact);
  EXPECT_FALSE(bounds.is_max_exact);
}

TEST(Bounds, pass_over_bytes_that_cannot_be_raised) {
  EXPECT_EQ(text_of_bytes(bounds_of(kBytes, "a", "a\xfe" + std::string(100, '\xff')).max), "a\xff");
  EXPECT_EQ(text_of_bytes(bounds_of(kBytes, "a", "ab" + std::string(100, '\xff')).max), "ac");
}

TEST(Bounds, keep_the_largest_whole_when_it_cannot_be_raised_and_leave_out_both_when_it_is_too_long) {
  const std::string unraisable(100, '\xff');
  const Bounds whole = bounds_of(kBytes, "a", unraisable);
  EXPECT_TRUE(whole.is_present);
  EXPECT_TRUE(whole.is_max_exact);
  EXPECT_EQ(text_of_bytes(whole.max), unraisable);
  EXPECT_FALSE(bounds_of(kBytes, "a", std::string(kMaxWholeBoundBytes + 1, '\xff')).is_present);
}

TEST(Bounds, cut_UTF_8_between_characters) {
  EXPECT_EQ(text_of_bytes(bounds_of(kText, kPrefix + "\xc3\xa9z", "z").min), kPrefix);
  const std::string sixty(60, 'a');
  EXPECT_EQ(text_of_bytes(bounds_of(kText, sixty + "\xf0\x9f\x98\x80zz", "z").min), sixty + "\xf0\x9f\x98\x80");
}

TEST(Bounds, raise_the_last_character_of_UTF_8_keeping_its_length) {
  const auto raised = [](const std::string& last) {
    const std::string prefix(64 - last.size(), 'a');
    return text_of_bytes(bounds_of(kText, "a", prefix + last + "zz").max).substr(prefix.size());
  };
  EXPECT_EQ(raised("z"), "{");
  EXPECT_EQ(raised("\xc3\xa9"), "\xc3\xaa");
  EXPECT_EQ(raised("\xc3\xbf"), "\xc4\x80");
  EXPECT_EQ(raised("\xed\x9f\xbf"), "\xee\x80\x80") << "the surrogates are passed over";
  EXPECT_EQ(raised("\xf0\x9f\xbf\xbf"), "\xf0\xa0\x80\x80");
  EXPECT_EQ(raised("\xef\xbf\xbe"), "\xef\xbf\xbf");
}

TEST(Bounds, drop_characters_that_are_the_last_of_their_length) {
  for (const char* last : {"\x7f", "\xdf\xbf", "\xef\xbf\xbf", "\xf4\x8f\xbf\xbf"}) {
    const std::string prefix(64 - std::string(last).size(), 'a');
    EXPECT_EQ(text_of_bytes(bounds_of(kText, "a", prefix + last + "zz").max), prefix.substr(1) + "b") << last;
  }
}

TEST(Bounds, are_never_shortened_for_fixed_length_values) {
  const pqflow_field wide = make_field("f", PQFLOW_STORAGE_FIXED_BYTES, 100);
  EXPECT_EQ(bounds_of(wide, std::string(100, 'a'), std::string(100, 'b')).max.size(), 100U);
  EXPECT_TRUE(bounds_of(wide, std::string(100, 'a'), std::string(100, 'b')).is_max_exact);
  const pqflow_field widest = make_field("f", PQFLOW_STORAGE_FIXED_BYTES, 5000);
  EXPECT_FALSE(bounds_of(widest, std::string(5000, 'a'), std::string(5000, 'b')).is_present);
}

}  // namespace
}  // namespace pqflow::columns
