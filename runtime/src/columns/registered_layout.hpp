// A caller's hand-written struct in place of the generated record: fields are found by member name.
#pragma once

#include <pqflow/pqflow.h>

#include "base/result.hpp"
#include "columns/record_schema.hpp"

namespace pqflow::columns {

// Moves the fields of `schema` to the offsets of `layout`. PQFLOW_STATUS_LAYOUT_MISMATCH names the member that is missing or has another
// size or kind. The generated unpack kernel stays only when nothing moved, because it has the descriptor's offsets and slot size compiled
// in. Allocates.
base::Result rebind(const pqflow_record_layout& layout, RecordSchema& schema);

}  // namespace pqflow::columns
