#include "parquet/chunk_encoder.hpp"

#include "columns/encoding_rules.hpp"
#include "encoding/dictionary_indices.hpp"

namespace pqflow::parquet {
namespace {

// A choice costs as much as a few pages, and data seldom change their nature: it is kept for so many chunks, or until a dictionary
// overflows.
constexpr unsigned kChunksPerChoice = 16;

std::unique_ptr<encoding::Dictionary> make_dictionary(const pqflow_field& field, const ColumnPlan& plan) {
  if (!columns::may_have_dictionary(field)) {
    return nullptr;
  }
  const encoding::DictionaryLimits limits = {plan.max_dictionary_entries, plan.max_dictionary_bytes};
  return field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY ? encoding::make_bytes_dictionary(0, limits)
                                                           : encoding::make_fixed_dictionary(plan.max_value_bytes, limits);
}

}  // namespace

bool ChunkEncoder::is_always_plain(const pqflow_field& field) noexcept { return field.encoding == PQFLOW_ENCODING_PLAIN; }

ChunkEncoder::ChunkEncoder(const pqflow_field& field, const ColumnPlan& plan, codec::Compressor* compressor)
    : field_(field),
      encodings_(plan.encodings),
      min_codec_gain_(plan.min_codec_gain),
      compressor_(compressor),
      dictionary_(make_dictionary(field, plan)) {
  choice_.first.encoding = static_cast<pqflow_encoding>(field.encoding);
  choice_.without_dictionary.encoding = encodings_.front();
  choice_.is_compressed = compressor != nullptr;
}

// A choice made from few values (a flush came early, most were null) is made again from more.
bool ChunkEncoder::is_choice_due(const PlainValues& values) const noexcept {
  const bool leaves_choice = columns::is_chosen_encoding(field_.encoding) || compressor_ != nullptr;
  return leaves_choice && (chunks_until_choice_ == 0 || values.count > 2 * chosen_from_count_);
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
  if (is_choice_due(values)) {
    choice_ =
        choose_encoding(field_, values, {encodings_, outlook_pages, compressor_, codec_use(), min_codec_gain_, dictionary_.get()}, scratch);
    chunks_until_choice_ = kChunksPerChoice;
    chosen_from_count_ = values.count;
  }
  is_chosen_ = true;
}

bool ChunkEncoder::encode_indices(const PlainValues& values, PageScratch& scratch, EncodedValues& encoded) {
  if (dictionary_->index_values(values.data, values.count, scratch.indices()) != values.count) {
    is_dictionary_full_ = true;
    chunks_until_choice_ = 0;
    return false;
  }
  is_dictionary_used_ = true;
  const unsigned bit_width = encoding::dictionary_index_bits(dictionary_->entry_count(), choice_.first.packing);
  encoded = {PQFLOW_ENCODING_RLE_DICTIONARY, scratch.values(),
             encoding::encode_dictionary_indices(scratch.values(), scratch.indices(), values.count, bit_width)};
  return true;
}

// A chunk has one codec: what its first page gets holds for the rest.
void ChunkEncoder::fix_codec() noexcept {
  if (!is_codec_fixed_) {
    is_compressed_ = choice_.is_compressed;
    is_codec_fixed_ = true;
  }
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
  const ValueEncoding& encoding = choice_.without_dictionary;
  if (encoding.encoding == PQFLOW_ENCODING_PLAIN && field_.physical_type != PQFLOW_PHYSICAL_BOOLEAN) {
    return {encoding.encoding, values.data, values.size_bytes};
  }
  return {encoding.encoding, scratch.values(), encode_values(field_, encoding, values, scratch.values(), scratch.lengths())};
}

std::span<uint8_t> ChunkEncoder::dictionary_values() noexcept {
  return is_dictionary_used_ ? dictionary_->plain_values() : std::span<uint8_t>();
}

size_t ChunkEncoder::dictionary_entry_count() const noexcept { return is_dictionary_used_ ? dictionary_->entry_count() : 0; }

void ChunkEncoder::begin_chunk() noexcept {
  if (dictionary_ != nullptr) {
    dictionary_->reset();
  }
  chunks_until_choice_ -= chunks_until_choice_ > 0 ? 1U : 0U;
  is_chosen_ = false;
  is_codec_fixed_ = false;
  is_dictionary_used_ = false;
  is_dictionary_full_ = false;
}

}  // namespace pqflow::parquet
