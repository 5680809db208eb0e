#include "recover_worker.hpp"

#include "errors.hpp"

namespace pqflow::node {

namespace {

std::string owned(const char* text) { return text != nullptr ? text : ""; }

// pqflow_recover's callback: what it throws is caught there.
void keep_orphan(void* context, const pqflow_orphan* orphan) {
  static_cast<std::vector<FoundOrphan>*>(context)->push_back(
      {*orphan, owned(orphan->path), owned(orphan->ring_path), owned(orphan->final_path), owned(orphan->problem)});
}

struct OrphanCount {
  const char* name;
  uint64_t pqflow_orphan::*member;
};

constexpr OrphanCount kOrphanCounts[] = {
    {"persisted", &pqflow_orphan::persisted_records},
    {"rowGroups", &pqflow_orphan::row_groups},
    {"recovered", &pqflow_orphan::recovered_records},
    {"duplicate", &pqflow_orphan::duplicate_records},
    {"lost", &pqflow_orphan::lost_records},
    {"damagedRowGroups", &pqflow_orphan::damaged_row_groups},
    {"tornJournalBytes", &pqflow_orphan::torn_journal_bytes},
};

void set_text(Napi::Object& object, const char* name, const std::string& text) {
  object.Set(name, text.empty() ? object.Env().Null() : Napi::Value(Napi::String::New(object.Env(), text)));
}

Napi::Object write_orphan(Napi::Env env, const FoundOrphan& found) {
  Napi::Object object = Napi::Object::New(env);
  set_text(object, "file", found.path);
  set_text(object, "ring", found.ring_path);
  set_text(object, "finalFile", found.final_path);
  set_text(object, "problem", found.problem);
  for (const OrphanCount& count : kOrphanCounts) {
    object.Set(count.name, Napi::Number::New(env, static_cast<double>(found.orphan.*count.member)));
  }
  const bool is_dropped_known = found.orphan.is_dropped_known != 0;
  object.Set("dropped",
             is_dropped_known ? Napi::Value(Napi::Number::New(env, static_cast<double>(found.orphan.dropped_records))) : env.Null());
  object.Set("reason", Napi::Number::New(env, static_cast<double>(found.orphan.reason)));
  object.Set("state", Napi::Number::New(env, static_cast<double>(found.orphan.state)));
  object.Set("action", Napi::Number::New(env, static_cast<double>(found.orphan.action)));
  object.Set("done", Napi::Boolean::New(env, found.orphan.is_done != 0));
  return object;
}

}  // namespace

RecoverWorker::RecoverWorker(const Napi::CallbackInfo& info)
    : Napi::AsyncWorker(info.Env(), "pqflow"),
      deferred_(info.Env()),
      folder_(info[0].As<Napi::String>().Utf8Value()),
      is_writing_(info[1].As<Napi::Boolean>().Value()),
      ring_dir_(info[2].IsString() ? info[2].As<Napi::String>().Utf8Value() : std::string()),
      manifest_(info[3].IsString() ? info[3].As<Napi::String>().Utf8Value() : std::string()) {}

Napi::Value RecoverWorker::start(const Napi::CallbackInfo& info) {
  auto* const worker = new RecoverWorker(info);
  const Napi::Promise promise = worker->deferred_.Promise();
  worker->Queue();
  return promise;
}

void RecoverWorker::Execute() {
  pqflow_recover_options options = pqflow_recover_options_default();
  options.folder = folder_.c_str();
  options.is_writing = is_writing_ ? 1 : 0;
  options.ring_dir = ring_dir_.empty() ? options.ring_dir : ring_dir_.c_str();
  options.manifest = manifest_.empty() ? nullptr : manifest_.c_str();
  options.callback = keep_orphan;
  options.context = &found_;
  status_ = pqflow_recover(&options, nullptr, &error_);
}

void RecoverWorker::OnOK() {
  if (status_ != PQFLOW_STATUS_OK) {
    deferred_.Reject(make_error(Env(), error_).Value());
    return;
  }
  Napi::Array orphans = Napi::Array::New(Env(), found_.size());
  for (uint32_t index = 0; index < found_.size(); ++index) {
    orphans.Set(index, write_orphan(Env(), found_[index]));
  }
  deferred_.Resolve(orphans);
}

void RecoverWorker::OnError(const Napi::Error& error) {
  deferred_.Reject(make_error(Env(), PQFLOW_STATUS_INTERNAL_ERROR, error.Message()).Value());
}

}  // namespace pqflow::node
