// Runs a blocking call of a sink on libuv's thread pool and settles a promise with its outcome.
#pragma once

#include <napi.h>

#include <memory>

#include "sink_handle.hpp"

namespace pqflow::node {

class SinkWorker : public Napi::AsyncWorker {
 public:
  using Call = pqflow_status (SinkHandle::*)(pqflow_error&);

  // JavaScript thread. The worker keeps the handle alive and deletes itself.
  static Napi::Promise start(Napi::Env env, std::shared_ptr<SinkHandle> handle, Call call);

 protected:
  void Execute() override;
  void OnOK() override;
  void OnError(const Napi::Error& error) override;

 private:
  SinkWorker(Napi::Env env, std::shared_ptr<SinkHandle> handle, Call call);

  Napi::Promise::Deferred deferred_;
  std::shared_ptr<SinkHandle> handle_;
  Call call_;
  pqflow_status status_ = PQFLOW_STATUS_OK;
  pqflow_error error_{};
};

}  // namespace pqflow::node
