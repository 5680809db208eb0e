// Arrow's row API, parquet::StreamWriter, of orders. It takes no timestamps of nanoseconds and no bytes of fixed length that are text:
// those columns are plain integers and strings here.
#include <orders_sink.h>
#include <parquet/stream_writer.h>

#include "stopwatch.hpp"

namespace rivals {
namespace {

std::shared_ptr<parquet::schema::GroupNode> stream_schema(const Way& way) {
  using parquet::ConvertedType;
  parquet::schema::NodeVector nodes;
  for (const pqflow_field& field : way.mode.fields) {
    const ConvertedType::type converted = field.physical_type == PQFLOW_PHYSICAL_INT64   ? ConvertedType::INT_64
                                          : field.physical_type == PQFLOW_PHYSICAL_INT32 ? ConvertedType::INT_32
                                                                                         : ConvertedType::UTF8;
    nodes.push_back(parquet::schema::PrimitiveNode::Make(field.name, parquet::Repetition::REQUIRED,
                                                         static_cast<parquet::Type::type>(field.physical_type), converted));
  }
  return std::static_pointer_cast<parquet::schema::GroupNode>(
      parquet::schema::GroupNode::Make("schema", parquet::Repetition::REQUIRED, nodes));
}

std::string_view trimmed(const char (&symbol)[8]) {
  size_t length_bytes = sizeof symbol;
  while (length_bytes != 0 && symbol[length_bytes - 1] == ' ') {
    --length_bytes;
  }
  return {symbol, length_bytes};
}

void write_orders(parquet::StreamWriter& writer, const uint8_t* first_record, size_t count) {
  for (size_t index = 0; index < count; ++index) {
    const void* const slot = first_record + index * ORDERS_SLOT_SIZE_BYTES;
    const auto& order = *static_cast<const orders_record*>(slot);
    writer << order.timestamp_ns << trimmed(order.symbol) << order.order_id << static_cast<int32_t>(order.side) << order.price
           << order.quantity << static_cast<int32_t>(order.order_type) << order.exchange << parquet::EndRow;
  }
}

// `rows_end_groups`: row groups are ended by hand, and the sizes that would end them are not summed up with every value.
uint64_t write_all(const Way& way, const Records& records, const Stream& stream, bool rows_end_groups) {
  Stopwatch watch;
  std::unique_ptr<parquet::StreamWriter> writer;
  watch.timed([&] {
    writer = std::make_unique<parquet::StreamWriter>(parquet::ParquetFileWriter::Open(stream, stream_schema(way), way.properties));
    if (rows_end_groups) {
      writer->SetMaxRowGroupSize(0);
    }
  });
  for_each_window(records, way.row_group_rows, [&](const uint8_t* first_record, size_t count) {
    watch.timed([&] {
      write_orders(*writer, first_record, count);
      if (rows_end_groups) {
        *writer << parquet::EndRowGroup;
      }
    });
  });
  watch.timed([&] { writer.reset(); });
  return watch.elapsed_ns();
}

}  // namespace

uint64_t write_row_by_row(const Way& way, const Records& records, const Stream& stream) { return write_all(way, records, stream, false); }

uint64_t write_rows_unwatched(const Way& way, const Records& records, const Stream& stream) {
  return write_all(way, records, stream, true);
}

}  // namespace rivals
