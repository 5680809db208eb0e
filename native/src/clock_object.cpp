#include "clock_object.hpp"

#include <time.h>

#include <cstdint>

namespace pqflow::node {

namespace {

struct Reading {
  int64_t now_ns;
  double seconds;
  double nanoseconds;
};
static_assert(sizeof(Reading) == 24, "native/lib/clock.ts knows the offsets");

napi_value read_clock(napi_env env, napi_callback_info info) {
  void* memory = nullptr;
  napi_get_cb_info(env, info, nullptr, nullptr, nullptr, &memory);
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  auto* const reading = static_cast<Reading*>(memory);
  reading->now_ns = static_cast<int64_t>(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
  reading->seconds = static_cast<double>(now.tv_sec);
  reading->nanoseconds = static_cast<double>(now.tv_nsec);
  return nullptr;
}

}  // namespace

Napi::Object make_clock(Napi::Env env) {
  Napi::ArrayBuffer memory = Napi::ArrayBuffer::New(env, sizeof(Reading));
  napi_value read = nullptr;
  if (napi_create_function(env, "read", NAPI_AUTO_LENGTH, read_clock, memory.Data(), &read) != napi_ok) {
    throw Napi::Error::New(env);
  }
  Napi::Function function(env, read);
  function.Set("memory", memory);  // Lives as long as the function that writes to it.
  Napi::Object clock = Napi::Object::New(env);
  clock.Set("memory", memory);
  clock.Set("read", function);
  return clock;
}

}  // namespace pqflow::node
