// What the trailer records of a file, finished or not, say of lanes.
#pragma once

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parquet/file_metadata.hpp"
#include "parquet/thrift_reader.hpp"

namespace pqflow::sink::test {

using Ranges = std::map<int64_t, std::pair<int64_t, int64_t>>;  // lane → first, count

inline std::vector<uint8_t> bytes_of_file(const std::string& path) {
  std::vector<uint8_t> bytes(std::filesystem::file_size(path));
  std::ifstream(path, std::ios::binary).read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

inline std::vector<Ranges> ranges_in_trailers(const std::string& path) {
  const std::vector<uint8_t> bytes = bytes_of_file(path);
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  constexpr std::string_view kMagic = "PQT1";
  std::vector<Ranges> all;
  for (size_t offset = text.find(kMagic); offset != std::string_view::npos; offset = text.find(kMagic, offset + 1)) {
    uint32_t payload_bytes = 0;
    std::memcpy(&payload_bytes, bytes.data() + offset + 4, std::min<size_t>(sizeof payload_bytes, bytes.size() - offset - 4));
    const size_t end_offset = offset + parquet::kTrailerHeaderBytes + payload_bytes + 4;
    if (end_offset + kMagic.size() > bytes.size() || text.substr(end_offset, kMagic.size()) != kMagic) {
      continue;
    }
    pqflow::test::ThriftReader reader(std::span<const uint8_t>(bytes).subspan(offset + parquet::kTrailerHeaderBytes, payload_bytes));
    Ranges& ranges = all.emplace_back();
    const pqflow::test::ThriftNode payload = reader.read_struct();
    for (const pqflow::test::ThriftNode& lane : payload.at(2).list) {
      ranges[lane.number_at(1)] = {lane.number_at(2), lane.number_at(3)};
    }
  }
  return all;
}

}  // namespace pqflow::sink::test
