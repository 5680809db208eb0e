#include "io/piece_writer.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace pqflow::io {
namespace {

// Writes of 0.5 to 4 MiB are the fastest on the file systems measured (RUNTIME.md 4). Pieces of this size and more go out as they are:
// copying them would cost more than the additional calls.
constexpr size_t kGatherBytes = size_t{1} << 20;
constexpr size_t kDirectBytes = size_t{256} << 10;
// One call writes no more than this on Linux; also keeps ssize_t far from overflow.
constexpr size_t kMaxCallBytes = size_t{1} << 30;

}  // namespace

PieceWriter::PieceWriter(const base::SystemCalls& system) : system_(system), gathered_(kGatherBytes) {}

int PieceWriter::write_fully(int fd, uint64_t offset_bytes, const uint8_t* data, size_t size_bytes) {
  while (size_bytes != 0) {
    const ssize_t written =
        system_.pwrite(system_.context, fd, data, std::min(size_bytes, kMaxCallBytes), static_cast<off_t>(offset_bytes));
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      return written < 0 ? errno : EIO;  // Nothing written and no error: a loop would never end.
    }
    data += written;
    size_bytes -= static_cast<size_t>(written);
    offset_bytes += static_cast<uint64_t>(written);
    reached_bytes_ = std::max(reached_bytes_, offset_bytes);
  }
  return 0;
}

int PieceWriter::write(int fd, uint64_t offset_bytes, std::span<const std::span<const uint8_t>> pieces) {
  size_t gathered_bytes = 0;
  const auto flush = [&]() {
    const int os_error = write_fully(fd, offset_bytes, gathered_.data(), gathered_bytes);
    offset_bytes += gathered_bytes;
    gathered_bytes = 0;
    return os_error;
  };
  for (std::span<const uint8_t> piece : pieces) {
    const bool is_direct = piece.size() >= kDirectBytes;
    if (is_direct || piece.size() > kGatherBytes - gathered_bytes) {
      if (const int os_error = flush(); os_error != 0) {
        return os_error;
      }
    }
    if (is_direct) {
      if (const int os_error = write_fully(fd, offset_bytes, piece.data(), piece.size()); os_error != 0) {
        return os_error;
      }
      offset_bytes += piece.size();
    } else if (!piece.empty()) {
      std::memcpy(gathered_.data() + gathered_bytes, piece.data(), piece.size());
      gathered_bytes += piece.size();
    }
  }
  return flush();
}

}  // namespace pqflow::io
