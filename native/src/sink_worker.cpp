#include "sink_worker.hpp"

#include <utility>

#include "errors.hpp"

namespace pqflow::node {

SinkWorker::SinkWorker(Napi::Env env, std::shared_ptr<SinkHandle> handle, Call call)
    : Napi::AsyncWorker(env, "pqflow"), deferred_(env), handle_(std::move(handle)), call_(call) {}

Napi::Promise SinkWorker::start(Napi::Env env, std::shared_ptr<SinkHandle> handle, Call call) {
  auto* const worker = new SinkWorker(env, std::move(handle), call);
  const Napi::Promise promise = worker->deferred_.Promise();
  worker->Queue();
  return promise;
}

void SinkWorker::Execute() { status_ = (handle_.get()->*call_)(error_); }

void SinkWorker::OnOK() {
  if (status_ == PQFLOW_STATUS_OK) {
    deferred_.Resolve(Env().Undefined());
  } else {
    deferred_.Reject(make_error(Env(), error_).Value());
  }
}

// Execute threw: a lock that could not be taken.
void SinkWorker::OnError(const Napi::Error& error) {
  deferred_.Reject(make_error(Env(), PQFLOW_STATUS_INTERNAL_ERROR, error.Message()).Value());
}

}  // namespace pqflow::node
