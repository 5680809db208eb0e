#include "verify/sample_file.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace pqflow::verify_test {
namespace {

constexpr int64_t kRows = 4;

template <typename T>
ByteVector plain(const std::vector<T>& values) {
  ByteVector bytes(values.size() * sizeof(T));
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

enum : int64_t { kRequiredRepetition, kOptionalRepetition, kRepeatedRepetition };

Node leaf(const std::string& name, int64_t type, int64_t repetition) {
  return structure({{1, i32(type)}, {3, i32(repetition)}, {4, text(name)}});
}
Node group(const std::string& name, int64_t repetition, int64_t child_count) {
  return structure({{3, i32(repetition)}, {4, text(name)}, {5, i32(child_count)}});
}
Node logical(int16_t id, Node content = {}) { return structure({{id, std::move(content)}}); }

std::vector<Node> sample_schema() {
  Node root = group("schema", 0, 8);
  root.erase(3);
  Node amount = leaf("amount", 7, kOptionalRepetition);
  amount.set(2, i32(4)).set(6, i32(5)).set(7, i32(2)).set(8, i32(9)).set(10, logical(5, structure({{1, i32(2)}, {2, i32(9)}})));
  Node level = leaf("level", 1, kRequiredRepetition);
  level.set(6, i32(15)).set(10, logical(10, structure({{1, i8(8)}, {2, boolean(true)}})));
  return {root,
          leaf("id", 2, kRequiredRepetition),
          leaf("name", 6, kOptionalRepetition).set(6, i32(0)).set(10, logical(1)),
          leaf("price", 5, kOptionalRepetition),
          group("tags", kOptionalRepetition, 1).set(6, i32(3)).set(10, logical(3)),
          group("list", kRepeatedRepetition, 1),
          leaf("element", 6, kOptionalRepetition).set(6, i32(0)).set(10, logical(1)),
          level,
          amount,
          leaf("old", 3, kRequiredRepetition),
          group("box", kRequiredRepetition, 1),
          leaf("value", 1, kRequiredRepetition)};
}

PageSpec page_of(int64_t encoding, int64_t count, ByteVector values, ByteVector min, ByteVector max) {
  PageSpec page;
  page.encoding = encoding;
  page.value_count = count;
  page.row_count = count;
  page.values = std::move(values);
  page.min = std::move(min);
  page.max = std::move(max);
  page.repetition_histogram = {count};
  page.definition_histogram = {count};
  return page;
}

PageSpec with_nulls(PageSpec page, const std::vector<uint8_t>& definition) {
  page.null_count = std::count(definition.begin(), definition.end(), 0);
  page.definition_levels = levels(definition);
  page.definition_histogram = {page.null_count, page.value_count - page.null_count};
  return page;
}

Node statistics_of(int64_t null_count, const ByteVector& min, const ByteVector& max) {
  return structure({{3, i64(null_count)}, {5, binary(max)}, {6, binary(min)}, {7, boolean(true)}, {8, boolean(true)}});
}

ColumnSpec column_of(std::vector<std::string> path, int64_t type, std::vector<PageSpec> pages, Node statistics) {
  ColumnSpec column;
  column.path = std::move(path);
  column.type = type;
  column.is_byte_array = type == 6;
  column.pages = std::move(pages);
  column.statistics = std::move(statistics);
  return column;
}

ColumnSpec id_column() {
  const auto page = [](int64_t first) { return page_of(0, 2, plain_i64({first, first + 1}), plain_i64({first}), plain_i64({first + 1})); };
  ColumnSpec column = column_of({"id"}, 2, {page(1), page(3)}, statistics_of(0, plain_i64({1}), plain_i64({4})));
  column.boundary_order = 1;
  return column;
}

ColumnSpec name_column() {
  PageSpec dictionary = page_of(0, 2, plain_text({"ab", "cd"}), {}, {});
  dictionary.type = kDictionaryPageType;
  dictionary.repetition_histogram = {0};
  dictionary.definition_histogram = {0, 0};
  PageSpec page = with_nulls(page_of(8, kRows, indices(1, {0, 1, 0}), bytes_of("ab"), bytes_of("cd")), {1, 0, 1, 1});
  page.byte_array_bytes = 6;
  Node statistics = statistics_of(1, page.min, page.max);
  statistics.set(4, i64(2));
  ColumnSpec column = column_of({"name"}, 6, {dictionary, page}, statistics);
  column.bloom_values = {bytes_of("ab"), bytes_of("cd")};
  return column;
}

// 0.0, NaN, 2.5, null
ColumnSpec price_column() {
  const ByteVector min = plain_f64({-0.0});
  const ByteVector max = plain_f64({2.5});
  PageSpec page = with_nulls(page_of(0, kRows, plain_f64({0.0, std::nan(""), 2.5}), min, max), {1, 1, 1, 0});
  page.type = kDataPageV2Type;
  Node statistics = statistics_of(1, min, max);
  statistics.set(9, i64(1));
  ColumnSpec column = column_of({"price"}, 5, {page}, statistics);
  column.codec = kGzipCodec;
  return column;
}

PageSpec tags_page(const std::vector<uint8_t>& repetition, const std::vector<uint8_t>& definition, const std::vector<std::string>& values) {
  PageSpec page = page_of(0, 3, plain_text(values), bytes_of(values.front()), bytes_of(values.back()));
  page.repetition_levels = levels(repetition);
  page.definition_levels = levels(definition);
  page.row_count = std::count(repetition.begin(), repetition.end(), 0);
  page.null_count = 3 - static_cast<int64_t>(values.size());
  page.byte_array_bytes = static_cast<int64_t>(values.size());
  page.repetition_histogram = {page.row_count, 3 - page.row_count};
  for (uint8_t level = 0; level < 4; ++level) {
    page.definition_histogram.resize(level + size_t{1});
    page.definition_histogram[level] = std::count(definition.begin(), definition.end(), level);
  }
  return page;
}

// [x, y], [] and null, [null, z]
ColumnSpec tags_column() {
  return column_of({"tags", "list", "element"}, 6, {tags_page({0, 1, 0}, {3, 3, 1}, {"x", "y"}), tags_page({0, 0, 1}, {0, 2, 3}, {"z"})},
                   statistics_of(3, bytes_of("x"), bytes_of("z")));
}

ColumnSpec level_column() {
  const PageSpec page = page_of(5, kRows, delta({5, -3, 7, 0}, 5, 5), plain_i32({-3}), plain_i32({7}));
  return column_of({"level"}, 1, {page}, statistics_of(0, page.min, page.max));
}

ColumnSpec amount_column() {
  const PageSpec page = with_nulls(page_of(0, kRows, {}, {}, {}), {0, 0, 0, 0});
  return column_of({"amount"}, 7, {page}, structure({{3, i64(kRows)}}));
}

ColumnSpec old_column() {
  ColumnSpec column = column_of({"old"}, 3, {page_of(0, kRows, ByteVector(48), {}, {})}, structure({{3, i64(0)}}));
  column.has_column_index = false;
  return column;
}

ColumnSpec box_column() {
  const PageSpec page = page_of(0, kRows, plain_i32({4, 3, 9, 1}), plain_i32({1}), plain_i32({9}));
  return column_of({"box", "value"}, 1, {page}, statistics_of(0, page.min, page.max));
}

}  // namespace

FileSpec sample_file() {
  FileSpec file;
  file.schema = sample_schema();
  file.columns = {id_column(), name_column(), price_column(), tags_column(), level_column(), amount_column(), old_column(), box_column()};
  file.row_count = kRows;
  file.sorting = {structure({{1, i32(kId)}, {2, boolean(false)}, {3, boolean(false)}})};
  return file;
}

void put_in_total_order(FileSpec& file, const std::vector<double>& prices, double min, double max) {
  ColumnSpec& column = file.columns[kPrice];
  PageSpec& page = column.pages[0];
  page.values = plain_f64(prices);
  page.min = plain_f64({min});
  page.max = plain_f64({max});
  const int64_t nan_count = std::count_if(prices.begin(), prices.end(), [](double price) { return std::isnan(price); });
  column.statistics.set(5, binary(page.max)).set(6, binary(page.min)).set(9, i64(nan_count));
  file.on_footer = [](Node& footer) { footer.at(7).item(kPrice) = structure({{2, structure({})}}); };
  file.on_column_index = [=](size_t index, Node& node) {
    if (index == kPrice) {
      node.set(8, i64_list({nan_count}));
    }
  };
}

void put_arrow_schema(FileSpec& file, const std::string& value) {
  const Node entry = structure({{1, text("ARROW:schema")}, {2, text(value)}});
  file.on_footer = [=](Node& footer) { footer.set(5, list(NodeType::kStruct, {entry})); };
}

const char* const kSampleArrowSchema =
    "/////zACAAAQAAAAAAAKAAwABgAFAAgACgAAAAABBAAMAAAACAAIAAAABAAIAAAABAAAAAgAAADIAQAAiAEAAFQBAAD8AAAAyAAAAIwAAABgAAAABAAAAGj+"
    "//8AAAENFAAAABgAAAAEAAAAAQAAABAAAAADAAAAYm94AJT+//+Q/v//AAABAhAAAAAYAAAABAAAAAAAAAAFAAAAdmFsdWUAAACE/v//AAAAASAAAADA/v//"
    "AAABChAAAAAUAAAABAAAAAAAAAADAAAAb2xkABr///8AAAMA6P7//wAAAQcQAAAAIAAAAAQAAAAAAAAABgAAAGFtb3VudAAACAAMAAQACAAIAAAACQAAAAIA"
    "AAAg////AAABAhAAAAAYAAAABAAAAAAAAAAFAAAAbGV2ZWwAAAAU////AAAAAQgAAABQ////AAABDBQAAAAcAAAABAAAAAEAAAAUAAAABAAAAHRhZ3MAAAAA"
    "gP///3z///8AAAEFEAAAABgAAAAEAAAAAAAAAAQAAABpdGVtAAAAAKj///+k////AAABAxAAAAAcAAAABAAAAAAAAAAFAAAAcHJpY2UABgAIAAYABgAAAAAA"
    "AgDU////AAABBRAAAAAcAAAABAAAAAAAAAAEAAAAbmFtZQAAAAAEAAQABAAAABAAFAAIAAYABwAMAAAAEAAQAAAAAAABAhAAAAAcAAAABAAAAAAAAAACAAAA"
    "aWQAAAgADAAIAAcACAAAAAAAAAFAAAAAAAAAAA==";
const char* const kUnframedArrowSchema =
    "EAAAAAAACgAMAAYABQAIAAoAAAAAAQQADAAAAAgACAAAAAQACAAAAAQAAAAIAAAAyAEAAIgBAABUAQAA/AAAAMgAAACMAAAAYAAAAAQAAABo/v//AAABDRQA"
    "AAAYAAAABAAAAAEAAAAQAAAAAwAAAGJveACU/v//kP7//wAAAQIQAAAAGAAAAAQAAAAAAAAABQAAAHZhbHVlAAAAhP7//wAAAAEgAAAAwP7//wAAAQoQAAAA"
    "FAAAAAQAAAAAAAAAAwAAAG9sZAAa////AAADAOj+//8AAAEHEAAAACAAAAAEAAAAAAAAAAYAAABhbW91bnQAAAgADAAEAAgACAAAAAkAAAACAAAAIP///wAA"
    "AQIQAAAAGAAAAAQAAAAAAAAABQAAAGxldmVsAAAAFP///wAAAAEIAAAAUP///wAAAQwUAAAAHAAAAAQAAAABAAAAFAAAAAQAAAB0YWdzAAAAAID///98////"
    "AAABBRAAAAAYAAAABAAAAAAAAAAEAAAAaXRlbQAAAACo////pP///wAAAQMQAAAAHAAAAAQAAAAAAAAABQAAAHByaWNlAAYACAAGAAYAAAAAAAIA1P///wAA"
    "AQUQAAAAHAAAAAQAAAAAAAAABAAAAG5hbWUAAAAABAAEAAQAAAAQABQACAAGAAcADAAAABAAEAAAAAAAAQIQAAAAHAAAAAQAAAAAAAAAAgAAAGlkAAAIAAwA"
    "CAAHAAgAAAAAAAABQAAAAAAAAAA=";
const char* const kShorterArrowSchema =
    "/////9ABAAAQAAAAAAAKAAwABgAFAAgACgAAAAABBAAMAAAACAAIAAAABAAIAAAABAAAAAcAAABsAQAALAEAAPgAAACgAAAAbAAAADAAAAAEAAAAwP7//wAA"
    "AQoQAAAAFAAAAAQAAAAAAAAAAwAAAG9sZAAa////AAADAOj+//8AAAEHEAAAACAAAAAEAAAAAAAAAAYAAABhbW91bnQAAAgADAAEAAgACAAAAAkAAAACAAAA"
    "IP///wAAAQIQAAAAGAAAAAQAAAAAAAAABQAAAGxldmVsAAAAFP///wAAAAEIAAAAUP///wAAAQwUAAAAHAAAAAQAAAABAAAAFAAAAAQAAAB0YWdzAAAAAID/"
    "//98////AAABBRAAAAAYAAAABAAAAAAAAAAEAAAAaXRlbQAAAACo////pP///wAAAQMQAAAAHAAAAAQAAAAAAAAABQAAAHByaWNlAAYACAAGAAYAAAAAAAIA"
    "1P///wAAAQUQAAAAHAAAAAQAAAAAAAAABAAAAG5hbWUAAAAABAAEAAQAAAAQABQACAAGAAcADAAAABAAEAAAAAAAAQIQAAAAHAAAAAQAAAAAAAAAAgAAAGlk"
    "AAAIAAwACAAHAAgAAAAAAAABQAAAAA==";

ByteVector levels(const std::vector<uint8_t>& values) {
  ByteVector bytes;
  for (const uint8_t value : values) {
    bytes.insert(bytes.end(), {2, value});
  }
  return bytes;
}

ByteVector indices(uint8_t bit_width, const std::vector<uint8_t>& values) {
  ByteVector bytes = levels(values);
  bytes.insert(bytes.begin(), bit_width);
  return bytes;
}

ByteVector plain_i32(const std::vector<int32_t>& values) { return plain(values); }
ByteVector plain_i64(const std::vector<int64_t>& values) { return plain(values); }
ByteVector plain_f64(const std::vector<double>& values) { return plain(values); }

ByteVector plain_text(const std::vector<std::string>& values) {
  ByteVector bytes;
  for (const std::string& value : values) {
    bytes.insert(bytes.end(), {static_cast<uint8_t>(value.size()), 0, 0, 0});
    bytes.insert(bytes.end(), value.begin(), value.end());
  }
  return bytes;
}

ByteVector delta(const std::vector<int64_t>& values, uint8_t bit_width, uint8_t width_byte) {
  int64_t min_delta = INT64_MAX;
  for (size_t index = 1; index < values.size(); ++index) {
    min_delta = std::min(min_delta, values[index] - values[index - 1]);
  }
  ByteVector bytes;
  append_varint(bytes, 128);
  append_varint(bytes, 4);
  append_varint(bytes, values.size());
  append_varint(bytes, zigzag(values[0]));
  append_varint(bytes, zigzag(min_delta));
  bytes.insert(bytes.end(), {width_byte, 0, 0, 0});
  const size_t start = bytes.size();
  bytes.resize(start + size_t{32} * bit_width / 8);
  for (size_t index = 1; index < values.size(); ++index) {
    const auto packed = static_cast<uint64_t>(values[index] - values[index - 1] - min_delta);
    for (size_t bit = 0; bit < bit_width; ++bit) {
      const size_t place = (index - 1) * bit_width + bit;
      bytes[start + place / 8] = static_cast<uint8_t>(bytes[start + place / 8] | ((packed >> bit) & 1) << (place % 8));
    }
  }
  return bytes;
}

ByteVector bytes_of(const std::string& text) { return {text.begin(), text.end()}; }

}  // namespace pqflow::verify_test
