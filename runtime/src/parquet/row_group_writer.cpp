#include "parquet/row_group_writer.hpp"

#include <algorithm>
#include <cassert>
#include <string>
#include <vector>

#include "codec/codec.hpp"
#include "columns/bounds.hpp"
#include "columns/shredder.hpp"
#include "columns/staging.hpp"
#include "columns/unpack.hpp"
#include "parquet/column_chunk_writer.hpp"
#include "parquet/encoded_row_group.hpp"
#include "parquet/page_arena.hpp"
#include "parquet/page_header.hpp"
#include "parquet/page_plan.hpp"
#include "parquet/sorting_watch.hpp"

namespace pqflow::parquet {
namespace {

// One compressor for each codec and level that columns ask for, as large as the largest page it will see.
class Compressors {
 public:
  explicit Compressors(const PagePlan& plan) {
    for (const ColumnPlan& column : plan.columns) {
      if (column.codec != PQFLOW_CODEC_UNCOMPRESSED && find(column) == nullptr) {
        all_.push_back(
            {column.codec_level, std::make_unique<codec::Compressor>(column.codec, column.codec_level, max_source_bytes(plan, column))});
      }
    }
  }
  codec::Compressor* find(const ColumnPlan& column) const noexcept {
    for (const Asked& asked : all_) {
      if (asked.compressor->codec() == column.codec && asked.level == column.codec_level) {
        return asked.compressor.get();
      }
    }
    return nullptr;
  }
  size_t memory_bytes() const noexcept {
    size_t total_bytes = 0;
    for (const Asked& asked : all_) {
      total_bytes += asked.compressor->memory_bytes();
    }
    return total_bytes;
  }

 private:
  struct Asked {
    int32_t level;
    std::unique_ptr<codec::Compressor> compressor;
  };

  static size_t max_source_bytes(const PagePlan& plan, const ColumnPlan& like) {
    size_t max_bytes = 0;
    for (const ColumnPlan& column : plan.columns) {
      if (column.codec == like.codec && column.codec_level == like.codec_level) {
        max_bytes = std::max({max_bytes, column.max_levels_bytes + column.max_encoded_bytes, column.max_dictionary_bytes});
      }
    }
    return max_bytes;
  }

  std::vector<Asked> all_;
};

ScratchPlan plan_scratch(const PagePlan& plan) {
  ScratchPlan scratch = {plan.max_page_entries, 0, 0, 0};
  for (const ColumnPlan& column : plan.columns) {
    scratch.max_front_bytes = std::max(scratch.max_front_bytes, kMaxPageHeaderBytes + column.max_levels_bytes);
    scratch.max_encoded_bytes = std::max(scratch.max_encoded_bytes, column.max_scratch_bytes);
    scratch.max_compressed_bytes = std::max(scratch.max_compressed_bytes, column.max_trial_bytes);
  }
  return scratch;
}

size_t count_bound_bytes(const EncodedRowGroup& row_group) {
  size_t total_bytes = row_group.chunks.capacity() * sizeof(EncodedChunk);
  for (const EncodedChunk& chunk : row_group.chunks) {
    total_bytes += chunk.bounds.min.capacity() + chunk.bounds.max.capacity();
  }
  return total_bytes;
}

}  // namespace

base::Result check_options(const columns::RecordSchema& schema, const RowGroupOptions& options) {
  if (options.row_group_rows == 0 || options.row_group_bytes == 0 || options.page_rows == 0 || options.page_bytes == 0) {
    return base::Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT,
                                 "row_group_rows, row_group_bytes, page_rows and page_bytes must be at least 1");
  }
  if (base::Result result = codec::check(options.codec, options.codec_level); !result.is_ok()) {
    return result;
  }
  for (const size_t leaf : schema.leaf_indices) {
    const pqflow_field& field = schema.fields[leaf];
    if (field.codec == PQFLOW_CODEC_FROM_FILE) {
      continue;
    }
    if (base::Result result = codec::check(static_cast<pqflow_codec>(field.codec), field.codec_level); !result.is_ok()) {
      return base::Result::failure(result.status, "field `" + std::string(field.name) + "`: " + result.message);
    }
  }
  return base::Result::ok();
}

struct RowGroupWriter::State {
  State(const columns::RecordSchema& schema, const RowGroupOptions& group_options)
      : options(group_options),
        plan(make_page_plan(schema, group_options)),
        slot_size_bytes(schema.slot_size_bytes),
        unpacker(schema),
        staging(schema, std::min(columns::staging_rows(schema), plan.page_rows)),
        places(staging.columns(), staging.columns() + schema.leaf_indices.size()),
        shredder(schema, staging.row_capacity()),
        compressors(plan),
        scratch(plan_scratch(plan)),
        arena(plan.arena_bytes),
        sorting(schema, staging.row_capacity()) {
    const size_t column_count = schema.leaf_indices.size();
    writers.reserve(column_count);
    for (size_t index = 0; index < column_count; ++index) {
      const pqflow_field& field = schema.fields[schema.leaf_indices[index]];
      const size_t max_block_values = staging.row_capacity() * schema.level_tree.max_entries_per_row(index);
      writers.push_back(std::make_unique<ColumnChunkWriter>(field, plan, index, max_block_values, compressors.find(plan.columns[index])));
    }
    encoded.pieces.reserve(column_count * 3 + plan.max_page_count);
    encoded.chunks.resize(column_count);
    reserve_bounds(schema);
  }

  // Room for the longest bounds, so that finish() need not allocate.
  void reserve_bounds(const columns::RecordSchema& schema) {
    for (size_t index = 0; index < encoded.chunks.size(); ++index) {
      const bool has_bounds = columns::has_bounds(schema.fields[schema.leaf_indices[index]]);
      encoded.chunks[index].bounds.min.reserve(has_bounds ? plan.columns[index].max_value_bytes : 0);
      encoded.chunks[index].bounds.max.reserve(has_bounds ? plan.columns[index].max_value_bytes : 0);
    }
  }

  void watch_order(size_t record_count);
  void add_blooms();
  void append_block(const uint8_t* first_record, size_t record_count);
  void begin_pages();
  void cut_large_pages();
  void end_pages();
  void describe();

  RowGroupOptions options;
  PagePlan plan;
  size_t slot_size_bytes;
  columns::Unpacker unpacker;
  columns::Staging staging;
  std::vector<pqflow_staging_column> places;  // Of the block's values: in the staging, or already where they stay.
  columns::Shredder shredder;
  Compressors compressors;
  PageScratch scratch;
  PageArena arena;
  std::vector<std::unique_ptr<ColumnChunkWriter>> writers;
  SortingWatch sorting;
  EncodedRowGroup encoded;
  uint64_t row_count = 0;           // Of the group.
  size_t open_page_rows = 0;        // Of the pages under construction.
  uint64_t closed_pages_bytes = 0;  // Before the codec, headers included.
  bool is_full = false;
  bool is_finished = false;
};

void RowGroupWriter::State::begin_pages() {
  for (const auto& writer : writers) {
    writer->begin_page(arena);
  }
}

void RowGroupWriter::State::cut_large_pages() {
  for (const auto& writer : writers) {
    closed_pages_bytes += writer->cut_large_pages(arena, scratch);
  }
}

// Every column cuts its page at the same rows, whatever it has cut before. The group is full when it has its rows or bytes, or could not
// hold one more page of every column.
void RowGroupWriter::State::end_pages() {
  for (const auto& writer : writers) {
    closed_pages_bytes += writer->end_page(arena, scratch);
  }
  open_page_rows = 0;
  is_full = row_count >= options.row_group_rows || closed_pages_bytes >= options.row_group_bytes ||
            arena.remaining_bytes() < plan.max_page_set_bytes + plan.max_dictionary_set_bytes;
}

void RowGroupWriter::State::watch_order(size_t record_count) {
  if (!sorting.is_watching()) {
    return;
  }
  for (size_t key = 0; key < sorting.key_count(); ++key) {
    sorting.take(key, writers[sorting.column_of(key)]->last_block(), record_count);
  }
  sorting.compare(record_count);
}

void RowGroupWriter::State::append_block(const uint8_t* first_record, size_t record_count) {
  if (open_page_rows == 0) {
    begin_pages();
  }
  for (size_t index = 0; index < writers.size(); ++index) {
    uint8_t* const place = writers[index]->place_of_next();
    places[index].values = place != nullptr ? place : staging.columns()[index].values;
  }
  unpacker.unpack(first_record, record_count, places.data());
  shredder.shred(first_record, record_count, places.data());
  for (size_t index = 0; index < writers.size(); ++index) {
    writers[index]->append({places[index], record_count, shredder.levels(index)});
  }
  watch_order(record_count);  // Before values that a cut leaves over are moved.
  cut_large_pages();
  row_count += record_count;
  open_page_rows += record_count;
  if (open_page_rows == plan.page_rows || row_count == options.row_group_rows) {
    end_pages();
  }
}

void RowGroupWriter::State::describe() {
  encoded.row_count = row_count;
  for (size_t index = 0; index < writers.size(); ++index) {
    EncodedChunk& chunk = encoded.chunks[index];
    writers[index]->end_chunk(arena);
    writers[index]->describe_chunk(chunk);
    chunk.offset_bytes = encoded.compressed_bytes;
    encoded.uncompressed_bytes += chunk.uncompressed_bytes;
    encoded.compressed_bytes += chunk.compressed_bytes;
    encoded.pieces.insert(encoded.pieces.end(), writers[index]->pages().begin(), writers[index]->pages().end());
  }
  encoded.sorted_by = sorting.sorted_by();
  add_blooms();
}

// Behind the chunks they belong to, not at the end of the file: nothing has to be kept until then.
void RowGroupWriter::State::add_blooms() {
  uint64_t offset_bytes = encoded.compressed_bytes;
  for (size_t index = 0; index < writers.size(); ++index) {
    if (const ChunkBloom* const bloom = writers[index]->bloom(); bloom != nullptr) {
      encoded.chunks[index].bloom_offset_bytes = offset_bytes;
      encoded.chunks[index].bloom_bytes = bloom->size_bytes();
      encoded.pieces.push_back(bloom->header());
      encoded.pieces.push_back(bloom->bits());
      offset_bytes += bloom->size_bytes();
    }
  }
}

RowGroupWriter::RowGroupWriter(const columns::RecordSchema& schema, const RowGroupOptions& options)
    : state_(std::make_unique<State>(schema, options)) {}

RowGroupWriter::~RowGroupWriter() = default;

uint64_t RowGroupWriter::room_rows() const noexcept {
  if (state_->is_full || state_->is_finished) {
    return 0;
  }
  return std::min<uint64_t>(state_->plan.page_rows - state_->open_page_rows, state_->options.row_group_rows - state_->row_count);
}

uint64_t RowGroupWriter::row_count() const noexcept { return state_->row_count; }

void RowGroupWriter::append(const uint8_t* first_record, size_t record_count) {
  assert(record_count <= room_rows());
  const size_t block_rows = state_->staging.row_capacity();
  for (size_t row = 0; row < record_count; row += block_rows) {
    state_->append_block(first_record + row * state_->slot_size_bytes, std::min(block_rows, record_count - row));
  }
}

const EncodedRowGroup& RowGroupWriter::finish() {
  if (!state_->is_finished) {
    if (state_->open_page_rows != 0) {
      state_->end_pages();
    }
    state_->describe();
    state_->is_finished = true;
  }
  return state_->encoded;
}

void RowGroupWriter::reset() noexcept {
  for (const auto& writer : state_->writers) {
    writer->reset();
  }
  state_->arena.reset();
  state_->sorting.begin_group();
  state_->encoded.pieces.clear();
  state_->encoded.row_count = 0;
  state_->encoded.uncompressed_bytes = 0;
  state_->encoded.compressed_bytes = 0;
  state_->row_count = 0;
  state_->open_page_rows = 0;
  state_->closed_pages_bytes = 0;
  state_->is_full = false;
  state_->is_finished = false;
}

uint64_t RowGroupWriter::invalid_values() const noexcept {
  uint64_t total = 0;
  for (size_t index = 0; index < state_->writers.size(); ++index) {
    total += invalid_values(index);
  }
  return total;
}

uint64_t RowGroupWriter::invalid_values(size_t column_index) const noexcept {
  return state_->writers[column_index]->invalid_values() + state_->shredder.invalid_counts(column_index);
}

size_t RowGroupWriter::memory_bytes() const noexcept {
  size_t total_bytes = sizeof(State) + state_->places.capacity() * sizeof(pqflow_staging_column) + state_->staging.memory_bytes() +
                       state_->shredder.memory_bytes() + state_->compressors.memory_bytes() + state_->arena.memory_bytes() +
                       state_->scratch.memory_bytes() + state_->sorting.memory_bytes();
  for (const auto& writer : state_->writers) {
    total_bytes += sizeof(ColumnChunkWriter) + writer->memory_bytes();
  }
  return total_bytes + state_->encoded.pieces.capacity() * sizeof(std::span<const uint8_t>) + count_bound_bytes(state_->encoded);
}

}  // namespace pqflow::parquet
