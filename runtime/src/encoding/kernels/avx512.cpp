// Compiled for its instruction set (runtime/CMakeLists.txt), so it includes nothing but kernels made of its own `Set` and what they need.
#ifdef __x86_64__

#include "encoding/kernels/crc32_folding.hpp"
#include "encoding/kernels/deltas.hpp"
#include "encoding/kernels/equal_groups.hpp"
#include "encoding/kernels/pack_by_permutation.hpp"
#include "encoding/kernels/tables.hpp"
#include "encoding/kernels/tiny_lookup_x86.hpp"
#include "encoding/kernels/widen_range.hpp"

namespace pqflow::encoding {
namespace {

struct Avx512 {
  static constexpr size_t kVectorBytes = 64;
};

}  // namespace

constinit const Kernels kAvx512Kernels = {
    .instruction_set = "avx512",
    .widen_range = {widen_range<Avx512, uint8_t>, widen_range<Avx512, int32_t>, widen_range<Avx512, uint32_t>, widen_range<Avx512, int64_t>,
                    widen_range<Avx512, uint64_t>, widen_range<Avx512, float>, widen_range<Avx512, double>},
    .pack = {pack_by_permutation<Avx512, uint32_t>, pack_by_permutation<Avx512, uint64_t>},
    .subtract_neighbours = {subtract_neighbours<Avx512, uint32_t>, subtract_neighbours<Avx512, uint64_t>},
    .write_miniblocks = {write_miniblocks<Avx512, uint32_t, pack_by_permutation<Avx512>>,
                         write_miniblocks<Avx512, uint64_t, pack_by_permutation<Avx512>>},
    .count_before_equal_group = count_before_equal_group<Avx512>,
    .crc32 = crc32_by_folding<Avx512>,
    .look_up_tiny = look_up_tiny_by_16<Avx512>,
};

}  // namespace pqflow::encoding

#endif
