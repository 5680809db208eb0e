// CRC-32 by carry-less multiplication of whole vectors (Gopal and others, "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ
// Instruction"): 16 bytes of a message may be moved D bits towards its end when they are multiplied by x^D modulo the polynomial.
// Everything is moved onto the last 16 bytes, which with the few bytes behind them have the checksum of the whole; that one the library
// works out.
//
// For AVX-512 with VPCLMULQDQ; `Set` as in widen_range.hpp.
#pragma once

#include <immintrin.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "encoding/kernels/crc32.hpp"

namespace pqflow::encoding {

// x^exponent modulo the polynomial of gzip, in the order of bits of the message: the lowest bit is the highest power. Moved by one bit,
// since the product of two such numbers lies one bit lower than that of two ordinary ones.
constexpr uint64_t crc32_power(unsigned exponent) {
  uint32_t power = uint32_t{1} << 31;
  for (unsigned step = 0; step < exponent; ++step) {
    power = (power >> 1) ^ ((power & 1) != 0 ? 0xedb88320U : 0);
  }
  return uint64_t{power} << 1;
}

// The factors for the first and the second 8 of 16 bytes that move by so many bits. The halves lie 64 bits apart, and a product of 64 by 33
// bits reaches into the 32 bits before it.
constexpr uint64_t first_half_factor(unsigned distance_bits) { return crc32_power(distance_bits + 32); }
constexpr uint64_t second_half_factor(unsigned distance_bits) { return crc32_power(distance_bits - 32); }

template <typename Set>
class Crc32Folding {
 public:
  static constexpr size_t kVectorBytes = 64;
  static constexpr size_t kChainCount = 4;  // Side by side: each multiplication waits for the one before in its chain.
  static constexpr size_t kStepBytes = kChainCount * kVectorBytes;
  static constexpr size_t kResidueBytes = 16;
  static constexpr size_t kSmallestBytes = 512;  // Below, the library is done before the chains are joined.

  // Begins with kStepBytes; `crc_register` is the inverse of the checksum of what came before.
  Crc32Folding(uint32_t crc_register, const uint8_t* bytes) noexcept {
    for (size_t chain = 0; chain < kChainCount; ++chain) {
      chains_[chain] = vector_of(bytes + chain * kVectorBytes);
    }
    const uint64_t begin[8] = {crc_register};
    chains_[0] ^= vector_of(begin);
  }

  void take_step(const uint8_t* bytes) noexcept {
    const __m512i factors = even_factors<kStepBytes * 8>();
    for (size_t chain = 0; chain < kChainCount; ++chain) {
      chains_[chain] = moved(chains_[chain], factors) ^ vector_of(bytes + chain * kVectorBytes);
    }
  }

  // The chains become one; no step may follow.
  void join_chains() noexcept {
    for (size_t chain = 1; chain < kChainCount; ++chain) {
      chains_[0] = moved(chains_[0], even_factors<kVectorBytes * 8>()) ^ chains_[chain];
    }
  }

  void take_vector(const uint8_t* bytes) noexcept { chains_[0] = moved(chains_[0], even_factors<kVectorBytes * 8>()) ^ vector_of(bytes); }

  // The 16 bytes that stand for everything.
  void write_residue(uint8_t* residue) const noexcept {
    constexpr uint64_t kFactors[8] = {first_half_factor(384),
                                      second_half_factor(384),
                                      first_half_factor(256),
                                      second_half_factor(256),
                                      first_half_factor(128),
                                      second_half_factor(128),
                                      0,
                                      0};
    uint64_t words[8];
    uint64_t last[8];
    const __m512i all = moved(chains_[0], vector_of(kFactors));
    std::memcpy(words, &all, sizeof(words));
    std::memcpy(last, &chains_[0], sizeof(last));
    const uint64_t sums[2] = {words[0] ^ words[2] ^ words[4] ^ last[6], words[1] ^ words[3] ^ words[5] ^ last[7]};
    std::memcpy(residue, sums, kResidueBytes);
  }

 private:
  static __m512i vector_of(const void* bytes) noexcept {
    __m512i vector;
    std::memcpy(&vector, bytes, sizeof(vector));
    return vector;
  }

  // Those that move every 16 bytes equally far.
  template <unsigned kDistanceBits>
  static __m512i even_factors() noexcept {
    constexpr auto kFirst = static_cast<long long>(first_half_factor(kDistanceBits));
    constexpr auto kSecond = static_cast<long long>(second_half_factor(kDistanceBits));
    return __m512i{kFirst, kSecond, kFirst, kSecond, kFirst, kSecond, kFirst, kSecond};
  }

  static __m512i moved(const __m512i& words, const __m512i& factors) noexcept {
    return _mm512_clmulepi64_epi128(words, factors, 0x00) ^ _mm512_clmulepi64_epi128(words, factors, 0x11);
  }

  __m512i chains_[kChainCount];
};

template <typename Set>
uint32_t crc32_by_folding(uint32_t crc, const uint8_t* bytes, size_t size_bytes) noexcept {
  using Folding = Crc32Folding<Set>;
  if (size_bytes < Folding::kSmallestBytes) {
    return crc32_by_library(crc, bytes, size_bytes);
  }
  Folding folding(~crc, bytes);
  size_t index = Folding::kStepBytes;
  for (; index + Folding::kStepBytes <= size_bytes; index += Folding::kStepBytes) {
    folding.take_step(bytes + index);
  }
  folding.join_chains();
  for (; index + Folding::kVectorBytes <= size_bytes; index += Folding::kVectorBytes) {
    folding.take_vector(bytes + index);
  }
  uint8_t rest[Folding::kResidueBytes + Folding::kVectorBytes];
  folding.write_residue(rest);
  std::memcpy(rest + Folding::kResidueBytes, bytes + index, size_bytes - index);
  return crc32_by_library(~uint32_t{0}, rest, Folding::kResidueBytes + size_bytes - index);
}

}  // namespace pqflow::encoding
