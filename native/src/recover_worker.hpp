// Runs pqflow_recover on libuv's thread pool and settles a promise with what was found.
#pragma once

#include <napi.h>
#include <pqflow/recover.h>

#include <string>
#include <vector>

namespace pqflow::node {

// A pqflow_orphan with its texts.
struct FoundOrphan {
  pqflow_orphan orphan;
  std::string path;
  std::string ring_path;
  std::string final_path;
  std::string problem;
};

class RecoverWorker : public Napi::AsyncWorker {
 public:
  // JavaScript thread. recover(folder, isWriting, ringDir | null, manifest | null): a promise of objects as NativeOrphan of
  // native/lib/recover.ts has them. The worker deletes itself.
  static Napi::Value start(const Napi::CallbackInfo& info);

 protected:
  void Execute() override;
  void OnOK() override;
  void OnError(const Napi::Error& error) override;

 private:
  explicit RecoverWorker(const Napi::CallbackInfo& info);

  Napi::Promise::Deferred deferred_;
  const std::string folder_;
  const bool is_writing_;
  const std::string ring_dir_;  // Empty: the default.
  const std::string manifest_;  // Empty: none.
  std::vector<FoundOrphan> found_;
  pqflow_status status_ = PQFLOW_STATUS_OK;
  pqflow_error error_{};
};

}  // namespace pqflow::node
