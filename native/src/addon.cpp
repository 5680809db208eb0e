// The addon's entry: what `require("pqflow.node")` gives. The TypeScript side of this interface is native/lib/binding.ts.
#include <napi.h>
#include <pqflow/pqflow.h>

#include <string>
#include <vector>

#include "clock_object.hpp"
#include "descriptor_storage.hpp"
#include "environment.hpp"
#include "errors.hpp"
#include "options_translation.hpp"
#include "recover_worker.hpp"
#include "sink_object.hpp"

namespace pqflow::node {

namespace {

constexpr size_t kStatsRoomBytes = 4096;

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

// renderStats(sinks, format)
Napi::Value render_stats(const Napi::CallbackInfo& info) {
  const auto objects = info[0].As<Napi::Array>();
  std::vector<pqflow_sink*> sinks;
  for (uint32_t index = 0; index < objects.Length(); ++index) {
    sinks.push_back(SinkObject::Unwrap(objects.Get(index).As<Napi::Object>())->sink());
  }
  const auto format = static_cast<pqflow_stats_format>(info[1].As<Napi::Number>().Uint32Value());
  std::string text;
  size_t size_bytes = 0;
  do {  // Again where figures grew in between.
    text.resize(size_bytes + kStatsRoomBytes);
    const pqflow_status status = pqflow_stats_render(sinks.data(), sinks.size(), format, text.data(), text.size(), &size_bytes);
    if (status != PQFLOW_STATUS_OK) {
      throw make_error(info.Env(), status, "no statistics");
    }
  } while (size_bytes >= text.size());
  return Napi::String::New(info.Env(), text.data(), size_bytes);
}

Napi::Value clock(const Napi::CallbackInfo& info) { return make_clock(info.Env()); }

Napi::Object initialize(Napi::Env env, Napi::Object exports) {
  make_environment(env);
  exports.Set("abiVersion", Napi::Number::New(env, PQFLOW_ABI_VERSION));
  exports.Set("Sink", SinkObject::define(env));
  exports.Set("buildInfo", Napi::Function::New(env, build_info));
  exports.Set("defaultOptions", Napi::Function::New(env, default_options));
  exports.Set("makeClock", Napi::Function::New(env, clock));
  exports.Set("recover", Napi::Function::New(env, RecoverWorker::start));
  exports.Set("renderStats", Napi::Function::New(env, render_stats));
  exports.Set("statusName", Napi::Function::New(env, name_of_status));
  return exports;
}

}  // namespace

}  // namespace pqflow::node

static Napi::Object initialize_addon(Napi::Env env, Napi::Object exports) { return pqflow::node::initialize(env, exports); }

NODE_API_MODULE(pqflow, initialize_addon)
