// Every rule of descriptor.h that concerns the descriptor as a whole, and its fields one by one.
#pragma once

#include <pqflow/descriptor.h>

#include "base/result.hpp"

namespace pqflow::columns {

// PQFLOW_STATUS_ABI_MISMATCH when nothing of the descriptor may be read, else PQFLOW_STATUS_INVALID_DESCRIPTOR with a message that names
// the field. Allocates.
base::Result check_descriptor(const pqflow_descriptor& descriptor);

}  // namespace pqflow::columns
