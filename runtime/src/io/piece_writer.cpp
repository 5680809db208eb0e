#include "io/piece_writer.hpp"

#include <algorithm>
#include <cerrno>

namespace pqflow::io {
namespace {

// What is left of the batch behind its first `size_bytes`.
std::span<iovec> advance(std::span<iovec> batch, size_t size_bytes) {
  while (!batch.empty() && size_bytes >= batch.front().iov_len) {
    size_bytes -= batch.front().iov_len;
    batch = batch.subspan(1);
  }
  if (size_bytes != 0) {
    batch.front().iov_base = static_cast<uint8_t*>(batch.front().iov_base) + size_bytes;
    batch.front().iov_len -= size_bytes;
  }
  return batch;
}

// Of the interface, which is the same for reading; writing does not touch the bytes.
void* writable(const uint8_t* data) { return const_cast<uint8_t*>(data); }  // NOLINT(cppcoreguidelines-pro-type-const-cast)

}  // namespace

int PieceWriter::write_fully(int fd, uint64_t offset_bytes, std::span<iovec> batch) {
  while (!batch.empty()) {
    const ssize_t written =
        system_.pwritev(system_.context, fd, batch.data(), static_cast<int>(batch.size()), static_cast<off_t>(offset_bytes));
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      return written < 0 ? errno : EIO;  // Nothing written and no error: a loop would never end.
    }
    batch = advance(batch, static_cast<size_t>(written));
    offset_bytes += static_cast<uint64_t>(written);
    reached_bytes_ = std::max(reached_bytes_, offset_bytes);
  }
  return 0;
}

int PieceWriter::write(int fd, uint64_t offset_bytes, std::span<const std::span<const uint8_t>> pieces) {
  size_t count = 0;
  uint64_t batch_bytes = 0;
  const auto flush = [&]() {
    const int os_error = write_fully(fd, offset_bytes, std::span(batch_).first(count));
    offset_bytes += batch_bytes;
    count = 0;
    batch_bytes = 0;
    return os_error;
  };
  for (std::span<const uint8_t> piece : pieces) {
    if (piece.empty()) {
      continue;
    }
    if (count == batch_.size()) {
      if (const int os_error = flush(); os_error != 0) {
        return os_error;
      }
    }
    batch_[count++] = {writable(piece.data()), piece.size()};
    batch_bytes += piece.size();
  }
  return flush();
}

}  // namespace pqflow::io
