// The JavaScript class `Sink` of the addon: one method per call of the C API, arguments as JavaScript has them. Used by native/lib only.
// JavaScript thread only.
#pragma once

#include <napi.h>

#include <memory>

#include "environment.hpp"
#include "lane_handle.hpp"

namespace pqflow::node {

class SinkObject : public Napi::ObjectWrap<SinkObject> {
 public:
  static Napi::Function define(Napi::Env env);

  // new Sink(descriptor, path | null, options): opens. new Sink(descriptor, id): a lane of a sink that is open. Throws.
  explicit SinkObject(const Napi::CallbackInfo& info);
  ~SinkObject() override;

  pqflow_sink* sink() { return lane_->sink()->sink(); }

  // Closes without JavaScript's help, for the clean-up hook. What JavaScript has logged since it last told its head is found by the writer
  // through the commit words. Errors are lost. A collected object needs no such call: its handles end when the last owner is gone.
  void close_unattended() { lane_->end_quietly(); }

 private:
  Napi::Value slots(const Napi::CallbackInfo& info);
  Napi::Value geometry(const Napi::CallbackInfo& info);
  Napi::Value refill(const Napi::CallbackInfo& info);
  Napi::Value has_room(const Napi::CallbackInfo& info);
  Napi::Value flush(const Napi::CallbackInfo& info);
  Napi::Value close(const Napi::CallbackInfo& info);
  void close_sync(const Napi::CallbackInfo& info);
  void detach(const Napi::CallbackInfo& info);
  Napi::Value stop_attaching(const Napi::CallbackInfo& info);
  Napi::Value id(const Napi::CallbackInfo& info);
  Napi::Value stats(const Napi::CallbackInfo& info);
  Napi::Value column_invalid_values(const Napi::CallbackInfo& info);
  Napi::Value last_error(const Napi::CallbackInfo& info);
  void listen_to_files(const Napi::CallbackInfo& info);
  Napi::Value take_files(const Napi::CallbackInfo& info);

  // Takes over the head that JavaScript passes as its first argument; throws when it lies outside the credit.
  void sync_head(const Napi::CallbackInfo& info);

  std::shared_ptr<LaneHandle> lane_;
  std::shared_ptr<OpenObjects> open_objects_;
  bool slots_given_ = false;  // V8 allows one ArrayBuffer over an address.
};

}  // namespace pqflow::node
