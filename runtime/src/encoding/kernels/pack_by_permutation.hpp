// Bit packing for AVX-512 with VBMI, the same for every width: neighbours are joined while they fit into 64 bits, each of eight such words
// is moved to where it begins within a byte, and one permutation of bytes brings the even words to their places, another the odd ones,
// since two words may share a byte. `Set` as in widen_range.hpp.
#pragma once

#include <immintrin.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "encoding/kernels/kernels.hpp"
#include "encoding/kernels/pack.hpp"

namespace pqflow::encoding {

// Eight words of one width, joined without gaps.
template <typename Set>
struct WordPlaces {
  static constexpr unsigned kMaxBits = 64;
  static constexpr unsigned kWords = 8;

  uint64_t shifts[kWords] = {};
  uint8_t even_sources[64] = {};  // Of each byte of the result: the byte of the shifted words.
  uint8_t odd_sources[64] = {};
  uint64_t even_bytes = 0;  // Bytes of the result that hold bits of an even word.
  uint64_t odd_bytes = 0;
  uint64_t all_bytes = 0;
  bool fits = true;  // Whether each word, shifted, is one still.

  constexpr explicit WordPlaces(unsigned word_bits) {
    for (unsigned word = 0; word < kWords; ++word) {
      const unsigned first_bit = word * word_bits;
      shifts[word] = first_bit % 8;
      fits = fits && first_bit % 8 + word_bits <= kMaxBits;
      for (unsigned byte = first_bit / 8; byte * 8 < first_bit + word_bits; ++byte) {
        (word % 2 == 0 ? even_sources : odd_sources)[byte] = static_cast<uint8_t>(word * 8 + byte - first_bit / 8);
        (word % 2 == 0 ? even_bytes : odd_bytes) |= uint64_t{1} << byte;
      }
    }
    all_bytes = even_bytes | odd_bytes;
  }
};

template <typename Set, typename Widths>
struct PlacesOfWidths;

template <typename Set, unsigned... kWidths>
struct PlacesOfWidths<Set, std::integer_sequence<unsigned, kWidths...>> {
  static constexpr WordPlaces<Set> kPlaces[] = {WordPlaces<Set>(kWidths)...};
};

template <typename Set>
class WordPacker {
 public:
  using Places = PlacesOfWidths<Set, std::make_integer_sequence<unsigned, WordPlaces<Set>::kMaxBits + 1>>;
  typedef uint64_t Words __attribute__((vector_size(64)));  // NOLINT(modernize-use-using)

  static bool fits(unsigned word_bits) noexcept { return Places::kPlaces[word_bits].fits; }

  explicit WordPacker(unsigned word_bits) noexcept {
    const WordPlaces<Set>& places = Places::kPlaces[word_bits];
    shifts_ = words_of(places.shifts);
    even_sources_ = words_of(places.even_sources);
    odd_sources_ = words_of(places.odd_sources);
    even_bytes_ = places.even_bytes;
    odd_bytes_ = places.odd_bytes;
    all_bytes_ = places.all_bytes;
    word_bits_ = word_bits;
  }

  // Returns where the next words go.
  uint8_t* write(uint8_t* target, const Words& words) const noexcept {
    const auto shifted = reinterpret_cast<__m512i>(words << shifts_);
    const __m512i even = _mm512_maskz_permutexvar_epi8(even_bytes_, reinterpret_cast<__m512i>(even_sources_), shifted);
    const __m512i odd = _mm512_maskz_permutexvar_epi8(odd_bytes_, reinterpret_cast<__m512i>(odd_sources_), shifted);
    _mm512_mask_storeu_epi8(target, all_bytes_, even | odd);
    return target + word_bits_;
  }

  static Words words_of(const void* source) noexcept {
    Words words;
    std::memcpy(&words, source, sizeof(words));
    return words;
  }

  // Of sixteen words in order, those at even places with those after them above.
  static Words joined(const Words& first, const Words& second, unsigned word_bits) noexcept {
    const __m512i evens =
        _mm512_permutex2var_epi64(reinterpret_cast<__m512i>(first), __m512i{0, 2, 4, 6, 8, 10, 12, 14}, reinterpret_cast<__m512i>(second));
    const __m512i odds =
        _mm512_permutex2var_epi64(reinterpret_cast<__m512i>(first), __m512i{1, 3, 5, 7, 9, 11, 13, 15}, reinterpret_cast<__m512i>(second));
    return reinterpret_cast<Words>(evens) | (reinterpret_cast<Words>(odds) << word_bits);
  }

  // Sixteen values become eight words.
  static Words pairs_of(const uint64_t* values, unsigned bit_width) noexcept {
    return joined(words_of(values), words_of(values + 8), bit_width);
  }
  static Words pairs_of(const uint32_t* values, unsigned bit_width) noexcept {
    const Words words = words_of(values);
    return (words & 0xffffffffU) | (words >> 32 << bit_width);
  }

 private:
  Words shifts_;
  Words even_sources_;
  Words odd_sources_;
  uint64_t even_bytes_;
  uint64_t odd_bytes_;
  uint64_t all_bytes_;
  unsigned word_bits_;
};

template <typename Set, typename Value>
void pack_quads(uint8_t* target, const Value* values, size_t count, unsigned bit_width) noexcept {
  using Packer = WordPacker<Set>;
  const Packer packer(4 * bit_width);
  for (size_t index = 0; index < count; index += 32) {
    const auto first = Packer::pairs_of(values + index, bit_width);
    const auto second = Packer::pairs_of(values + index + 16, bit_width);
    target = packer.write(target, Packer::joined(first, second, 2 * bit_width));
  }
}

template <typename Set, typename Value>
void pack_pairs(uint8_t* target, const Value* values, size_t count, unsigned bit_width) noexcept {
  using Packer = WordPacker<Set>;
  const Packer packer(2 * bit_width);
  for (size_t index = 0; index < count; index += 16) {
    target = packer.write(target, Packer::pairs_of(values + index, bit_width));
  }
}

template <typename Set>
void pack_words(uint8_t* target, const uint64_t* values, size_t count, unsigned bit_width) noexcept {
  const WordPacker<Set> packer(bit_width);
  for (size_t index = 0; index < count; index += 8) {
    target = packer.write(target, packer.words_of(values + index));
  }
}

template <typename Set, typename Value>
size_t pack_by_permutation(uint8_t* target, const Value* values, size_t count, unsigned bit_width) noexcept {
  if (bit_width <= 16) {
    pack_quads<Set>(target, values, count, bit_width);
  } else if (bit_width <= 32 && WordPacker<Set>::fits(2 * bit_width)) {
    pack_pairs<Set>(target, values, count, bit_width);
  } else if constexpr (sizeof(Value) == sizeof(uint64_t)) {
    if (bit_width <= 32 || !WordPacker<Set>::fits(bit_width)) {
      return pack_by_words<Set>(target, values, count, bit_width);
    }
    pack_words<Set>(target, values, count, bit_width);
  } else {
    return pack_by_words<Set>(target, values, count, bit_width);
  }
  return count / 8 * bit_width;
}

}  // namespace pqflow::encoding
