// A descriptor as bytes, for whoever reads records without the program that logged them.
//
//   | "PQFDESC2" | length_bytes, all of it | numbers and texts, one behind the other | CRC-32 of everything before |
//
// Numbers are in the byte order of the machine, which the first eight bytes show; a text is its length and its bytes.
#pragma once

#include <pqflow/descriptor.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "columns/field_texts.hpp"

namespace pqflow::columns {

// Of a descriptor that check_descriptor() accepts: everything but `unpack`, which is code. Allocates.
std::vector<uint8_t> encode_descriptor(const pqflow_descriptor& descriptor);

// A descriptor that was read from bytes, and what it points to. Constant.
class StoredDescriptor {
 public:
  // PQFLOW_STATUS_INVALID_DESCRIPTOR says what is wrong with bytes that are cut, damaged or no descriptor; and what check_descriptor()
  // answers. Takes memory in proportion to the bytes that are there, whatever they say.
  static base::Result decode(std::span<const uint8_t> bytes, std::unique_ptr<StoredDescriptor>& stored);
  StoredDescriptor(const StoredDescriptor&) = delete;
  StoredDescriptor& operator=(const StoredDescriptor&) = delete;

  // `unpack` is null: RecordSchema::build then gives a schema with the generic kernels. Lives as long as this object.
  const pqflow_descriptor& descriptor() const noexcept { return descriptor_; }

 private:
  friend class DescriptorReader;
  StoredDescriptor() = default;

  FieldTexts texts_;
  std::deque<std::vector<pqflow_enum_value>> enum_values_;  // A deque: fields point into what it holds.
  std::vector<pqflow_field> fields_;
  std::vector<pqflow_key_value> key_values_;
  std::vector<pqflow_sorting_column> sorting_columns_;
  pqflow_descriptor descriptor_ = {};
};

}  // namespace pqflow::columns
