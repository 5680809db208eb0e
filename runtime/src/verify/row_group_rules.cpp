#include "verify/row_group_rules.hpp"

#include <algorithm>

#include "verify/bloom_rules.hpp"
#include "verify/chunk_reader.hpp"
#include "verify/chunk_rules.hpp"
#include "verify/decompress.hpp"
#include "verify/index_rules.hpp"
#include "verify/sorting_rules.hpp"
#include "verify/statistics_rules.hpp"

namespace pqflow::verify {
namespace {

class RowGroupCheck {
 public:
  RowGroupCheck(const FileReader& file, const std::vector<Leaf>& leaves, const RowGroup& group, const RowGroupPlace& place,
                const Reporter& reporter)
      : file_(file), leaves_(leaves), group_(group), place_(place), reporter_(reporter) {}

  void check() const {
    const std::string name = "row group " + std::to_string(place_.index);
    if (!reporter_.require_equal(group_.columns.size(), leaves_.size(), Rule::kRowGroupColumns, place_.footer_offset_bytes,
                                 name + ": the number of column chunks")) {
      return;
    }
    check_sums(name);
    check_place(name);
    std::vector<ChunkFacts> all_facts;
    for (size_t column = 0; column < leaves_.size(); ++column) {
      all_facts.push_back(check_column(column));
    }
    check_sorting(group_, leaves_, all_facts, place_.footer_offset_bytes, reporter_);
  }

 private:
  void check_sums(const std::string& name) const {
    uint64_t uncompressed_bytes = 0;
    uint64_t compressed_bytes = 0;
    for (const ColumnChunk& chunk : group_.columns) {
      uncompressed_bytes += static_cast<uint64_t>(chunk.uncompressed_bytes);
      compressed_bytes += static_cast<uint64_t>(chunk.compressed_bytes);
    }
    reporter_.require_equal(static_cast<uint64_t>(group_.uncompressed_bytes), uncompressed_bytes, Rule::kRowGroupSize,
                            place_.footer_offset_bytes, name + ": total_byte_size");
    if (group_.compressed_bytes) {
      reporter_.require_equal(static_cast<uint64_t>(*group_.compressed_bytes), compressed_bytes, Rule::kRowGroupSize,
                              place_.footer_offset_bytes, name + ": total_compressed_size");
    }
  }

  void check_place(const std::string& name) const {
    reporter_.require(group_.ordinal.value_or(static_cast<int64_t>(place_.ordinal)) == static_cast<int64_t>(place_.ordinal),
                      Rule::kRowGroupOrdinal, place_.footer_offset_bytes,
                      name + ": ordinal is " + std::to_string(group_.ordinal.value_or(0)));
    if (group_.file_offset.value_or(0) > 0 && !group_.columns.empty()) {
      const int64_t first = group_.columns[0].first_page_offset();
      reporter_.require(
          *group_.file_offset == first, Rule::kRowGroupOffset, place_.footer_offset_bytes,
          name + ": file_offset is " + std::to_string(*group_.file_offset) + ", its first page is at " + std::to_string(first));
    }
  }

  ChunkFacts check_column(size_t column) const {
    const Leaf& leaf = leaves_[column];
    const ColumnChunk& chunk = group_.columns[column];
    const Reporter reporter = reporter_.at(leaf.dotted_path());
    ChunkFacts facts;
    facts.is_complete = false;
    if (!check_identity(leaf, chunk, reporter) || !check_extent(chunk, reporter)) {
      return facts;
    }
    facts = read_chunk(file_, leaf, chunk, reading_of(column, chunk), reporter);
    check_chunk(chunk, facts, reporter);
    check_values_said(leaf, chunk, facts, reporter);
    check_indexes(file_, place_.data_end_bytes, leaf, chunk, facts, reporter);
    check_bloom(file_, place_.data_end_bytes, chunk, facts, reporter);
    return facts;
  }

  bool check_identity(const Leaf& leaf, const ColumnChunk& chunk, const Reporter& reporter) const {
    const uint64_t place = place_.footer_offset_bytes;
    reporter.require(!chunk.file_path, Rule::kChunkFilePath, place, "file_path is set");
    reporter.require(chunk.path == leaf.path, Rule::kChunkPath, place, "path_in_schema is not the leaf's path");
    const bool is_codec_known = reporter.require(codec_name(chunk.codec) != nullptr, Rule::kChunkCodec, place,
                                                 "codec " + std::to_string(chunk.codec) + " is not one that readers know");
    return reporter.require(chunk.type == static_cast<int64_t>(leaf.type), Rule::kChunkType, place,
                            "type is " + std::to_string(chunk.type) + ", the schema says " + std::to_string(static_cast<int>(leaf.type))) &&
           is_codec_known;
  }

  bool check_extent(const ColumnChunk& chunk, const Reporter& reporter) const {
    return reporter.require(chunk.lies_inside(place_.data_end_bytes), Rule::kChunkPlace, static_cast<uint64_t>(chunk.first_page_offset()),
                            "a chunk of " + std::to_string(chunk.compressed_bytes) + " bytes does not lie between magic and footer");
  }

  ChunkReading reading_of(size_t column, const ColumnChunk& chunk) const {
    const bool is_sorted_by = std::any_of(group_.sorting.begin(), group_.sorting.end(), [&](const SortingColumn& sorting) {
      return sorting.column_index == static_cast<int64_t>(column);
    });
    return {chunk.bloom_offset.has_value() || (chunk.statistics && chunk.statistics->distinct_count), is_sorted_by, {}};
  }

  void check_values_said(const Leaf& leaf, const ColumnChunk& chunk, const ChunkFacts& facts, const Reporter& reporter) const {
    if (!facts.is_complete) {
      return;
    }
    const auto place = static_cast<uint64_t>(chunk.first_page_offset());
    reporter.require_equal(facts.values.row_count, static_cast<uint64_t>(group_.row_count), Rule::kRowGroupRows, place,
                           "the number of rows");
    if (chunk.statistics) {
      check_statistics(leaf, *chunk.statistics, facts.values, facts.distinct.size(), place, reporter);
    }
    if (chunk.sizes) {
      check_sizes(leaf, *chunk.sizes, facts.values, place, reporter);
    }
  }

  const FileReader& file_;
  const std::vector<Leaf>& leaves_;
  const RowGroup& group_;
  const RowGroupPlace& place_;
  const Reporter& reporter_;
};

}  // namespace

void check_row_group(const FileReader& file, const std::vector<Leaf>& leaves, const RowGroup& group, const RowGroupPlace& place,
                     const Reporter& file_reporter) {
  RowGroupCheck(file, leaves, group, place, file_reporter).check();
}

}  // namespace pqflow::verify
