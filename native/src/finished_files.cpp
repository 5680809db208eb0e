#include "finished_files.hpp"

#include <cstdint>

namespace pqflow::node {

namespace {

struct Count {
  const char* name;
  uint64_t pqflow_finished_file::*member;
};

constexpr Count kCounts[] = {
    {"fileSequence", &pqflow_finished_file::file_sequence},
    {"rows", &pqflow_finished_file::rows},
    {"bytes", &pqflow_finished_file::bytes},
    {"rowGroups", &pqflow_finished_file::row_groups},
    {"firstSequence", &pqflow_finished_file::first_sequence},
    {"lastSequence", &pqflow_finished_file::last_sequence},
};

Napi::Object write_file(Napi::Env env, const FedFile& fed) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("path", fed.path);
  for (const Count& count : kCounts) {
    object.Set(count.name, Napi::Number::New(env, static_cast<double>(fed.file.*count.member)));
  }
  object.Set("begunAtUtcNs", Napi::BigInt::New(env, fed.file.begun_at_utc_ns));
  object.Set("endedAtUtcNs", Napi::BigInt::New(env, fed.file.ended_at_utc_ns));
  object.Set("end", Napi::Number::New(env, static_cast<double>(fed.file.end)));
  object.Set("isSynced", Napi::Boolean::New(env, fed.file.is_synced != 0));
  return object;
}

}  // namespace

Napi::Array write_files(Napi::Env env, const std::vector<FedFile>& files) {
  Napi::Array array = Napi::Array::New(env, files.size());
  for (uint32_t index = 0; index < files.size(); ++index) {
    array.Set(index, write_file(env, files[index]));
  }
  return array;
}

}  // namespace pqflow::node
