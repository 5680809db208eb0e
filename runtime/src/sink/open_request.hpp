// What a caller of pqflow_sink_open was compiled with, checked before anything of it is used.
#pragma once

#include <pqflow/pqflow.h>

#include <optional>
#include <string>

#include "base/result.hpp"
#include "columns/record_schema.hpp"
#include "parquet/row_group_writer.hpp"

namespace pqflow::sink {

// A request that was found good: copies, and the validated schema.
struct OpenPlan {
  columns::RecordSchema schema;
  pqflow_options options{};       // With the durability that is aimed at, never DEFAULT.
  bool is_ring_optional = false;  // That durability was not asked for.
  std::string path_template;
  std::string ring_dir;  // From PQFLOW_DURABILITY_PROCESS on.
  std::optional<std::string> manifest_template;

  parquet::RowGroupOptions row_group() const noexcept {
    return {options.row_group_rows,
            options.row_group_bytes,
            options.page_rows,
            options.codec,
            options.codec_level,
            options.profile,
            static_cast<uint8_t>(options.data_page_version),
            options.page_bytes,
            options.float_order};
  }
};

// ABI_MISMATCH, RECORD_SIZE_MISMATCH, FINGERPRINT_MISMATCH, INVALID_ARGUMENT, and what RecordSchema::build and the options' checks answer.
// Allocates.
base::Result make_open_plan(const pqflow_open_request& request, OpenPlan& plan);

}  // namespace pqflow::sink
