// What belongs to one Node environment: the main thread's or a worker's. JavaScript thread only.
#pragma once

#include <napi.h>

#include <memory>
#include <unordered_set>

namespace pqflow::node {

class SinkObject;

using OpenObjects = std::unordered_set<SinkObject*>;

struct Environment {
  // Shared with the objects: at the environment's end their finalizers may run after this structure is gone.
  std::shared_ptr<OpenObjects> open_objects = std::make_shared<OpenObjects>();

  static Environment& of(Napi::Env env) { return *env.GetInstanceData<Environment>(); }
};

// Makes the environment's state and the hook that closes its sinks: a worker that ends runs nothing else.
Environment& make_environment(Napi::Env env);

}  // namespace pqflow::node
