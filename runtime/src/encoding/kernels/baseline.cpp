// The table for every CPU of the architecture.
#include "encoding/kernels/crc32.hpp"
#include "encoding/kernels/deltas.hpp"
#include "encoding/kernels/equal_groups.hpp"
#include "encoding/kernels/pack.hpp"
#include "encoding/kernels/tables.hpp"
#include "encoding/kernels/tiny_lookup.hpp"
#include "encoding/kernels/widen_range.hpp"

namespace pqflow::encoding {
namespace {

struct Baseline {
  static constexpr size_t kVectorBytes = 16;
};

}  // namespace

constinit const Kernels kBaselineKernels = {
    .instruction_set = "baseline",
    .widen_range = {widen_range<Baseline, uint8_t>, widen_range<Baseline, int32_t>, widen_range<Baseline, uint32_t>,
                    widen_range<Baseline, int64_t>, widen_range<Baseline, uint64_t>, widen_range<Baseline, float>,
                    widen_range<Baseline, double>},
    .pack = {pack_by_words<Baseline, uint32_t>, pack_by_words<Baseline, uint64_t>},
    .subtract_neighbours = {subtract_neighbours<Baseline, uint32_t>, subtract_neighbours<Baseline, uint64_t>},
    .write_miniblocks = {write_miniblocks<Baseline, uint32_t, pack_by_words<Baseline>>,
                         write_miniblocks<Baseline, uint64_t, pack_by_words<Baseline>>},
    .count_before_equal_group = count_before_equal_group<Baseline>,
    .crc32 = crc32_by_library,
    .look_up_tiny = look_up_tiny<Baseline>,
};

}  // namespace pqflow::encoding
