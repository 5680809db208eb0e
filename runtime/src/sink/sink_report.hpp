// What there is to say of a sink at one moment.
#pragma once

#include <pqflow/pqflow.h>

#include <string>
#include <vector>

namespace pqflow::sink {

struct SinkReport {
  std::string schema;
  std::string path;  // The template: what tells sinks of one schema apart.
  pqflow_stats stats{};
  std::vector<pqflow_lane_stats> lanes;
  std::string failure;  // That still stands; empty when none.
};

}  // namespace pqflow::sink
