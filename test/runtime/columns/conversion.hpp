// Runs one column's converter.
#pragma once

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "columns/value_converter.hpp"
#include "encoding/bytes.hpp"

namespace pqflow::test {

using columns::ValueConverter;

// A column's converter with its buffers, filled up with a byte that would show if it were read as a value.
class Conversion {
 public:
  explicit Conversion(const pqflow_field& field)
      : converter_(columns::make_value_converter(field)), max_bytes_(columns::max_plain_bytes(field)) {}

  std::vector<uint8_t> convert(const std::string& values, size_t count) {
    std::vector<uint8_t> source(values.begin(), values.end());
    source.resize(source.size() + 64, 0xa5);
    std::vector<uint8_t> target(count * max_bytes_ + 64, 0xa5);
    const size_t size_bytes = converter_->convert(target.data(), source.data(), count);
    EXPECT_LE(size_bytes, count * max_bytes_);
    target.resize(size_bytes);
    return target;
  }

  template <typename Source, typename Target>
  std::vector<Target> convert_numbers(const std::vector<Source>& values) {
    const std::vector<uint8_t> bytes =
        convert(std::string(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Source)), values.size());
    EXPECT_EQ(bytes.size(), values.size() * sizeof(Target));
    std::vector<Target> result(values.size());
    std::memcpy(result.data(), bytes.data(), bytes.size());
    return result;
  }

  std::vector<std::string> convert_texts(const std::string& values, size_t count) {
    const std::vector<uint8_t> bytes = convert(values, count);
    std::vector<std::string> texts;
    size_t position = 0;
    while (position < bytes.size()) {
      const uint32_t length_bytes = encoding::load<uint32_t>(bytes.data() + position);
      texts.emplace_back(bytes.begin() + static_cast<ptrdiff_t>(position + 4),
                         bytes.begin() + static_cast<ptrdiff_t>(position + 4 + length_bytes));
      position += 4 + length_bytes;
    }
    EXPECT_EQ(texts.size(), count);
    return texts;
  }

  ValueConverter& converter() { return *converter_; }
  uint64_t invalid_values() const { return converter_->invalid_values(); }

 private:
  std::unique_ptr<ValueConverter> converter_;
  size_t max_bytes_;
};

using Texts = std::vector<std::string>;

}  // namespace pqflow::test
