// What makes row groups of the spans that the agent deals out, on its own thread or on others. Groups come out in the order in which they
// were dealt, wherever they are encoded:
//
//   deal() … deal()  cut()        oldest(), once it is ready     drop_oldest()
//   [ group being filled ] → [ groups cut, not yet written … ] → written
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/result.hpp"
#include "columns/record_schema.hpp"
#include "parquet/encoded_row_group.hpp"
#include "parquet/row_group_writer.hpp"
#include "sink/idle_strategy.hpp"
#include "sink/thread_starter.hpp"

namespace pqflow::sink {

// Writer thread only, start(), memory_bytes() and the end on the one that opens or closes. Never blocks.
class RowGroupEncoders {
 public:
  virtual ~RowGroupEncoders() = default;

  // Starts the threads they need, once, before the first deal(). PQFLOW_STATUS_THREAD_ERROR when the system refuses one.
  virtual base::Result start(ThreadStarter starter) = 0;

  // The group being filled has its rows or bytes: it must be cut before more is dealt.
  virtual bool is_full() const noexcept = 0;
  // Records that deal() takes now; 0 also while whoever would encode them is busy.
  virtual uint64_t room_records() const noexcept = 0;
  // Of the group being filled.
  virtual uint64_t open_records() const noexcept = 0;
  // No record was dealt whose group is not written.
  virtual bool is_empty() const noexcept = 0;

  // `record_count` ≤ room_records(). The records stay where they are until unstaged_records() no longer counts them. Does not allocate.
  virtual void deal(const uint8_t* first_record, size_t record_count) = 0;
  // Ends the group being filled, which has at least one record.
  virtual void cut() = 0;
  // Of all records dealt, so many of the last are still read where they are.
  virtual uint64_t unstaged_records() const noexcept = 0;

  // The first group that is not yet written, null while there is none or it is still being encoded. One that was full by its bytes before
  // it was cut comes as several. Valid until drop_oldest(). An exception that befell its encoding is thrown here.
  virtual const parquet::EncodedRowGroup* oldest() = 0;
  // Its write is acknowledged.
  virtual void drop_oldest() noexcept = 0;

  // Values of one leaf column replaced by their substitute since construction: of the groups that oldest() has shown, at least.
  virtual uint64_t invalid_values(size_t column_index) const noexcept = 0;
  virtual size_t memory_bytes() const noexcept = 0;
};

// One encoder works on the writer thread, more than one on a thread each. Allocates and touches all memory. `schema` and `writer`, which is
// woken when a row group can be written, outlive the encoders.
std::unique_ptr<RowGroupEncoders> make_row_group_encoders(const columns::RecordSchema& schema, const parquet::RowGroupOptions& options,
                                                          size_t encoder_count, Sleeper& writer);

}  // namespace pqflow::sink
