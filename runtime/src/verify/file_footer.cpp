#include "verify/file_footer.hpp"

#include <cstring>

namespace pqflow::verify {
namespace {

constexpr char kMagic[] = {'P', 'A', 'R', '1'};
constexpr uint64_t kMagicBytes = sizeof kMagic;
constexpr uint64_t kTailBytes = kMagicBytes + sizeof(uint32_t);

bool is_magic(const std::vector<uint8_t>& bytes) {
  return std::memcmp(bytes.data() + bytes.size() - kMagicBytes, kMagic, kMagicBytes) == 0;
}

std::optional<FileFooter> read_bytes(const FileReader& file, const Reporter& reporter) {
  const uint64_t size_bytes = file.size_bytes();
  if (!reporter.require(size_bytes >= kMagicBytes + kTailBytes, Rule::kFileMagic, 0,
                        "a file of " + std::to_string(size_bytes) + " bytes is no Parquet file")) {
    return std::nullopt;
  }
  const std::vector<uint8_t> tail = file.read(size_bytes - kTailBytes, kTailBytes);
  reporter.require(is_magic(file.read(0, kMagicBytes)), Rule::kFileMagic, 0, "the file does not begin with PAR1");
  if (!reporter.require(is_magic(tail), Rule::kFileMagic, size_bytes - kMagicBytes, "the file does not end with PAR1")) {
    return std::nullopt;  // Whatever stands before is no footer's length.
  }
  uint32_t footer_bytes;
  std::memcpy(&footer_bytes, tail.data(), sizeof footer_bytes);
  if (!reporter.require(footer_bytes <= size_bytes - kTailBytes - kMagicBytes, Rule::kFooterLength, size_bytes - kTailBytes,
                        "a footer of " + std::to_string(footer_bytes) + " bytes does not fit the file")) {
    return std::nullopt;
  }
  const uint64_t offset_bytes = size_bytes - kTailBytes - footer_bytes;
  return FileFooter{offset_bytes, file.read(offset_bytes, footer_bytes), {}, {}};
}

bool parse(FileFooter& footer, const Reporter& reporter) {
  try {
    footer.document = read_thrift(footer.bytes);
  } catch (const Malformed& damage) {
    reporter.add(Rule::kThrift, footer.offset_bytes + damage.position_bytes, std::string("footer: ") + damage.what());
    return false;
  }
  reporter.require_equal(footer.bytes.size(), footer.document.size_bytes, Rule::kFooterLength, footer.offset_bytes, "the footer's length");
  footer.metadata = read_file_metadata(Fields(footer.document.fields, reporter, footer.offset_bytes, "FileMetaData"));
  return true;
}

}  // namespace

std::optional<FileFooter> read_file_footer(const FileReader& file, const Reporter& reporter) {
  std::optional<FileFooter> footer = read_bytes(file, reporter);
  return footer && parse(*footer, reporter) ? std::move(footer) : std::nullopt;
}

}  // namespace pqflow::verify
