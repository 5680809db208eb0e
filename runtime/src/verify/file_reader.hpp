// Pieces of a file. Nothing is mapped: a file that another process cuts while it is read gives an error, not a signal.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace pqflow::verify {

class FileReader {
 public:
  // Throws std::system_error with the path when the file cannot be opened or is none.
  explicit FileReader(const std::string& path);
  // A file that lies in memory, which must outlive this.
  explicit FileReader(std::span<const uint8_t> memory) noexcept : descriptor_(-1), memory_(memory), size_bytes_(memory.size()) {}
  ~FileReader();
  FileReader(const FileReader&) = delete;
  FileReader& operator=(const FileReader&) = delete;

  uint64_t size_bytes() const noexcept { return size_bytes_; }
  // offset + size ≤ size_bytes(). Throws std::system_error, also when the file has become shorter.
  std::vector<uint8_t> read(uint64_t offset_bytes, uint64_t size_bytes) const;

 private:
  std::string path_;
  int descriptor_;  // -1: memory.
  std::span<const uint8_t> memory_;
  uint64_t size_bytes_ = 0;
};

}  // namespace pqflow::verify
