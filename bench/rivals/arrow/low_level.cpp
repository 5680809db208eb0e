// Arrow's low-level columnar API (parquet::TypedColumnWriter) fed from structs: blocks of records are taken apart while they are near, a
// row group is written column by column.
#include <parquet/file_writer.h>

#include "column_batch.hpp"
#include "stopwatch.hpp"

namespace rivals {
namespace {

constexpr size_t kBlockRecords = 1024;

class LowLevelFile {
 public:
  LowLevelFile(const Way& way, const Records& records, const Stream& stream) : way_(way), stride_bytes_(records.slot_size_bytes) {
    parquet::schema::NodeVector nodes;
    for (const pqflow_field& field : way.mode.fields) {
      nodes.push_back(make_node(field));
      columns_.push_back(make_column_batch(field));
      columns_.back()->reserve(way.row_group_rows);
    }
    const auto root = parquet::schema::GroupNode::Make("schema", parquet::Repetition::REQUIRED, nodes);
    writer_ = parquet::ParquetFileWriter::Open(stream, std::static_pointer_cast<parquet::schema::GroupNode>(root), way.properties);
  }

  void append(const uint8_t* records, size_t count) {
    for (size_t index = 0; index < count; index += kBlockRecords) {
      for (const auto& column : columns_) {
        column->gather(records + index * stride_bytes_, std::min(kBlockRecords, count - index), stride_bytes_);
      }
    }
    row_count_ += count;
    if (row_count_ >= way_.row_group_rows) {
      write_row_group();
    }
  }

  void close() {
    if (row_count_ != 0) {
      write_row_group();
    }
    writer_->Close();
  }

 private:
  void write_row_group() {
    parquet::RowGroupWriter* const row_group = writer_->AppendRowGroup();
    for (const auto& column : columns_) {
      column->write(*row_group->NextColumn());
    }
    row_group->Close();
    row_count_ = 0;
  }

  const Way& way_;
  const size_t stride_bytes_;
  std::vector<std::unique_ptr<ColumnBatch>> columns_;
  std::unique_ptr<parquet::ParquetFileWriter> writer_;
  size_t row_count_ = 0;
};

}  // namespace

uint64_t write_low_level(const Way& way, const Records& records, const Stream& stream) {
  constexpr size_t kWindowRecords = 65'536;  // The row groups are multiples of it.
  Stopwatch watch;
  std::unique_ptr<LowLevelFile> file;
  watch.timed([&] { file = std::make_unique<LowLevelFile>(way, records, stream); });
  for_each_window(records, kWindowRecords,
                  [&](const uint8_t* first_record, size_t count) { watch.timed([&] { file->append(first_record, count); }); });
  watch.timed([&] { file->close(); });
  return watch.elapsed_ns();
}

}  // namespace rivals
