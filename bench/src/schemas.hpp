// The schemas whose records the bench writes, by name.
#pragma once

#include <binance_depth_sink.h>
#include <orders_sink.h>

#include <stdexcept>
#include <string>

namespace bench {

inline const pqflow_descriptor& descriptor_named(const std::string& name) {
  for (const pqflow_descriptor* descriptor : {orders_descriptor(), binance_depth_descriptor()}) {
    if (name == descriptor->name) {
      return *descriptor;
    }
  }
  throw std::runtime_error("no schema of the bench is named " + name);
}

}  // namespace bench
