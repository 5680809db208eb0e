// A file of records as they lie in the ring, slot after slot, read into memory.
#pragma once

#include <cstdint>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace bench {

inline std::vector<uint8_t> read_slots(const std::string& path, size_t slot_size_bytes) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  std::vector<uint8_t> slots(file ? static_cast<size_t>(file.tellg()) : 0);
  file.seekg(0);
  file.read(reinterpret_cast<char*>(slots.data()), static_cast<std::streamsize>(slots.size()));
  if (!file || slots.empty() || slots.size() % slot_size_bytes != 0) {
    throw std::runtime_error(path + " is no file of slots of " + std::to_string(slot_size_bytes) + " bytes");
  }
  return slots;
}

}  // namespace bench
