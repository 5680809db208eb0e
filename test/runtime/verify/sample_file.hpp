// A right file of four rows that has a bit of everything: two pages, a dictionary, V2, GZIP, a list, deltas, nulls, NaN, indexes, a bloom
// filter, sorting. The damages of the mutation test start from it.
#pragma once

#include "verify/file_builder.hpp"

namespace pqflow::verify_test {

// Leaves in file order.
enum SampleColumn : size_t { kId, kName, kPrice, kTags, kLevel, kAmount, kOld, kBox };
// Positions in FileSpec::schema.
enum SampleElement : size_t {
  kRootElement,
  kIdElement,
  kNameElement,
  kPriceElement,
  kTagsElement,
  kTagsListElement,
  kTagElement,
  kLevelElement,
  kAmountElement,
  kOldElement,
  kBoxElement,
  kBoxValueElement
};

FileSpec sample_file();
// The prices in IEEE_754_TOTAL_ORDER, with all that it asks for: three values and their bounds. Takes the footer's and the column index's
// hook.
void put_in_total_order(FileSpec& file, const std::vector<double>& prices, double min, double max);

// With `text` under ARROW:schema. Takes the footer's hook.
void put_arrow_schema(FileSpec& file, const std::string& text);
// The sample's columns as pyarrow writes them, without the prefix as old writers did, and without the last column.
extern const char* const kSampleArrowSchema;
extern const char* const kUnframedArrowSchema;
extern const char* const kShorterArrowSchema;

// Encoders of the sample's pages.
ByteVector levels(const std::vector<uint8_t>& values);                      // One RLE run a value, of one byte.
ByteVector indices(uint8_t bit_width, const std::vector<uint8_t>& values);  // Dictionary indices: the same after their width.
ByteVector plain_i32(const std::vector<int32_t>& values);
ByteVector plain_i64(const std::vector<int64_t>& values);
ByteVector plain_f64(const std::vector<double>& values);
ByteVector plain_text(const std::vector<std::string>& values);
// DELTA_BINARY_PACKED of up to 33 values, its only miniblock in use `bit_width` ≤ 8 bits wide; `width_byte`: what the block says that is.
ByteVector delta(const std::vector<int64_t>& values, uint8_t bit_width, uint8_t width_byte);
ByteVector bytes_of(const std::string& text);

}  // namespace pqflow::verify_test
