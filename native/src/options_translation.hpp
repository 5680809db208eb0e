// pqflow_options to and from the camelCase mirror in JavaScript. JavaScript thread only.
#pragma once

#include <napi.h>
#include <pqflow/pqflow.h>

#include <string>

#include "object_reader.hpp"

namespace pqflow::node {

// What the options point to.
struct OptionTexts {
  std::string ring_dir;
  std::string manifest;
};

// The descriptor's defaults with the properties of `source` over them. `path` is not among them: it goes into the open request.
pqflow_options read_options(const ObjectReader& source, const pqflow_descriptor& descriptor, OptionTexts& texts);

// Numbers and texts; enumerations as pqflow's numbers.
Napi::Object write_options(Napi::Env env, const pqflow_options& options);

}  // namespace pqflow::node
