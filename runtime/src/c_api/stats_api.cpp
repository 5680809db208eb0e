// pqflow_stats_render: translation only.
#include <algorithm>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "base/stored_number.hpp"
#include "c_api/handle.hpp"
#include "c_api/translate.hpp"
#include "sink/openmetrics.hpp"
#include "sink/stats_text.hpp"

namespace {

using pqflow::base::Result;
using pqflow::c_api::find_handle;
using pqflow::c_api::guarded;
using pqflow::c_api::SinkHandle;
using pqflow::sink::SinkReport;

Result refuse(pqflow_status status) { return Result::failure(status, {}); }

Result report_sinks(std::span<pqflow_sink* const> sinks, std::vector<SinkReport>& reports) {
  for (pqflow_sink* const sink : sinks) {
    const SinkHandle* const handle = find_handle(sink);
    if (handle == nullptr) {
      return refuse(PQFLOW_STATUS_INVALID_HANDLE);
    }
    reports.push_back(handle->sink->report());
  }
  return Result::ok();
}

void copy_cut(const std::string& rendered, char* text, size_t capacity_bytes) noexcept {
  if (capacity_bytes == 0) {
    return;
  }
  const size_t copied_bytes = std::min(rendered.size(), capacity_bytes - 1);
  std::memcpy(text, rendered.data(), copied_bytes);
  text[copied_bytes] = '\0';
}

}  // namespace

extern "C" pqflow_status pqflow_stats_render(pqflow_sink* const* sinks, size_t sink_count, pqflow_stats_format format, char* text,
                                             size_t capacity_bytes, size_t* size_bytes) {
  return guarded(nullptr, [&]() -> Result {
    const bool is_known = pqflow::base::stored_number(format) <= PQFLOW_STATS_FORMAT_OPENMETRICS;
    if (!is_known || size_bytes == nullptr || (sinks == nullptr && sink_count != 0) || (text == nullptr && capacity_bytes != 0)) {
      return refuse(PQFLOW_STATUS_INVALID_ARGUMENT);
    }
    std::vector<SinkReport> reports;
    if (auto result = report_sinks({sinks, sink_count}, reports); !result.is_ok()) {
      return result;
    }
    const std::string rendered =
        format == PQFLOW_STATS_FORMAT_TEXT ? pqflow::sink::render_text(reports) : pqflow::sink::render_openmetrics(reports);
    copy_cut(rendered, text, capacity_bytes);
    *size_bytes = rendered.size();
    return Result::ok();
  });
}
