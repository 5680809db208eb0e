#include "environment.hpp"

#include "sink_object.hpp"

namespace pqflow::node {

namespace {

void close_sinks_of(Environment* environment) {
  for (SinkObject* object : *environment->open_objects) {
    object->close_unattended();
  }
}

}  // namespace

Environment& make_environment(Napi::Env env) {
  auto* const environment = new Environment;
  env.SetInstanceData(environment);
  env.AddCleanupHook(close_sinks_of, environment);
  return *environment;
}

}  // namespace pqflow::node
