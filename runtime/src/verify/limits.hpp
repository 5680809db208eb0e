// How much memory the verifier takes for what a file says of itself: in proportion to the file, with room for what encodings and codecs
// truly save. A page of nothing but nulls may hold millions of values in a few bytes, a billion is taken for damage.
#pragma once

#include <cstdint>

namespace pqflow::verify {

constexpr uint64_t kPageRoomBytes = uint64_t{64} << 20;
constexpr uint64_t kPageRoomValues = uint64_t{1} << 22;

// Of a decompressed page.
constexpr uint64_t max_page_bytes(uint64_t file_bytes) { return kPageRoomBytes + file_bytes * 64; }
// Of a page, nulls included.
constexpr uint64_t max_page_values(uint64_t file_bytes) { return kPageRoomValues + file_bytes * 8; }
// Of what DELTA_BYTE_ARRAY makes of an encoded page: each value may repeat the one before it.
constexpr uint64_t max_prefixed_bytes(uint64_t encoded_bytes) { return kPageRoomBytes + encoded_bytes * 64; }
// Of what is kept of a chunk to check its order, bloom filter and count of distinct values.
constexpr uint64_t max_kept_bytes(uint64_t file_bytes) { return kPageRoomBytes * 4 + file_bytes * 64; }
// Of the paths of all columns, which repeat the names of the groups above them.
constexpr uint64_t kMaxPathBytes = uint64_t{64} << 20;

}  // namespace pqflow::verify
