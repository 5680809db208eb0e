// The addon's entry: what `require("pqflow.node")` gives. The TypeScript side of this interface is native/lib/binding.ts.
#include <napi.h>
#include <pqflow/pqflow.h>

#include "clock_object.hpp"
#include "descriptor_storage.hpp"
#include "environment.hpp"
#include "errors.hpp"
#include "options_translation.hpp"
#include "sink_object.hpp"

namespace pqflow::node {

namespace {

Napi::Value build_info(const Napi::CallbackInfo& info) { return Napi::String::New(info.Env(), pqflow_build_info()); }

// defaultOptions(descriptor | null)
Napi::Value default_options(const Napi::CallbackInfo& info) {
  if (info[0].IsNull() || info[0].IsUndefined()) {
    return write_options(info.Env(), pqflow_options_default(nullptr));
  }
  const DescriptorStorage storage(ObjectReader(info.Env().Global(), "defaultOptions").element(info[0], "descriptor"));
  return write_options(info.Env(), pqflow_options_default(&storage.descriptor()));
}

// statusName(number): the `code` of errors; undefined beyond the last status.
Napi::Value name_of_status(const Napi::CallbackInfo& info) {
  const uint32_t status = info[0].ToNumber().Uint32Value();
  if (status > PQFLOW_STATUS_FORKED) {
    return info.Env().Undefined();
  }
  return Napi::String::New(info.Env(), status_name(static_cast<pqflow_status>(status)));
}

Napi::Value clock(const Napi::CallbackInfo& info) { return make_clock(info.Env()); }

Napi::Object initialize(Napi::Env env, Napi::Object exports) {
  make_environment(env);
  exports.Set("abiVersion", Napi::Number::New(env, PQFLOW_ABI_VERSION));
  exports.Set("Sink", SinkObject::define(env));
  exports.Set("buildInfo", Napi::Function::New(env, build_info));
  exports.Set("defaultOptions", Napi::Function::New(env, default_options));
  exports.Set("makeClock", Napi::Function::New(env, clock));
  exports.Set("statusName", Napi::Function::New(env, name_of_status));
  return exports;
}

}  // namespace

}  // namespace pqflow::node

static Napi::Object initialize_addon(Napi::Env env, Napi::Object exports) { return pqflow::node::initialize(env, exports); }

NODE_API_MODULE(pqflow, initialize_addon)
