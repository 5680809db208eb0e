// JSON text in one spelling: no spaces, keys in the order they are written. Allocates.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pqflow::schema {

class JsonText {
 public:
  JsonText& open(char bracket);   // '{' or '['
  JsonText& close(char bracket);  // '}' or ']'
  JsonText& key(std::string_view name);
  JsonText& text(std::string_view value);  // UTF-8.
  JsonText& number(int64_t value);
  JsonText& boolean(bool value);
  JsonText& raw(std::string_view json);  // Already JSON.
  const std::string& str() const noexcept { return text_; }

 private:
  void separate();
  void quote(std::string_view value);

  std::string text_;
  bool needs_comma_ = false;
};

}  // namespace pqflow::schema
