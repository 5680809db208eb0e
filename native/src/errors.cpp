#include "errors.hpp"

#include <algorithm>

namespace pqflow::node {

namespace {

Napi::Error make_error(Napi::Env env, pqflow_status status, int32_t os_error, const std::string& message) {
  Napi::Error error = Napi::Error::New(env, message);
  error.Set("code", Napi::String::New(env, status_name(status)));
  error.Set("osError", Napi::Number::New(env, os_error));
  return error;
}

char to_constant_character(char character) {
  if (character == ' ') {
    return '_';
  }
  return character >= 'a' && character <= 'z' ? static_cast<char>(character - 'a' + 'A') : character;
}

}  // namespace

std::string status_name(pqflow_status status) {
  std::string name = pqflow_status_text(status);
  std::transform(name.begin(), name.end(), name.begin(), to_constant_character);
  return name;
}

Napi::Error make_error(Napi::Env env, const pqflow_error& error) { return make_error(env, error.status, error.os_error, error.message); }

Napi::Error make_error(Napi::Env env, pqflow_status status, const std::string& message) { return make_error(env, status, 0, message); }

}  // namespace pqflow::node
