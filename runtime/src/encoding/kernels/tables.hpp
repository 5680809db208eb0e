// The tables there are, each defined in the file that is compiled for its instruction set.
#pragma once

#include "encoding/kernels/kernels.hpp"

namespace pqflow::encoding {

extern const Kernels kBaselineKernels;  // What every CPU of the architecture has: SSE2, or NEON.
extern const Kernels kAvx2Kernels;      // AVX2 and BMI2. x86-64 only, as the next.
extern const Kernels kAvx512Kernels;    // What Ice Lake and Zen 4 brought together: F, BW, DQ, VL, VBMI, VBMI2, and VPCLMULQDQ.

}  // namespace pqflow::encoding
