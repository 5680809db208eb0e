// Bytes of pages for tests of codecs: the same in every run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pqflow::codec::test {

enum class Content { kRandom, kConstant, kHalfRandom, kFourLetters, kRisingTimes, kTextAndNoise, kSelfSimilar };

constexpr Content kAllContents[] = {Content::kRandom,      Content::kConstant,     Content::kHalfRandom, Content::kFourLetters,
                                    Content::kRisingTimes, Content::kTextAndNoise, Content::kSelfSimilar};

std::vector<uint8_t> page_of(Content content, size_t size_bytes);

}  // namespace pqflow::codec::test
