// Typed access to the fields of a Thrift structure; what is missing or of another type than parquet.thrift gives it becomes a finding.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "verify/finding.hpp"
#include "verify/thrift_reader.hpp"

namespace pqflow::verify {

class Fields {
 public:
  // `name`: the structure's, for messages. `offset_bytes`: in the file, of whatever the structure is part of.
  Fields(const ThriftStruct& fields, const Reporter& reporter, uint64_t offset_bytes, std::string name)
      : fields_(&fields), reporter_(&reporter), offset_bytes_(offset_bytes), name_(std::move(name)) {}

  std::optional<int64_t> integer(int16_t id, ThriftKind kind, const char* field) const;
  std::optional<int64_t> i32(int16_t id, const char* field) const { return integer(id, ThriftKind::kI32, field); }
  std::optional<int64_t> i64(int16_t id, const char* field) const { return integer(id, ThriftKind::kI64, field); }
  std::optional<bool> boolean(int16_t id, const char* field) const;
  std::optional<Bytes> binary(int16_t id, const char* field) const;
  std::optional<std::string> text(int16_t id, const char* field) const;
  // Null when absent.
  const ThriftStruct* structure(int16_t id, const char* field) const;
  const ThriftList* list(int16_t id, const char* field) const;
  // The same with elements of one kind; empty when absent.
  std::vector<int64_t> integers(int16_t id, ThriftKind element, const char* field) const;
  std::vector<Bytes> binaries(int16_t id, const char* field) const;
  std::vector<const ThriftStruct*> structures(int16_t id, const char* field) const;

  // Reports an absent field that parquet.thrift requires, and gives `fallback`.
  template <typename T>
  T required(std::optional<T> value, const char* field, T fallback = T{}) const {
    if (!value) {
      report_missing(field);
    }
    return value.value_or(std::move(fallback));
  }
  bool has(int16_t id) const { return fields_->contains(id); }
  void report_missing(const char* field) const;
  uint64_t offset_bytes() const noexcept { return offset_bytes_; }
  const Reporter& reporter() const noexcept { return *reporter_; }
  Fields nested(const ThriftStruct& fields, std::string name) const { return {fields, *reporter_, offset_bytes_, std::move(name)}; }

 private:
  const ThriftValue* find(int16_t id, ThriftKind kind, const char* field) const;
  const ThriftList* find_list(int16_t id, ThriftKind element, const char* field) const;
  void report_kind(const char* field, ThriftKind found, ThriftKind expected) const;

  const ThriftStruct* fields_;
  const Reporter* reporter_;
  uint64_t offset_bytes_;
  std::string name_;
};

}  // namespace pqflow::verify
