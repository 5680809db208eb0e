#include "parquet/chunk_encoder.hpp"

#include "columns/encoding_rules.hpp"
#include "encoding/dictionary_indices.hpp"

namespace pqflow::parquet {
namespace {

std::unique_ptr<encoding::Dictionary> make_dictionary(const pqflow_field& field, const ColumnPlan& plan) {
  if (!columns::may_have_dictionary(field)) {
    return nullptr;
  }
  const encoding::DictionaryLimits limits = {plan.max_dictionary_entries, plan.max_dictionary_bytes};
  return field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY ? encoding::make_bytes_dictionary(0, limits)
                                                           : encoding::make_fixed_dictionary(plan.max_value_bytes, limits);
}

std::unique_ptr<StagedIndexer> make_indexer(const pqflow_field& field, const ColumnPlan& plan, encoding::Dictionary* dictionary) {
  return ChunkEncoder::may_want_staged(field, plan) ? std::make_unique<StagedIndexer>(field, plan, *dictionary) : nullptr;
}

}  // namespace

bool ChunkEncoder::may_want_staged(const pqflow_field& field, const ColumnPlan& plan) noexcept {
  return columns::may_have_dictionary(field) && plan.may_stay_staged && StagedIndexer::serves(field);
}

bool ChunkEncoder::is_always_plain(const pqflow_field& field) noexcept { return field.encoding == PQFLOW_ENCODING_PLAIN; }

ChunkEncoder::ChunkEncoder(const pqflow_field& field, const ColumnPlan& plan, codec::Compressor* compressor)
    : field_(field),
      encodings_(plan.encodings),
      has_levels_(plan.max_levels_bytes != 0),
      min_codec_gain_(plan.min_codec_gain),
      compressor_(compressor),
      dictionary_(make_dictionary(field, plan)),
      indexer_(make_indexer(field, plan, dictionary_.get())) {
  choice_.first.encoding = static_cast<pqflow_encoding>(field.encoding);
  choice_.without_dictionary.encoding = encodings_.front();
  choice_.is_compressed = compressor != nullptr;
}

bool ChunkEncoder::is_choice_due(size_t value_count) const noexcept {
  const bool leaves_choice = columns::is_chosen_encoding(field_.encoding) || compressor_ != nullptr;
  return leaves_choice && schedule_.is_due(value_count);
}

CodecUse ChunkEncoder::codec_use() const noexcept {
  if (compressor_ == nullptr) {
    return CodecUse::kNever;
  }
  if (!is_codec_fixed_) {
    return CodecUse::kWhereItGains;
  }
  return is_compressed_ ? CodecUse::kAlways : CodecUse::kNever;
}

void ChunkEncoder::choose(const PlainValues& values, double outlook_pages, PageScratch& scratch) {
  if (is_choice_due(values.count)) {
    const EncodingChoice newest = choose_encoding(
        field_, values, {encodings_, outlook_pages, compressor_, codec_use(), has_levels_, min_codec_gain_, dictionary_.get()}, scratch);
    schedule_.choose(values.count, newest.makes_same_pages(choice_));
    choice_ = newest;
    if (indexer_ != nullptr) {
      indexer_->expect_few();
    }
  }
  is_chosen_ = true;
}

bool ChunkEncoder::encode_indices(const PlainValues& values, PageScratch& scratch, EncodedValues& encoded) {
  if (dictionary_->index_values(values.data, values.count, scratch.indices()) != values.count) {
    is_dictionary_full_ = true;
    schedule_.give_up();
    return false;
  }
  if (indexer_ != nullptr) {
    indexer_->give_up();
  }
  encoded = pack_indices(values.count, scratch);
  return true;
}

EncodedValues ChunkEncoder::pack_indices(size_t count, PageScratch& scratch) noexcept {
  is_dictionary_used_ = true;
  const unsigned bit_width = encoding::dictionary_index_bits(dictionary_->entry_count(), choice_.first.packing);
  const size_t size_bytes = encoding::encode_dictionary_indices(scratch.values(), scratch.indices(), count, bit_width);
  value_count_ += count;
  encoded_bytes_ += size_bytes;
  return {PQFLOW_ENCODING_RLE_DICTIONARY, scratch.values(), size_bytes};
}

bool ChunkEncoder::wants_staged() const noexcept {
  const bool leaves_choice = !is_chosen_ && is_choice_due(0);
  return indexer_ != nullptr && choice_.first.encoding == PQFLOW_ENCODING_RLE_DICTIONARY && !leaves_choice && !is_dictionary_full_ &&
         indexer_->is_usable() && !indexer_->has_overflowed();
}

std::optional<IndexedValues> ChunkEncoder::index_staged(const uint8_t* staged, size_t count, PageScratch& scratch) {
  if (count == 0 || (!is_chosen_ && is_choice_due(count))) {
    return std::nullopt;
  }
  std::optional<IndexedValues> page = indexer_->index(staged, count, scratch);
  if (page) {
    is_chosen_ = true;
    fix_codec();
  }
  return page;
}

// A chunk has one codec: what its first page gets holds for the rest.
void ChunkEncoder::fix_codec() noexcept {
  if (!is_codec_fixed_) {
    is_compressed_ = choice_.is_compressed;
    is_codec_fixed_ = true;
  }
}

EncodedValues ChunkEncoder::encode_without_dictionary(const PlainValues& values, PageScratch& scratch) const {
  const ValueEncoding& encoding = choice_.without_dictionary;
  if (encoding.encoding == PQFLOW_ENCODING_PLAIN && field_.physical_type != PQFLOW_PHYSICAL_BOOLEAN) {
    return {encoding.encoding, values.data, values.size_bytes};
  }
  return {encoding.encoding, scratch.values(), encode_values(field_, encoding, values, scratch.values(), scratch.lengths())};
}

EncodedValues ChunkEncoder::encode(const PlainValues& values, double outlook_pages, PageScratch& scratch) {
  if (values.count == 0) {
    fix_codec();
    return {PQFLOW_ENCODING_PLAIN, scratch.values(), 0};  // Nulls alone say nothing about the values to come.
  }
  if (!is_chosen_) {
    choose(values, outlook_pages, scratch);
  }
  fix_codec();
  EncodedValues encoded = {};
  if (choice_.first.encoding == PQFLOW_ENCODING_RLE_DICTIONARY && !is_dictionary_full_ && encode_indices(values, scratch, encoded)) {
    return encoded;
  }
  encoded = encode_without_dictionary(values, scratch);
  value_count_ += values.count;
  encoded_bytes_ += encoded.size_bytes;
  return encoded;
}

std::span<uint8_t> ChunkEncoder::dictionary_values() noexcept {
  return is_dictionary_used_ ? dictionary_->plain_values() : std::span<uint8_t>();
}

size_t ChunkEncoder::dictionary_entry_count() const noexcept { return is_dictionary_used_ ? dictionary_->entry_count() : 0; }

void ChunkEncoder::begin_chunk() noexcept {
  if (dictionary_ != nullptr) {
    dictionary_->reset();
  }
  if (indexer_ != nullptr) {
    indexer_->begin_chunk();
  }
  schedule_.end_chunk(value_count_, encoded_bytes_);
  value_count_ = 0;
  encoded_bytes_ = 0;
  is_chosen_ = false;
  is_codec_fixed_ = false;
  is_dictionary_used_ = false;
  is_dictionary_full_ = false;
}

size_t ChunkEncoder::memory_bytes() const noexcept {
  return (dictionary_ == nullptr ? 0 : dictionary_->memory_bytes()) + (indexer_ == nullptr ? 0 : indexer_->memory_bytes());
}

}  // namespace pqflow::parquet
