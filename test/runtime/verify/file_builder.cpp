#include "verify/file_builder.hpp"

#define XXH_INLINE_ALL
#include <libdeflate.h>
#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <set>

namespace pqflow::verify_test {
namespace {

constexpr char kMagic[] = "PAR1";

void append(ByteVector& target, const ByteVector& bytes) { target.insert(target.end(), bytes.begin(), bytes.end()); }

void append_u32(ByteVector& target, size_t value) {
  for (int shift = 0; shift < 32; shift += 8) {
    target.push_back(static_cast<uint8_t>(value >> shift));
  }
}

ByteVector compressed(int64_t codec, const ByteVector& bytes) {
  if (codec == kUncompressedCodec) {
    return bytes;
  }
  const std::unique_ptr<libdeflate_compressor, void (*)(libdeflate_compressor*)> compressor(libdeflate_alloc_compressor(6),
                                                                                            libdeflate_free_compressor);
  ByteVector target(libdeflate_gzip_compress_bound(compressor.get(), bytes.size()));
  target.resize(libdeflate_gzip_compress(compressor.get(), bytes.data(), bytes.size(), target.data(), target.size()));
  return target;
}

struct StoredPage {
  ByteVector bytes;
  size_t uncompressed_bytes;
};

StoredPage store(const ColumnSpec& column, const PageSpec& page) {
  if (page.type == kDataPageV2Type) {
    StoredPage stored{page.repetition_levels, page.repetition_levels.size() + page.definition_levels.size() + page.values.size()};
    append(stored.bytes, page.definition_levels);
    append(stored.bytes, compressed(column.codec, page.values));
    return stored;
  }
  ByteVector body;
  for (const ByteVector* levels : {&page.repetition_levels, &page.definition_levels}) {
    if (!levels->empty()) {
      append_u32(body, levels->size());
      append(body, *levels);
    }
  }
  append(body, page.values);
  return {compressed(column.codec, body), body.size()};
}

Node header_of(const PageSpec& page, const StoredPage& stored) {
  Node header = structure({{1, i32(page.type)},
                           {2, i32(static_cast<int64_t>(stored.uncompressed_bytes))},
                           {3, i32(static_cast<int64_t>(stored.bytes.size()))},
                           {4, i32(static_cast<int32_t>(libdeflate_crc32(0, stored.bytes.data(), stored.bytes.size())))}});
  if (page.type == kDictionaryPageType) {
    header.set(7, structure({{1, i32(page.value_count)}, {2, i32(page.encoding)}}));
  } else if (page.type == kDataPageV2Type) {
    header.set(8, structure({{1, i32(page.value_count)},
                             {2, i32(page.null_count)},
                             {3, i32(page.row_count)},
                             {4, i32(page.encoding)},
                             {5, i32(static_cast<int64_t>(page.definition_levels.size()))},
                             {6, i32(static_cast<int64_t>(page.repetition_levels.size()))}}));
  } else {
    header.set(5, structure({{1, i32(page.value_count)}, {2, i32(page.encoding)}, {3, i32(3)}, {4, i32(3)}}));
  }
  return header;
}

ByteVector bloom_bits_of(const std::vector<ByteVector>& values) {
  constexpr uint32_t kSalts[] = {0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31};
  uint32_t block[8] = {};  // One block: every value is in it.
  for (const ByteVector& value : values) {
    const auto key = static_cast<uint32_t>(XXH64(value.data(), value.size(), 0));
    for (size_t word = 0; word < 8; ++word) {
      block[word] |= uint32_t{1} << ((key * kSalts[word]) >> 27);
    }
  }
  ByteVector bits(sizeof block);
  std::memcpy(bits.data(), block, sizeof block);
  return bits;
}

class Builder {
 public:
  explicit Builder(const FileSpec& spec) : spec_(spec) {}

  BuiltFile build() {
    file_.bytes.assign(kMagic, kMagic + 4);
    for (size_t column = 0; column < spec_.columns.size(); ++column) {
      chunks_.push_back(write_chunk(column));
    }
    for (size_t column = 0; column < spec_.columns.size(); ++column) {
      write_bloom(column);
      write_indexes(column);
    }
    write_footer();
    if (spec_.on_file) {
      spec_.on_file(file_.bytes);
    }
    return std::move(file_);
  }

 private:
  uint64_t place() const { return file_.bytes.size(); }

  Node write_chunk(size_t index) {
    const ColumnSpec& column = spec_.columns[index];
    ColumnPlaces& places = file_.columns.emplace_back();
    const uint64_t start = place();
    uint64_t uncompressed_bytes = 0;
    for (size_t page = 0; page < column.pages.size(); ++page) {
      uncompressed_bytes += write_page(index, page, places);
    }
    Node metadata = totals_of(column);
    const bool has_dictionary = column.pages[0].type == kDictionaryPageType;
    metadata.set(6, i64(static_cast<int64_t>(uncompressed_bytes))).set(7, i64(static_cast<int64_t>(place() - start)));
    metadata.set(9, i64(static_cast<int64_t>(places.page_offsets.at(data_pages_of(column).front()))));
    if (has_dictionary) {
      metadata.set(11, i64(static_cast<int64_t>(start)));
    }
    return structure({{2, i64(0)}, {3, std::move(metadata)}});
  }

  // Gives the page's uncompressed bytes with its header.
  uint64_t write_page(size_t column, size_t page, ColumnPlaces& places) {
    const PageSpec& spec = spec_.columns[column].pages[page];
    StoredPage stored = store(spec_.columns[column], spec);
    if (spec_.on_page_body) {
      spec_.on_page_body(column, page, stored.bytes);
    }
    Node header = header_of(spec, stored);
    if (spec_.on_page_header) {
      spec_.on_page_header(column, page, header);
    }
    const ByteVector header_bytes = encode(header);
    places.page_offsets.push_back(place());
    append(file_.bytes, header_bytes);
    append(file_.bytes, stored.bytes);
    page_bytes_[{column, page}] = header_bytes.size() + stored.bytes.size();
    return header_bytes.size() + stored.uncompressed_bytes;
  }

  // What the pages of a chunk add up to.
  static Node totals_of(const ColumnSpec& column) {
    int64_t value_count = 0;
    int64_t byte_array_bytes = 0;
    std::set<int64_t> encodings = {3};
    std::map<std::pair<int64_t, int64_t>, int64_t> counts;
    std::vector<int64_t> repetition(column.pages.back().repetition_histogram.size());
    std::vector<int64_t> definition(column.pages.back().definition_histogram.size());
    for (const PageSpec& page : column.pages) {
      value_count += page.type == kDictionaryPageType ? 0 : page.value_count;
      byte_array_bytes += page.byte_array_bytes;
      encodings.insert(page.encoding);
      ++counts[{page.type, page.encoding}];
      const auto add = [](std::vector<int64_t>& sum, const std::vector<int64_t>& part) {
        std::transform(part.begin(), part.end(), sum.begin(), sum.begin(), std::plus<>());
      };
      add(repetition, page.repetition_histogram);
      add(definition, page.definition_histogram);
    }
    std::vector<Node> encoding_stats;
    for (const auto& [key, count] : counts) {
      encoding_stats.push_back(structure({{1, i32(key.first)}, {2, i32(key.second)}, {3, i32(count)}}));
    }
    std::vector<Node> path;
    for (const std::string& name : column.path) {
      path.push_back(text(name));
    }
    Node sizes = structure({{2, i64_list(repetition)}, {3, i64_list(definition)}});
    if (column.is_byte_array) {
      sizes.set(1, i64(byte_array_bytes));
    }
    return structure({{1, i32(column.type)},
                      {2, i32_list({encodings.begin(), encodings.end()})},
                      {3, list(NodeType::kBinary, std::move(path))},
                      {4, i32(column.codec)},
                      {5, i64(value_count)},
                      {12, column.statistics},
                      {13, list(NodeType::kStruct, std::move(encoding_stats))},
                      {16, std::move(sizes)}});
  }

  void write_bloom(size_t index) {
    const ColumnSpec& column = spec_.columns[index];
    if (column.bloom_values.empty()) {
      return;
    }
    ByteVector bits = bloom_bits_of(column.bloom_values);
    const Node first = structure({{1, structure({})}});  // BLOCK, XXHASH, UNCOMPRESSED
    Node header = structure({{1, i32(static_cast<int64_t>(bits.size()))}, {2, first}, {3, first}, {4, first}});
    if (spec_.on_bloom_bits) {
      spec_.on_bloom_bits(index, bits);
    }
    if (spec_.on_bloom_header) {
      spec_.on_bloom_header(index, header);
    }
    const uint64_t start = place();
    file_.columns[index].bloom_offset = start;
    append(file_.bytes, encode(header));
    append(file_.bytes, bits);
    chunks_[index].at(3).set(14, i64(static_cast<int64_t>(start))).set(15, i32(static_cast<int64_t>(place() - start)));
  }

  // Data pages of a column with their positions.
  std::vector<size_t> data_pages_of(const ColumnSpec& column) const {
    std::vector<size_t> positions;
    for (size_t page = 0; page < column.pages.size(); ++page) {
      if (column.pages[page].type != kDictionaryPageType) {
        positions.push_back(page);
      }
    }
    return positions;
  }

  void write_indexes(size_t index) {
    const ColumnSpec& column = spec_.columns[index];
    ColumnPlaces& places = file_.columns[index];
    Node& chunk = chunks_[index];
    if (column.has_column_index) {
      Node column_index = column_index_of(column);
      if (spec_.on_column_index) {
        spec_.on_column_index(index, column_index);
      }
      places.column_index_offset = place();
      append(file_.bytes, encode(column_index));
      set_span(chunk, 6, places.column_index_offset);
    }
    Node offset_index = offset_index_of(index);
    if (spec_.on_offset_index) {
      spec_.on_offset_index(index, offset_index);
    }
    places.offset_index_offset = place();
    append(file_.bytes, encode(offset_index));
    set_span(chunk, 4, places.offset_index_offset);
  }
  void set_span(Node& chunk, int16_t id, uint64_t start) const {
    chunk.set(id, i64(static_cast<int64_t>(start))).set(static_cast<int16_t>(id + 1), i32(static_cast<int64_t>(place() - start)));
  }

  Node column_index_of(const ColumnSpec& column) const {
    std::vector<bool> null_pages;
    std::vector<ByteVector> mins;
    std::vector<ByteVector> maxes;
    std::vector<int64_t> null_counts;
    std::vector<int64_t> repetition;
    std::vector<int64_t> definition;
    for (const size_t position : data_pages_of(column)) {
      const PageSpec& page = column.pages[position];
      null_pages.push_back(page.null_count == page.value_count);
      mins.push_back(page.min);
      maxes.push_back(page.max);
      null_counts.push_back(page.null_count);
      repetition.insert(repetition.end(), page.repetition_histogram.begin(), page.repetition_histogram.end());
      definition.insert(definition.end(), page.definition_histogram.begin(), page.definition_histogram.end());
    }
    return structure({{1, bool_list(null_pages)},
                      {2, binary_list(mins)},
                      {3, binary_list(maxes)},
                      {4, i32(column.boundary_order)},
                      {5, i64_list(null_counts)},
                      {6, i64_list(repetition)},
                      {7, i64_list(definition)}});
  }

  Node offset_index_of(size_t index) const {
    const ColumnSpec& column = spec_.columns[index];
    std::vector<Node> locations;
    std::vector<int64_t> byte_array_bytes;
    int64_t first_row = 0;
    for (const size_t page : data_pages_of(column)) {
      locations.push_back(structure({{1, i64(static_cast<int64_t>(file_.columns[index].page_offsets[page]))},
                                     {2, i32(static_cast<int64_t>(page_bytes_.at({index, page})))},
                                     {3, i64(first_row)}}));
      first_row += column.pages[page].row_count;
      byte_array_bytes.push_back(column.pages[page].byte_array_bytes);
    }
    Node offset_index = structure({{1, list(NodeType::kStruct, std::move(locations))}});
    if (column.is_byte_array) {
      offset_index.set(2, i64_list(byte_array_bytes));
    }
    return offset_index;
  }

  void write_footer() {
    int64_t uncompressed_bytes = 0;
    int64_t compressed_bytes = 0;
    for (Node& chunk : chunks_) {
      uncompressed_bytes += chunk.at(3).at(6).number;
      compressed_bytes += chunk.at(3).at(7).number;
    }
    const Node group = structure({{1, list(NodeType::kStruct, chunks_)},
                                  {2, i64(uncompressed_bytes)},
                                  {3, i64(spec_.row_count)},
                                  {4, list(NodeType::kStruct, spec_.sorting)},
                                  {5, i64(4)},
                                  {6, i64(compressed_bytes)},
                                  {7, i16(0)}});
    Node footer = structure({{1, i32(2)},
                             {2, list(NodeType::kStruct, spec_.schema)},
                             {3, i64(spec_.row_count)},
                             {4, list(NodeType::kStruct, {group})},
                             {6, text("builder version 1.0.0 (build abc)")},
                             {7, list(NodeType::kStruct, std::vector<Node>(chunks_.size(), structure({{1, structure({})}})))}});
    if (spec_.on_footer) {
      spec_.on_footer(footer);
    }
    ByteVector footer_bytes = encode(footer);
    if (spec_.on_footer_bytes) {
      spec_.on_footer_bytes(footer_bytes);
    }
    file_.footer_offset = place();
    append(file_.bytes, footer_bytes);
    append_u32(file_.bytes, footer_bytes.size());
    file_.bytes.insert(file_.bytes.end(), kMagic, kMagic + 4);
  }

  const FileSpec& spec_;
  BuiltFile file_;
  std::vector<Node> chunks_;
  std::map<std::pair<size_t, size_t>, size_t> page_bytes_;
};

}  // namespace

BuiltFile build_file(const FileSpec& spec) { return Builder(spec).build(); }

Node& group_of(Node& footer) { return footer.at(4).item(0); }
Node& chunk_of(Node& footer, size_t column) { return group_of(footer).at(1).item(column); }
Node& metadata_of(Node& footer, size_t column) { return chunk_of(footer, column).at(3); }

}  // namespace pqflow::verify_test
