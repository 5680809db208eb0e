#include "columns/descriptor_bytes.hpp"

#include <cstring>
#include <string>
#include <utility>

#include "columns/descriptor_checks.hpp"
#include "columns/descriptor_members.hpp"
#include "encoding/crc32.hpp"

namespace pqflow::columns {

namespace {

constexpr uint64_t kMagic = 0x3243534544465150;  // "PQFDESC2" in memory.
constexpr uint64_t kNoText = UINT64_MAX;
constexpr size_t kHeadBytes = 2 * sizeof(uint64_t);
constexpr size_t kCrcBytes = sizeof(uint32_t);

base::Result damaged(const std::string& why) {
  return base::Result::failure(PQFLOW_STATUS_INVALID_DESCRIPTOR, "the stored descriptor " + why);
}

class DescriptorWriter {
 public:
  explicit DescriptorWriter(std::vector<uint8_t>& bytes) : bytes_(bytes) {}

  template <typename... Numbers>
  void numbers(const Numbers&... values) {
    (append(&values, sizeof values), ...);
  }
  void name(const char* text) { blob(text, text != nullptr ? std::strlen(text) : 0); }
  void text(const pqflow_text& text) { blob(text.length_bytes != 0 ? text.data : "", text.length_bytes); }
  void constant(const uint8_t* value, uint32_t length_bytes) { blob(value, length_bytes); }
  template <typename Item>
  void items(const Item* items, uint32_t count) {
    numbers(count);
    for (uint32_t index = 0; index < count; ++index) {
      Item copy = items[index];
      transfer(*this, copy);
    }
  }

 private:
  void blob(const void* data, size_t size_bytes) {
    numbers(data != nullptr ? uint64_t{size_bytes} : kNoText);
    append(data, data != nullptr ? size_bytes : 0);
  }
  void append(const void* data, size_t size_bytes) {
    const size_t offset_bytes = bytes_.size();
    bytes_.resize(offset_bytes + size_bytes);
    if (size_bytes != 0) {
      std::memcpy(bytes_.data() + offset_bytes, data, size_bytes);
    }
  }

  std::vector<uint8_t>& bytes_;
};

uint32_t crc_of(std::span<const uint8_t> bytes) { return encoding::crc32(0, bytes.data(), bytes.size() - kCrcBytes); }

base::Result check_frame(std::span<const uint8_t> bytes) {
  uint64_t head[2];
  if (bytes.size() < kHeadBytes + kCrcBytes) {
    return damaged("has " + std::to_string(bytes.size()) + " bytes, too few for one");
  }
  std::memcpy(head, bytes.data(), sizeof head);
  if (head[0] != kMagic) {
    return damaged("does not begin with \"PQFDESC2\": it is none, or one of another version or byte order");
  }
  if (head[1] != bytes.size()) {
    return damaged("has " + std::to_string(bytes.size()) + " bytes and says " + std::to_string(head[1]));
  }
  uint32_t crc;
  std::memcpy(&crc, bytes.data() + bytes.size() - kCrcBytes, sizeof crc);
  return crc == crc_of(bytes) ? base::Result::ok() : damaged("is damaged: its checksum is wrong");
}

}  // namespace

// After the first thing that is not there, everything reads as zero: is_whole() tells.
class DescriptorReader {
 public:
  DescriptorReader(std::span<const uint8_t> bytes, StoredDescriptor& stored) : rest_(bytes), stored_(stored) {}

  bool is_whole() const { return !failed_ && rest_.empty(); }

  template <typename... Numbers>
  void numbers(Numbers&... values) {
    (take(&values, sizeof values), ...);
  }
  void name(const char*& text) {
    std::string bytes;
    text = blob(bytes) ? stored_.texts_.keep(std::move(bytes)) : nullptr;
  }
  void text(pqflow_text& text) {
    std::string bytes;
    failed_ = !blob(bytes) || failed_;
    text = stored_.texts_.keep(pqflow_text{bytes.data(), bytes.size()});
  }
  void constant(const uint8_t*& value, uint32_t& length_bytes) {
    std::string bytes;
    const bool is_there = blob(bytes);
    length_bytes = static_cast<uint32_t>(bytes.size());
    value = is_there ? reinterpret_cast<const uint8_t*>(stored_.texts_.keep(std::move(bytes))) : nullptr;
  }
  void items(const pqflow_enum_value*& values, uint32_t& count) {
    uint32_t stored_count = 0;
    numbers(stored_count);
    if (stored_count != 0) {
      fill(stored_.enum_values_.emplace_back(), stored_count, values, count);
    }
  }
  void items(const pqflow_field*& fields, uint32_t& count) { fill(stored_.fields_, fields, count); }
  void items(const pqflow_key_value*& entries, uint32_t& count) { fill(stored_.key_values_, entries, count); }
  void items(const pqflow_sorting_column*& columns, uint32_t& count) { fill(stored_.sorting_columns_, columns, count); }

 private:
  template <typename Item>
  void fill(std::vector<Item>& items, const Item*& first, uint32_t& count) {
    uint32_t stored_count = 0;
    numbers(stored_count);
    fill(items, stored_count, first, count);
  }
  // Grows with what is read, not by what is announced.
  template <typename Item>
  void fill(std::vector<Item>& items, uint32_t stored_count, const Item*& first, uint32_t& count) {
    while (items.size() < stored_count && !failed_) {
      Item item = {};
      transfer(*this, item);
      items.push_back(item);
    }
    first = items.data();
    count = static_cast<uint32_t>(items.size());
  }
  void take(void* to, size_t size_bytes) {
    failed_ = failed_ || size_bytes > rest_.size();
    if (failed_) {
      std::memset(to, 0, size_bytes);
      return;
    }
    std::memcpy(to, rest_.data(), size_bytes);
    rest_ = rest_.subspan(size_bytes);
  }
  // False: null was stored.
  bool blob(std::string& bytes) {
    uint64_t size_bytes = 0;
    numbers(size_bytes);
    if (size_bytes == kNoText) {
      return false;
    }
    failed_ = failed_ || size_bytes > rest_.size();
    if (!failed_) {
      bytes.assign(reinterpret_cast<const char*>(rest_.data()), size_bytes);
      rest_ = rest_.subspan(size_bytes);
    }
    return true;
  }

  std::span<const uint8_t> rest_;
  StoredDescriptor& stored_;
  bool failed_ = false;
};

std::vector<uint8_t> encode_descriptor(const pqflow_descriptor& descriptor) {
  std::vector<uint8_t> bytes;
  DescriptorWriter writer(bytes);
  writer.numbers(kMagic, uint64_t{0});
  pqflow_descriptor copy = descriptor;
  transfer(writer, copy);
  const uint64_t length_bytes = bytes.size() + kCrcBytes;
  std::memcpy(bytes.data() + sizeof kMagic, &length_bytes, sizeof length_bytes);
  bytes.resize(length_bytes);
  const uint32_t crc = crc_of(bytes);
  std::memcpy(bytes.data() + length_bytes - kCrcBytes, &crc, sizeof crc);
  return bytes;
}

base::Result StoredDescriptor::decode(std::span<const uint8_t> bytes, std::unique_ptr<StoredDescriptor>& stored) {
  if (auto result = check_frame(bytes); !result.is_ok()) {
    return result;
  }
  std::unique_ptr<StoredDescriptor> read(new StoredDescriptor);
  DescriptorReader reader(bytes.subspan(kHeadBytes, bytes.size() - kHeadBytes - kCrcBytes), *read);
  pqflow_descriptor& descriptor = read->descriptor_;
  transfer(reader, descriptor);
  if (!reader.is_whole()) {
    return damaged("ends too early, or goes on behind its end");
  }
  descriptor.struct_size_bytes = sizeof(pqflow_descriptor);
  descriptor.field_size_bytes = sizeof(pqflow_field);
  if (auto result = check_descriptor(descriptor); !result.is_ok()) {
    return result;
  }
  stored = std::move(read);
  return base::Result::ok();
}

}  // namespace pqflow::columns
