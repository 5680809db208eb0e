#include "sink/row_group_encoders.hpp"

#include "sink/inline_encoder.hpp"
#include "sink/parallel_encoders.hpp"

namespace pqflow::sink {

std::unique_ptr<RowGroupEncoders> make_row_group_encoders(const columns::RecordSchema& schema, const parquet::RowGroupOptions& options,
                                                          size_t encoder_count, Sleeper& writer) {
  if (encoder_count > 1) {
    return std::make_unique<ParallelEncoders>(schema, options, encoder_count, writer);
  }
  return std::make_unique<InlineEncoder>(schema, options);
}

}  // namespace pqflow::sink
