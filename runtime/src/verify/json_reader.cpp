#include "verify/json_reader.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace pqflow::verify {
namespace {

constexpr unsigned kMaxDepth = 64;
constexpr uint32_t kFirstHighSurrogate = 0xd800;
constexpr uint32_t kFirstLowSurrogate = 0xdc00;
constexpr uint32_t kAfterSurrogates = 0xe000;

void append_utf8(std::string& text, uint32_t code) {
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += {static_cast<char>(0xc0 | code >> 6), static_cast<char>(0x80 | (code & 0x3f))};
  } else if (code < 0x10000) {
    text += {static_cast<char>(0xe0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 0x3f)), static_cast<char>(0x80 | (code & 0x3f))};
  } else {
    text += {static_cast<char>(0xf0 | code >> 18), static_cast<char>(0x80 | (code >> 12 & 0x3f)),
             static_cast<char>(0x80 | (code >> 6 & 0x3f)), static_cast<char>(0x80 | (code & 0x3f))};
  }
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  JsonValue read_all() {
    JsonValue value = read_value(0);
    skip_space();
    if (position_ != text_.size()) {
      fail("something follows the value");
    }
    return value;
  }

 private:
  [[noreturn]] void fail(const std::string& why) const { throw JsonError("offset " + std::to_string(position_) + ": " + why); }

  void skip_space() { position_ = std::min(text_.find_first_not_of(" \t\r\n", position_), text_.size()); }
  char peek() const { return position_ < text_.size() ? text_[position_] : '\0'; }
  char take() {
    if (position_ == text_.size()) {
      fail("the text ends too early");
    }
    return text_[position_++];
  }
  bool take_if(char wanted) {
    const bool is_there = peek() == wanted;
    position_ += is_there ? 1 : 0;
    return is_there;
  }
  void expect(char wanted) {
    skip_space();
    if (!take_if(wanted)) {
      fail(std::string("'") + wanted + "' is missing");
    }
  }

  JsonValue read_value(unsigned depth) {
    if (depth > kMaxDepth) {
      fail("nested too deep");
    }
    skip_space();
    switch (peek()) {
      case '{':
        return read_object(depth);
      case '[':
        return read_array(depth);
      case '"':
        return {JsonKind::kText, false, read_text(), {}, {}};
      case 't':
        return read_word("true", {JsonKind::kBool, true, {}, {}, {}});
      case 'f':
        return read_word("false", {JsonKind::kBool, false, {}, {}, {}});
      case 'n':
        return read_word("null", {});
      default:
        return read_number();
    }
  }
  JsonValue read_word(std::string_view word, JsonValue value) {
    if (text_.substr(position_, word.size()) != word) {
      fail("no value begins here");
    }
    position_ += word.size();
    return value;
  }
  // As long as it may be one: the schema's numbers are compared as integers, which checks them.
  JsonValue read_number() {
    const size_t end = std::min(text_.find_first_not_of("+-0123456789.eE", position_), text_.size());
    const std::string number(text_.substr(position_, end - position_));
    double checked = 0;
    const auto result = std::from_chars(number.data(), number.data() + number.size(), checked);
    if (result.ec != std::errc() || result.ptr != number.data() + number.size()) {
      fail("no value begins here");
    }
    position_ = end;
    return {JsonKind::kNumber, false, number, {}, {}};
  }
  JsonValue read_array(unsigned depth) {
    JsonValue array{JsonKind::kArray, false, {}, {}, {}};
    expect('[');
    skip_space();
    if (take_if(']')) {
      return array;
    }
    do {
      array.items.push_back(read_value(depth + 1));
      skip_space();
    } while (take_if(','));
    expect(']');
    return array;
  }
  JsonValue read_object(unsigned depth) {
    JsonValue object{JsonKind::kObject, false, {}, {}, {}};
    expect('{');
    skip_space();
    if (take_if('}')) {
      return object;
    }
    do {
      skip_space();
      std::string name = read_text();
      expect(':');
      object.names.push_back(std::move(name));
      object.items.push_back(read_value(depth + 1));
      skip_space();
    } while (take_if(','));
    expect('}');
    return object;
  }

  std::string read_text() {
    expect('"');
    std::string text;
    for (char character = take(); character != '"'; character = take()) {
      if (static_cast<unsigned char>(character) < 0x20) {
        fail("a control character in a text");
      }
      if (character == '\\') {
        append_escaped(text);
      } else {
        text += character;
      }
    }
    return text;
  }
  void append_escaped(std::string& text) {
    constexpr std::string_view kNames = "\"\\/bfnrt";
    constexpr std::string_view kCharacters = "\"\\/\b\f\n\r\t";
    const char name = take();
    if (name == 'u') {
      append_utf8(text, read_code_point());
    } else if (const size_t place = kNames.find(name); place != std::string_view::npos) {
      text += kCharacters[place];
    } else {
      fail("an escape that does not exist");
    }
  }
  uint32_t read_code_point() {
    const uint32_t first = read_hex();
    if (first < kFirstHighSurrogate || first >= kAfterSurrogates) {
      return first;
    }
    if (first >= kFirstLowSurrogate || take() != '\\' || take() != 'u') {
      fail("half of a surrogate pair");
    }
    const uint32_t second = read_hex();
    if (second < kFirstLowSurrogate || second >= kAfterSurrogates) {
      fail("half of a surrogate pair");
    }
    return 0x10000 + ((first - kFirstHighSurrogate) << 10) + (second - kFirstLowSurrogate);
  }
  uint32_t read_hex() {
    uint32_t code = 0;
    const char* const start = text_.data() + position_;
    if (text_.size() - position_ < 4 || std::from_chars(start, start + 4, code, 16).ptr != start + 4) {
      fail("\\u needs four hexadecimal digits");
    }
    position_ += 4;
    return code;
  }

  std::string_view text_;
  size_t position_ = 0;
};

}  // namespace

const JsonValue& JsonValue::at(std::string_view name) const {
  static const JsonValue kNothing;
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? kNothing : items[static_cast<size_t>(found - names.begin())];
}

int64_t JsonValue::integer(int64_t fallback) const {
  int64_t number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  return kind == JsonKind::kNumber && result.ec == std::errc() && result.ptr == text.data() + text.size() ? number : fallback;
}

JsonValue read_json(std::string_view text) { return Parser(text).read_all(); }

}  // namespace pqflow::verify
