// The contender Arrow C++: its low-level columnar API and its StreamWriter, by their defaults and with the settings of the rows they are
// compared in.
#include <arrow/io/file.h>
#include <arrow/memory_pool.h>
#include <arrow/util/config.h>
#include <parquet/exception.h>
#include <sys/stat.h>

#include <filesystem>
#include <iostream>

#include "../../src/contender.hpp"
#include "../../src/schemas.hpp"
#include "../../src/slots.hpp"
#include "null_stream.hpp"
#include "stopwatch.hpp"

namespace {

using rivals::Records;
using rivals::Stream;
using rivals::Way;

constexpr size_t kOwnRowGroupRows = parquet::DEFAULT_MAX_ROW_GROUP_LENGTH;
constexpr size_t kOurRowGroupRows = 65'536;
constexpr int kZstdLevel = 1;

parquet::WriterProperties::Builder builder(bool has_zstd) {
  parquet::WriterProperties::Builder builder;
  builder.memory_pool(arrow::default_memory_pool());
  if (has_zstd) {
    builder.compression(parquet::Compression::ZSTD)->compression_level(kZstdLevel);
  }
  return builder;
}

Way default_way(const bench::WriterMode& mode, bool has_zstd, size_t row_group_rows) {
  return {mode, builder(has_zstd).build(), row_group_rows};
}

Way plain_way(const bench::WriterMode& mode) {
  auto properties = builder(false);
  properties.disable_dictionary()->encoding(parquet::Encoding::PLAIN);
  return {mode, properties.build(), kOurRowGroupRows};
}

Way same_encodings_way(const bench::WriterMode& mode, bool has_zstd) {
  auto properties = builder(has_zstd);
  for (const pqflow_field& field : mode.fields) {
    if (bench::order_encoding(field.name) == bench::OrderEncoding::kDelta) {
      properties.disable_dictionary(field.name)->encoding(field.name, parquet::Encoding::DELTA_BINARY_PACKED);
    }
  }
  return {mode, properties.build(), kOurRowGroupRows};
}

using Write = uint64_t (*)(const Way&, const Records&, const Stream&);

bench::Outcome to_nowhere(Write write, const Way& way, const Records& records) {
  const auto stream = std::make_shared<rivals::NullStream>();
  const uint64_t elapsed_ns = write(way, records, stream);
  return {elapsed_ns, static_cast<uint64_t>(stream->Tell().ValueOrDie())};
}

// As pqflow does it: the file is synced before it counts.
bench::Outcome to_file(Write write, const Way& way, const Records& records, const std::string& path) {
  std::filesystem::remove(path);
  PARQUET_ASSIGN_OR_THROW(auto stream, arrow::io::FileOutputStream::Open(path));
  uint64_t elapsed_ns = write(way, records, stream);
  rivals::Stopwatch watch;
  watch.timed([&] {
    fdatasync(stream->file_descriptor());
    PARQUET_THROW_NOT_OK(stream->Close());
  });
  elapsed_ns += watch.elapsed_ns();
  const uint64_t size_bytes = std::filesystem::file_size(path);
  std::filesystem::remove(path);
  return {elapsed_ns, size_bytes};
}

class Variants {
 public:
  Variants(const Records& records, std::string memory, std::string disk)
      : records_(records), memory_(std::move(memory)), disk_(std::move(disk)) {}

  void add(const std::string& name, Write write, const Way& way) {
    const auto shared = std::make_shared<Way>(way);
    const Records records = records_;
    list_.push_back({name + "_cpu", [=] { return to_nowhere(write, *shared, records); }});
    for (const auto& [target, folder] : {std::pair{"_tmpfs", memory_}, std::pair{"_disk", disk_}}) {
      const std::string path = folder + "/arrow-" + name + ".parquet";
      list_.push_back({name + target, [=] { return to_file(write, *shared, records, path); }});
    }
  }
  const std::vector<bench::Variant>& list() const { return list_; }

 private:
  Records records_;
  std::string memory_;
  std::string disk_;
  std::vector<bench::Variant> list_;
};

void add_orders(Variants& variants, const pqflow_descriptor& source) {
  variants.add("plain", rivals::write_low_level, plain_way(bench::plain_mode(source, "plain", true)));
  variants.add("plain_string", rivals::write_low_level, plain_way(bench::default_mode(source)));
  variants.add("same_encodings", rivals::write_low_level, same_encodings_way(bench::default_mode(source), false));
  variants.add("same_encodings_zstd1", rivals::write_low_level, same_encodings_way(bench::default_mode(source), true));
  variants.add("streamwriter", rivals::write_row_by_row, default_way(bench::default_mode(source), false, kOurRowGroupRows));
  variants.add("streamwriter_best", rivals::write_rows_unwatched, plain_way(bench::default_mode(source)));
}

void add_defaults(Variants& variants, const pqflow_descriptor& source) {
  const bench::WriterMode mode = bench::default_mode(source);
  variants.add("default", rivals::write_low_level, default_way(mode, false, kOwnRowGroupRows));
  variants.add("default_zstd1", rivals::write_low_level, default_way(mode, true, kOwnRowGroupRows));
  variants.add("default_zstd1_65536", rivals::write_low_level, default_way(mode, true, kOurRowGroupRows));
}

}  // namespace

// Usage: arrow SCHEMA SLOTS MEMORY_FOLDER DISK_FOLDER
int main(int argc, char** argv) {
  if (argc != 5) {
    std::cerr << "usage: arrow SCHEMA SLOTS MEMORY_FOLDER DISK_FOLDER\n";
    return 2;
  }
  try {
    const pqflow_descriptor& descriptor = bench::descriptor_named(argv[1]);
    const std::vector<uint8_t> slots = bench::read_slots(argv[2], descriptor.slot_size_bytes);
    Variants variants({slots, descriptor.slot_size_bytes}, argv[3], argv[4]);
    add_defaults(variants, descriptor);
    if (&descriptor == orders_descriptor()) {
      add_orders(variants, descriptor);
    }
    bench::serve(std::string("Arrow C++ ") + ARROW_VERSION_STRING + ", memory " + arrow::default_memory_pool()->backend_name(),
                 variants.list());
  } catch (const std::exception& error) {
    std::cerr << "arrow: " << error.what() << "\n";
    return 2;
  }
  return 0;
}
