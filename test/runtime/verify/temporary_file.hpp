// A file of given bytes, for as long as a test needs it.
#pragma once

#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <string>

#include "verify/thrift_node.hpp"

namespace pqflow::verify_test {

class TemporaryFile {
 public:
  explicit TemporaryFile(const ByteVector& bytes) {
    const int descriptor = mkstemp(path_);
    close(descriptor);
    write(bytes);
  }
  ~TemporaryFile() { std::remove(path_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  // As a new file: some file systems wait for the disk where one is cut and written again.
  void write(const ByteVector& bytes) const {
    std::remove(path_);
    std::ofstream(path_, std::ios::binary | std::ios::trunc)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  }
  std::string path() const { return path_; }

 private:
  char path_[40] = "/tmp/pqflow-verify-test-XXXXXX";
};

}  // namespace pqflow::verify_test
