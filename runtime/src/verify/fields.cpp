#include "verify/fields.hpp"

namespace pqflow::verify {

void Fields::report_missing(const char* field) const {
  reporter_->add(Rule::kRequiredField, offset_bytes_, name_ + "." + field + " is missing");
}

void Fields::report_kind(const char* field, ThriftKind found, ThriftKind expected) const {
  reporter_->add(Rule::kRequiredField, offset_bytes_, name_ + "." + field + " is of type " + name_of(found) + ", not " + name_of(expected));
}

const ThriftValue* Fields::find(int16_t id, ThriftKind kind, const char* field) const {
  const auto found = fields_->find(id);
  if (found == fields_->end()) {
    return nullptr;
  }
  if (found->second.kind != kind) {
    report_kind(field, found->second.kind, kind);
    return nullptr;
  }
  return &found->second;
}

const ThriftList* Fields::find_list(int16_t id, ThriftKind element, const char* field) const {
  const ThriftValue* const value = find(id, ThriftKind::kList, field);
  if (value == nullptr) {
    return nullptr;
  }
  for (const ThriftValue& item : value->list()) {
    if (item.kind != element) {
      report_kind(field, item.kind, element);
      return nullptr;
    }
  }
  return &value->list();
}

std::optional<int64_t> Fields::integer(int16_t id, ThriftKind kind, const char* field) const {
  const ThriftValue* const value = find(id, kind, field);
  return value == nullptr ? std::nullopt : std::optional(value->integer());
}

std::optional<bool> Fields::boolean(int16_t id, const char* field) const {
  const ThriftValue* const value = find(id, ThriftKind::kBool, field);
  return value == nullptr ? std::nullopt : std::optional(value->integer() != 0);
}

std::optional<Bytes> Fields::binary(int16_t id, const char* field) const {
  const ThriftValue* const value = find(id, ThriftKind::kBinary, field);
  return value == nullptr ? std::nullopt : std::optional(value->binary());
}

std::optional<std::string> Fields::text(int16_t id, const char* field) const {
  const std::optional<Bytes> bytes = binary(id, field);
  return bytes ? std::optional(std::string(bytes->begin(), bytes->end())) : std::nullopt;
}

const ThriftStruct* Fields::structure(int16_t id, const char* field) const {
  const ThriftValue* const value = find(id, ThriftKind::kStruct, field);
  return value == nullptr ? nullptr : &value->fields();
}

const ThriftList* Fields::list(int16_t id, const char* field) const {
  const ThriftValue* const value = find(id, ThriftKind::kList, field);
  return value == nullptr ? nullptr : &value->list();
}

std::vector<int64_t> Fields::integers(int16_t id, ThriftKind element, const char* field) const {
  std::vector<int64_t> integers;
  if (const ThriftList* const list = find_list(id, element, field)) {
    for (const ThriftValue& item : *list) {
      integers.push_back(item.integer());
    }
  }
  return integers;
}

std::vector<Bytes> Fields::binaries(int16_t id, const char* field) const {
  std::vector<Bytes> binaries;
  if (const ThriftList* const list = find_list(id, ThriftKind::kBinary, field)) {
    for (const ThriftValue& item : *list) {
      binaries.push_back(item.binary());
    }
  }
  return binaries;
}

std::vector<const ThriftStruct*> Fields::structures(int16_t id, const char* field) const {
  std::vector<const ThriftStruct*> structures;
  if (const ThriftList* const list = find_list(id, ThriftKind::kStruct, field)) {
    for (const ThriftValue& item : *list) {
      structures.push_back(&item.fields());
    }
  }
  return structures;
}

}  // namespace pqflow::verify
