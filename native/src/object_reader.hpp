// Typed reads of a plain JavaScript object's properties. Whatever does not fit throws an INVALID_ARGUMENT error that names the property.
// JavaScript thread only.
#pragma once

#include <napi.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>

#include "errors.hpp"

namespace pqflow::node {

class ObjectReader {
 public:
  ObjectReader(Napi::Object object, std::string where) : object_(object), where_(std::move(where)) {}

  // False when the property is undefined or null.
  bool has(const char* name) const {
    const Napi::Value value = object_.Get(name);
    return !value.IsUndefined() && !value.IsNull();
  }

  Napi::Value value(const char* name) const { return object_.Get(name); }

  // An integer that the target type holds exactly.
  template <typename Integer>
  Integer integer(const char* name) const {
    const Napi::Value property = object_.Get(name);
    const double number = property.IsNumber() ? property.As<Napi::Number>().DoubleValue() : std::numeric_limits<double>::quiet_NaN();
    if (std::trunc(number) != number || number < static_cast<double>(std::numeric_limits<Integer>::min()) || number > largest<Integer>()) {
      fail(name, "must be an integer in range");
    }
    return static_cast<Integer>(number);
  }

  // Leaves the target as it is when the property is absent.
  template <typename Integer>
  void read(const char* name, Integer& target) const {
    if (has(name)) {
      target = integer<Integer>(name);
    }
  }

  double number(const char* name) const {
    const Napi::Value property = object_.Get(name);
    if (!property.IsNumber()) {
      fail(name, "must be a number");
    }
    return property.As<Napi::Number>().DoubleValue();
  }

  uint64_t unsigned_bigint(const char* name) const {
    const Napi::Value property = object_.Get(name);
    bool lossless = false;
    const uint64_t value = property.IsBigInt() ? property.As<Napi::BigInt>().Uint64Value(&lossless) : 0;
    if (!lossless) {
      fail(name, "must be a bigint of 64 bits, unsigned");
    }
    return value;
  }

  int64_t signed_bigint(const char* name) const {
    const Napi::Value property = object_.Get(name);
    bool lossless = false;
    const int64_t value = property.IsBigInt() ? property.As<Napi::BigInt>().Int64Value(&lossless) : 0;
    if (!lossless) {
      fail(name, "must be a bigint of 64 bits, signed");
    }
    return value;
  }

  std::string text(const char* name) const {
    const Napi::Value property = object_.Get(name);
    if (!property.IsString()) {
      fail(name, "must be a string");
    }
    return property.As<Napi::String>().Utf8Value();
  }

  // Text for a NUL-terminated C string.
  std::string c_text(const char* name) const {
    std::string result = text(name);
    if (result.find('\0') != std::string::npos) {
      fail(name, "must not contain U+0000");
    }
    return result;
  }

  Napi::Array array(const char* name) const {
    const Napi::Value property = object_.Get(name);
    if (!property.IsArray()) {
      fail(name, "must be an array");
    }
    return property.As<Napi::Array>();
  }

  ObjectReader object(const char* name) const { return element(object_.Get(name), where_ + "." + name); }

  ObjectReader element(Napi::Value value, const std::string& where) const {
    if (!value.IsObject()) {
      throw make_error(object_.Env(), PQFLOW_STATUS_INVALID_ARGUMENT, where + " must be an object");
    }
    return ObjectReader(value.As<Napi::Object>(), where);
  }

  ObjectReader element(const Napi::Array& items, uint32_t index, const char* name) const {
    return element(items.Get(index), where_ + "." + name + "[" + std::to_string(index) + "]");
  }

  [[noreturn]] void fail(const char* name, const char* rule) const {
    throw make_error(object_.Env(), PQFLOW_STATUS_INVALID_ARGUMENT, where_ + "." + name + " " + rule);
  }

 private:
  // A double holds integers exactly up to 2^53 - 1.
  template <typename Integer>
  static constexpr double largest() {
    if constexpr (sizeof(Integer) == 8) {
      return 9007199254740991.0;
    } else {
      return static_cast<double>(std::numeric_limits<Integer>::max());
    }
  }

  Napi::Object object_;
  std::string where_;
};

}  // namespace pqflow::node
