// Compiled for its instruction set (runtime/CMakeLists.txt), so it includes nothing but kernels made of its own `Set` and what they need.
#ifdef __x86_64__

#include "encoding/kernels/crc32.hpp"
#include "encoding/kernels/deltas.hpp"
#include "encoding/kernels/equal_groups.hpp"
#include "encoding/kernels/pack.hpp"
#include "encoding/kernels/tables.hpp"
#include "encoding/kernels/tiny_lookup_x86.hpp"
#include "encoding/kernels/widen_range.hpp"

namespace pqflow::encoding {
namespace {

struct Avx2 {
  static constexpr size_t kVectorBytes = 32;
};

}  // namespace

constinit const Kernels kAvx2Kernels = {
    .instruction_set = "avx2",
    .widen_range = {widen_range<Avx2, uint8_t>, widen_range<Avx2, int32_t>, widen_range<Avx2, uint32_t>, widen_range<Avx2, int64_t>,
                    widen_range<Avx2, uint64_t>, widen_range<Avx2, float>, widen_range<Avx2, double>},
    .pack = {pack_by_words<Avx2, uint32_t>, pack_by_words<Avx2, uint64_t>},
    .subtract_neighbours = {subtract_neighbours<Avx2, uint32_t>, subtract_neighbours<Avx2, uint64_t>},
    .write_miniblocks = {write_miniblocks<Avx2, uint32_t, pack_by_words<Avx2>>, write_miniblocks<Avx2, uint64_t, pack_by_words<Avx2>>},
    .count_before_equal_group = count_before_equal_group<Avx2>,
    .crc32 = crc32_by_library,
    .look_up_tiny = look_up_tiny_by_8<Avx2>,
};

}  // namespace pqflow::encoding

#endif
