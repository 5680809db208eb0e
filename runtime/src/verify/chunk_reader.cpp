#include "verify/chunk_reader.hpp"

#include <libdeflate.h>

#include <algorithm>

#include "verify/damage.hpp"
#include "verify/decompress.hpp"
#include "verify/limits.hpp"
#include "verify/page_decoder.hpp"
#include "verify/statistics_rules.hpp"
#include "verify/value_rules.hpp"

namespace pqflow::verify {
namespace {

constexpr uint64_t kKeptRowBytes = sizeof(void*);  // ChunkFacts::rows.

std::string text_of_bytes(Bytes value) { return {value.begin(), value.end()}; }

class Reader {
 public:
  // `bytes`: the chunk, of a file of `file_bytes`.
  Reader(const Leaf& leaf, const ColumnChunk& chunk, const ChunkReading& reading, const Reporter& reporter, Bytes bytes,
         uint64_t file_bytes)
      : leaf_(leaf), chunk_(chunk), reading_(reading), reporter_(reporter), bytes_(bytes), file_bytes_(file_bytes), order_(leaf) {
    start_histograms(facts_.values);
  }

  ChunkFacts read() {
    while (position_ < bytes_.size() && read_page()) {
    }
    return std::move(facts_);
  }

 private:
  uint64_t page_offset() const { return static_cast<uint64_t>(chunk_.first_page_offset()) + position_; }

  void start_histograms(ValueFacts& values) const {
    values.definition_histogram.assign(size_t{leaf_.max_definition_level} + 1, 0);
    values.repetition_histogram.assign(size_t{leaf_.max_repetition_level} + 1, 0);
  }

  // False when the end of the page is not known.
  bool read_page() {
    ThriftDocument document;
    try {
      document = read_thrift(bytes_.subspan(position_));
    } catch (const Malformed& damage) {
      reporter_.add(Rule::kThrift, page_offset() + damage.position_bytes, std::string("page header: ") + damage.what());
      facts_.is_complete = false;
      return false;
    }
    const PageHeader header = read_page_header(Fields(document.fields, reporter_, page_offset(), "PageHeader"));
    const size_t left_bytes = bytes_.size() - position_ - document.size_bytes;
    if (!reporter_.require(
            header.compressed_bytes >= 0 && static_cast<uint64_t>(header.compressed_bytes) <= left_bytes, Rule::kPageSize, page_offset(),
            "a page of " + std::to_string(header.compressed_bytes) + " bytes, " + std::to_string(left_bytes) + " are left in the chunk")) {
      facts_.is_complete = false;
      return false;
    }
    const Bytes stored = bytes_.subspan(position_ + document.size_bytes, static_cast<size_t>(header.compressed_bytes));
    check_crc(header, stored);
    take_page(header, stored, document.size_bytes);
    facts_.uncompressed_bytes += document.size_bytes + static_cast<uint64_t>(std::max<int64_t>(header.uncompressed_bytes, 0));
    position_ += document.size_bytes + stored.size();
    return true;
  }

  void check_crc(const PageHeader& header, Bytes stored) const {
    if (header.crc) {
      const uint32_t expected = libdeflate_crc32(0, stored.data(), stored.size());
      reporter_.require(static_cast<uint32_t>(*header.crc) == expected, Rule::kPageCrc, page_offset(),
                        "the page's bytes are not those that its CRC-32 was made of");
    }
  }

  void take_page(const PageHeader& header, Bytes stored, size_t header_bytes) {
    count_encoding(header);
    if (!can_decompress(chunk_.codec)) {
      facts_.is_complete = false;
      return;
    }
    try {
      check_limits(header);
      if (header.type == kDictionaryPage) {
        take_dictionary(header, stored);
      } else if (header.is_data()) {
        take_data(header, stored, header_bytes);
      }
    } catch (const Damage& damage) {
      reporter_.add(damage.rule, page_offset(), damage.what());
      facts_.is_complete = false;
      has_broken_dictionary_ |= header.type == kDictionaryPage;
    }
  }

  // Before memory is taken for what a page says of itself.
  void check_limits(const PageHeader& header) const {
    if (header.uncompressed_bytes > chunk_.uncompressed_bytes) {
      throw Damage(Rule::kPageUncompressedSize, "the header says " + std::to_string(header.uncompressed_bytes) + " bytes, the chunk " +
                                                    std::to_string(chunk_.uncompressed_bytes));
    }
    limit(header.uncompressed_bytes, max_page_bytes(file_bytes_), "bytes in a page");
    limit(header.value_count, max_page_values(file_bytes_), "values in a page");
    if (header.is_data() && header.value_count > chunk_.value_count) {
      throw Damage(Rule::kChunkValues,
                   "num_values is " + std::to_string(chunk_.value_count) + ", this page alone has " + std::to_string(header.value_count));
    }
  }

  void limit(int64_t said, uint64_t most, const char* what) const {
    if (said > 0 && static_cast<uint64_t>(said) > most) {
      throw Damage(Rule::kSizeLimit, std::to_string(said) + ' ' + what + ", and a file of " + std::to_string(file_bytes_) +
                                         " bytes: no more than " + std::to_string(most) + " are decoded");
    }
  }

  void take_dictionary(const PageHeader& header, Bytes stored) {
    const bool is_first = facts_.data_pages.empty() && !facts_.dictionary_page_offset;
    reporter_.require(is_first, Rule::kPageOrder, page_offset(), "a dictionary page that is not the first page of its chunk");
    if (!facts_.dictionary_page_offset) {
      facts_.dictionary_page_offset = page_offset();
    }
    dictionary_ = decode_dictionary_page(leaf_, chunk_.codec, header, stored);
    has_dictionary_ = true;
    facts_.dictionary_entry_count = dictionary_.values.all.size();
    facts_.dictionary_bytes = dictionary_.body.size();
  }

  void take_data(const PageHeader& header, Bytes stored, size_t header_bytes) {
    facts_.data_pages.push_back(
        {page_offset(), header_bytes + stored.size(), facts_.values.row_count, header.type, header.encoding, true, {}});
    PageFacts& page = facts_.data_pages.back();
    start_histograms(page.values);
    if (has_broken_dictionary_ && (header.encoding == kPlainDictionary || header.encoding == kRleDictionary)) {
      return;  // Found already, and nothing is known of the page's values.
    }
    const DecodedPage decoded = decode_data_page(leaf_, chunk_.codec, header, stored, has_dictionary_ ? &dictionary_.values : nullptr);
    if (reading_.on_data_page) {
      reading_.on_data_page(header, decoded);
    }
    count_levels(decoded, static_cast<uint64_t>(header.value_count), page);
    observe_values(decoded, page.values);
    check_values(leaf_, decoded.values.all, reporter_, page_offset());
    check_v2_counts(header, page);
    if (header.statistics) {
      check_statistics(leaf_, *header.statistics, page.values, std::nullopt, page.offset_bytes, reporter_);
    }
    add_to_chunk(page.values);
    if (reading_.keeps_rows && leaf_.max_repetition_level == 0) {
      keep_rows(decoded, header.value_count);
    }
  }

  void count_levels(const DecodedPage& decoded, uint64_t value_count, PageFacts& page) const {
    ValueFacts& values = page.values;
    values.value_count = value_count;
    values.null_count = value_count - decoded.values.all.size();
    for (const uint32_t level : decoded.definition_levels) {
      ++values.definition_histogram[level];
    }
    for (const uint32_t level : decoded.repetition_levels) {
      ++values.repetition_histogram[level];
    }
    values.definition_histogram[0] += leaf_.max_definition_level == 0 ? value_count : 0;
    values.repetition_histogram[0] += leaf_.max_repetition_level == 0 ? value_count : 0;
    values.row_count = values.repetition_histogram[0];
    page.begins_row = decoded.repetition_levels.empty() || decoded.repetition_levels[0] == 0;
  }

  void observe_values(const DecodedPage& decoded, ValueFacts& values) {
    for (const Bytes value : decoded.values.all) {
      values.nan_count += order_.is_nan(value) ? 1U : 0U;
      values.byte_array_bytes += value.size();
      values.add_to_range(order_, value);
      if (reading_.keeps_distinct) {
        keep(value);
      }
    }
  }

  void check_v2_counts(const PageHeader& header, const PageFacts& page) const {
    if (header.type == kDataPageV2) {
      reporter_.require_equal(static_cast<uint64_t>(header.row_count), page.values.row_count, Rule::kPageRows, page.offset_bytes,
                              "num_rows");
      reporter_.require_equal(static_cast<uint64_t>(header.null_count), page.values.null_count, Rule::kPageNulls, page.offset_bytes,
                              "num_nulls");
      reporter_.require(page.begins_row, Rule::kRowBoundary, page.offset_bytes, "a V2 page begins in the middle of a row");
    }
  }

  void add_to_chunk(const ValueFacts& page) {
    ValueFacts& total = facts_.values;
    total.value_count += page.value_count;
    total.null_count += page.null_count;
    total.nan_count += page.nan_count;
    total.row_count += page.row_count;
    total.byte_array_bytes += page.byte_array_bytes;
    total.range.add(order_, page.range);
    total.nan_range.add(order_, page.nan_range);
    for (size_t level = 0; level < total.definition_histogram.size(); ++level) {
      total.definition_histogram[level] += page.definition_histogram[level];
    }
    for (size_t level = 0; level < total.repetition_histogram.size(); ++level) {
      total.repetition_histogram[level] += page.repetition_histogram[level];
    }
  }

  void keep_rows(const DecodedPage& decoded, int64_t value_count) {
    size_t next = 0;
    for (size_t row = 0; row < static_cast<size_t>(value_count); ++row) {
      const bool is_present = decoded.definition_levels.empty() || decoded.definition_levels[row] == leaf_.max_definition_level;
      facts_.rows.push_back(is_present ? keep(decoded.values.all[next++]) : nullptr);
    }
    kept_bytes_ += static_cast<uint64_t>(value_count) * kKeptRowBytes;
    limit_kept();
  }

  const std::string* keep(Bytes value) {
    const auto [kept, is_new] = facts_.distinct.insert(text_of_bytes(value));
    kept_bytes_ += is_new ? value.size() + sizeof(std::string) : 0;
    limit_kept();
    return &*kept;
  }
  void limit_kept() const { limit(static_cast<int64_t>(kept_bytes_), max_kept_bytes(file_bytes_), "bytes to keep of a chunk"); }

  void count_encoding(const PageHeader& header) {
    auto same = std::find_if(facts_.encoding_stats.begin(), facts_.encoding_stats.end(), [&](const PageEncodingStats& stats) {
      return stats.page_type == header.type && stats.encoding == header.encoding;
    });
    if (same == facts_.encoding_stats.end()) {
      facts_.encoding_stats.push_back({header.type, header.encoding, 0});
      same = facts_.encoding_stats.end() - 1;
    }
    ++same->count;
    if (header.is_data()) {
      use_encoding(header.encoding);
    }
  }
  void use_encoding(int64_t encoding) {
    if (std::find(facts_.used_encodings.begin(), facts_.used_encodings.end(), encoding) == facts_.used_encodings.end()) {
      facts_.used_encodings.push_back(encoding);
    }
  }

  const Leaf& leaf_;
  const ColumnChunk& chunk_;
  const ChunkReading& reading_;
  const Reporter& reporter_;
  Bytes bytes_;
  uint64_t file_bytes_;
  uint64_t kept_bytes_ = 0;
  size_t position_ = 0;
  ValueOrder order_;
  DecodedPage dictionary_;
  bool has_dictionary_ = false;
  bool has_broken_dictionary_ = false;
  ChunkFacts facts_;
};

}  // namespace

ChunkFacts read_chunk(const FileReader& file, const Leaf& leaf, const ColumnChunk& chunk, const ChunkReading& reading,
                      const Reporter& reporter) {
  const std::vector<uint8_t> bytes =
      file.read(static_cast<uint64_t>(chunk.first_page_offset()), static_cast<uint64_t>(chunk.compressed_bytes));
  return Reader(leaf, chunk, reading, reporter, bytes, file.size_bytes()).read();
}

}  // namespace pqflow::verify
