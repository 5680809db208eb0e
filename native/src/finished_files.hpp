// Finished files as JavaScript sees them. JavaScript thread only.
#pragma once

#include <napi.h>

#include <vector>

#include "file_feed.hpp"

namespace pqflow::node {

// Objects as NativeFinishedFile of native/lib/finished-file.ts has them.
Napi::Array write_files(Napi::Env env, const std::vector<FedFile>& files);

}  // namespace pqflow::node
